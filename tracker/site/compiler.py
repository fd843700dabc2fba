"""How our templates become Python: more is settled when they are compiled, less on each page.

Templates speak one language, so a text of ours is put into them when they are compiled, cut
at its fields: on ten thousand pages of forty texts each nothing is looked up. Attributes and
calls become those of Python, without Jinja's search for an item of that name and for
functions that want its context. So `x.y` is an attribute, `x["y"]` an item, and neither is
taken for the other; only `x.y is defined` asks as Jinja does.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer

_SAYS = frozenset({"_", "gettext"})
_CONSTANT = _SAYS | {"pgettext", "anchor"}


class OwnTemplate(Template):
    """One whose globals are its environment's: no page has to find out whether there are more."""

    def _get_default_module(self, ctx=None):
        return super()._get_default_module()


class OwnCompiler(CodeGenerator):
    """``environment.shown`` escapes what is put out; ``environment.cut`` gives a text's parts."""

    def visit_Template(self, node: nodes.Template, frame=None) -> None:
        super().visit_Template(_Settled(self.environment).visit(node), frame)

    def visit_Getattr(self, node: nodes.Getattr, frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame, forward_caller: bool = False) -> None:
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node, frame, finalize) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Settled(NodeTransformer):
    """What is the same on every page becomes text."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if _name(node) not in _CONSTANT or not _plain(node) or node.kwargs:
            return node
        made = self.environment.globals[_name(node)](*(value.value for value in node.args))
        return nodes.TemplateData(str(made), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        self.generic_visit(node)
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        self.generic_visit(node)
        asked = node.node
        if node.name == "defined" and isinstance(asked, nodes.Getattr):
            node.node = nodes.Getitem(asked.node, nodes.Const(asked.attr), "load", lineno=asked.lineno)
        return node

    def _pieces(self, node: nodes.Node) -> Iterator[nodes.Node]:
        """What is put out, where it is a text with fields: its parts, and each field's value."""
        if not (isinstance(node, nodes.Call) and _name(node) in _SAYS and _plain(node) and node.kwargs):
            yield node
            return
        values = {pair.key: pair.value for pair in node.kwargs}
        for text, field in self.environment.cut(node.args[0].value):
            yield nodes.TemplateData(text, lineno=node.lineno)
            if field is not None:
                yield nodes.Filter(values[field], "filled", [], [], None, None, lineno=node.lineno)


def _name(node: nodes.Call) -> str:
    return node.node.name if isinstance(node.node, nodes.Name) else ""


def _plain(node: nodes.Call) -> bool:
    """Whether a call's arguments are texts, each by its place, and named values."""
    constant = all(isinstance(value, nodes.Const) for value in node.args)
    return constant and not node.dyn_args and not node.dyn_kwargs
