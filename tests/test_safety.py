"""What contributed text may contain, and that nothing else comes through to a page.

The addresses and fragments are those that attacks are made of: other schemes, hidden
characters, entities, look-alikes, and HTML that is only half there.
"""

from __future__ import annotations

import html
import html.parser
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import markdown, safety
from tracker.safety import SCHEMES
from tracker.site.finished import BEGIN, END, heading

GOOD_ADDRESSES = [
    "https://example.org", "http://example.org/", "https://www.un.org/a/b.pdf?x=1&y=2#z",
    "HTTPS://EXAMPLE.ORG/", "https://example.org:8080/x", "https://[2001:db8::1]/x", "https://192.0.2.1/",
    "https://пример.рф/é", "https://example.org/a%20b", "https://example.org/javascript:alert(1)",
    "https://example.org/?u=data:text/html,x", "mailto:desk@example.org", "mailto:desk@example.org?subject=x",
    "https://example.org/(a)", "https://example.org/a|b", "https://user@example.org/",
]  # fmt: skip
BAD_ADDRESSES = [
    "", "x", "example.org", "www.example.org", "/", "/x", "//example.org", "///example.org",
    "\\\\example.org",
    "/\\example.org", "#x", "?x", "../x.md",
    "javascript:alert(1)", "JavaScript:alert(1)", "javascript://example.org/%0aalert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript\x00:alert(1)",
    "data:text/html,x", "data:image/svg+xml;base64,AA", "vbscript:x", "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/x", "view-source:https://example.org", "about:blank",
    "feed:https://example.org",
    "tel:123", "ws://example.org", "http:", "https:", "http://", "https:///x", "https:x",
    "https:/example.org",
    "mailto:", "https://", "https://exa\nmple.org/", "https://example.org/\x00", "https://example.org/a b",
    "\u00a0https://example.org/", "https://example.org/\u2028x", "https://example.org/\x85",
    "\ufeffhttps://x.org",
    "ｈttps://example.org", "ｊavascript:alert(1)", "https：//example.org", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)", "https://[", "https://[::1", "https://example.org]/",
    # What follows looks like the web, and a browser or a reader is led elsewhere.
    "https://example.org/\u202egpj.exe", "https://exa\u200bmple.org/", "https://example.org\u2066/x",
    "https://example.org\\@evil.example/", "https:\\\\example.org",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD_ADDRESSES)
def test_an_address_of_the_web_or_a_mailbox_may_be_linked(address: str) -> None:
    assert safety.allowed_url(address)


@pytest.mark.parametrize("address", BAD_ADDRESSES, ids=ascii)
def test_any_other_address_may_not(address: str) -> None:
    assert not safety.allowed_url(address)


@given(st.text(max_size=30))
def test_an_allowed_address_has_a_scheme_of_the_list_and_no_hidden_character(text: str) -> None:
    for address in (text, f"https://example.org/{text}", f"{text}https://example.org/", f"mailto:{text}"):
        if safety.allowed_url(address):
            assert address.split(":", 1)[0].lower() in SCHEMES
            assert not any(ord(c) <= 0x20 or 0x7F <= ord(c) <= 0x9F for c in address)


INSIDE = ["x.md", "a/b.md", "../actors/au.md", "./x.md", "x.md#part", "#part", "?q=1", "a%20b.png", "é.md", ""
    ]
NOT_INSIDE = [
    "https://example.org", "//example.org", "///x", "\\\\example.org", "\\x", "/x", "/\\x", "javascript:x",
    "javascript:/x", "data:,x", "file:x", "mailto:x@example.org", " x.md", "x\ty.md", "x\n", "\x00x", "c:x",
    "https:x", "\t//example.org", "x.md\x7f", "http:\\\\x", "//[", "a/\\b", "x\\y.md",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_relative_path_is_inside_the_site(address: str) -> None:
    assert safety.inside(address)


@pytest.mark.parametrize("address", NOT_INSIDE, ids=ascii)
def test_anything_else_is_not_inside_the_site(address: str) -> None:
    assert not safety.inside(address)


# Plain text -> the part at which HTML begins, or None
PLAIN = [
    ("Text", None), ("1 < 2 and 3 > 2", None), ("a <- b", None), ("<3", None), ("< b >", None), ("a<b", None),
    ("<<x", None), ("R&D &lt;b&gt;", None), ("", None),
    ("<b>x</b>", "<b"), ("x <b>", "<b"), ("x </b>", "</b"), ("</title><script>", "</t"), ("<script>x", "<s"),
    ("<SCRIPT >", "<S"), ("<img src=x onerror=y>", "<i"), ("<svg/onload=x>", "<s"), ("<a\nhref=x>", "<a"),
    ("<a\thref=x", "<a"), ("<!-- x -->", "<!"), ("<!DOCTYPE x>", "<!"), ("<?php x", "<?"),
    ("<![CDATA[x]]>", "<!"),
    ("a <x-y>", "<x"), ("<b/>", "<b"), ("<img/src=x", "<i"), ("</b", "</b"), ("<a href=x", "<a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "begins"), PLAIN, ids=lambda value: ascii(value))
def test_html_in_plain_text_is_seen(text: str, begins: str | None) -> None:
    assert safety.markup(text) == (None if begins is None else text.index(begins))


MARKDOWN_WITH_HTML = [
    "<b>x</b>", "x <b>", "</b>", "<script>alert(1)</script>", "<!-- x -->", "<img src=x>", "<div>\nx\n</div>",
    "> <iframe>", "- <style>", "| a |\n|---|\n| <b> |", "# <b>x</b>", "[<b>x</b>](https://example.org)",
    "<?x?>", "<!DOCTYPE html>", "<![CDATA[x]]>", "`code` and <b>", "<svg\nonload=x>", "x <a href='y'>",
    "<https://example.org> <b>", "*<b>*", "\\\\<b>", "`<i>` then <i>",
]  # fmt: skip
MARKDOWN_WITHOUT = [
    "Text", "1 < 2", "a<b", "<https://example.org>", "<desk@example.org>", "<mailto:desk@example.org>",
    "`<b>`", "``<b> ` <b>``", "    <b>", "```\n<script>\n```", "~~~\n<b>\n~~~", "\\<b>", "&lt;b&gt;", "<3",
    "< b>",
    "<ftp://example.org>", "x <- y",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN_WITH_HTML)
def test_html_in_markdown_is_seen(text: str) -> None:
    offset = safety.html_in_markdown(text)
    assert offset is not None
    assert text[offset] == "<"


@pytest.mark.parametrize("text", MARKDOWN_WITHOUT)
def test_code_comparisons_and_addresses_are_no_html(text: str) -> None:
    assert safety.html_in_markdown(text) is None


def test_html_is_found_where_it_stands_and_not_in_the_code_before_it() -> None:
    text = "Write `<b>` never, and see <i>here</i>."
    assert safety.html_in_markdown(text) == text.index("<i>")


# Markdown -> the addresses in it that are not allowed
LINKS = [
    ("[x](https://example.org)", []), ("<https://example.org>", []), ("<desk@example.org>", []),
    ("[x](mailto:desk@example.org)", []), ("`[x](javascript:y)`", []), ("\\[x](javascript:y)", []),
    ("[x](javascript:alert(1))", ["javascript:alert(1)"]), ("[x](JAVASCRIPT:y)", ["JAVASCRIPT:y"]),
    ("[x]( javascript:y )", ["javascript:y"]), ("[x](<javascript:y>)", ["javascript:y"]),
    ("[x](javascript:y 'title')", ["javascript:y"]), ("<javascript:y>", ["javascript:y"]),
    ("<data:text/html,x>", ["data:text/html,x"]), ("[x][1]\n\n[1]: vbscript:y", ["vbscript:y"]),
    ("[1]\n\n[1]: javascript:y", ["javascript:y"]), ("[x][]\n\n[x]:\n javascript:y", ["javascript:y"]),
    ("[x](&#106;avascript:y)", ["javascript:y"]), ("[x](javascript&colon;y)", ["javascript:y"]),
    ("[x](java&Tab;script:y)", ["java%09script:y"]), ("[x](&#x6A;&#x61;vascript&#58;y)", ["javascript:y"]),
    ("[x](java\\script:y)", ["java%5Cscript:y"]), ("[x](//example.org)", ["//example.org"]),
    ("[x](/x)", ["/x"]), ("[x](x.md)", ["x.md"]), ("[x]()", [""]), ("[x](#y)", ["#y"]),
    ("![x](https://example.org/x.png)", ["https://example.org/x.png"]), ("![x](x.png)", ["x.png"]),
    ("![x](data:image/png;base64,AA)", ["data:image/png;base64,AA"]),
    ("[![x](y.png)](javascript:z)", ["javascript:z", "y.png"]),
    ("- [x](file:///etc/passwd)", ["file:///etc/passwd"]),
    ("| a |\n|---|\n| [x](javascript:y) |", ["javascript:y"]),
    ("[x](ftp://example.org)", ["ftp://example.org"]), ("[x](https:example.org)", ["https:example.org"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), LINKS, ids=lambda value: ascii(value))
def test_links_that_are_not_allowed_are_seen(text: str, found: list[str]) -> None:
    assert [address for _, address in safety.unsafe_links(text)] == found


def test_links_and_pictures_are_told_apart() -> None:
    text = "[![x](y.png)](https://example.org) and `[x](z)`, <https://example.com>"
    assert [found[1:] for found in safety.links(text)] == [
        ("href", "https://example.org"), ("src", "y.png"), ("href", "https://example.com"),
    ]  # fmt: skip


def test_a_link_is_found_where_it_stands() -> None:
    text = "First.\n\n[x](javascript:y) and [z](data:,z)"
    assert [text[at:].split(")")[0] for at, _ in safety.unsafe_links(text)] == ["javascript:y", "data:,z"]


# What comes out

ALLOWED = {
    "a": {"href", "rel"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}, "img": {"src", "alt"},
}  # fmt: skip
HARMLESS = {"title", "lang"}  # on any tag: words that are shown or spoken


def _of_a_box(name: str, value: str | None) -> bool:
    """Whether an attribute is one that we give to a box: around prose, or around a wide table."""
    known = {"class": {"rt-prose", "rt-scroll"}, "role": {"group"}, "tabindex": {"0"}}
    return name == "aria-label" or value in known.get(name, set())


class Published(html.parser.HTMLParser):
    """Notes every tag, attribute and address, as a browser would take them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in markdown.TAGS | {"img", "div"}:
            self.bad.append(tag)
        for name, value in attrs:
            if not (_of_a_box(name, value) if tag == "div" else name in ALLOWED.get(tag, set()) | HARMLESS):
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src"):
                plain = re.sub(r"[\x00-\x20\x7f-\x9f]", "", value or "").lower()
                scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
                if scheme and scheme[0] not in ("http:", "https:", "mailto:"):
                    self.bad.append(plain)

    def handle_comment(self, data: str) -> None:
        self.bad.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.bad.append("declaration")

    unknown_decl = handle_pi = handle_decl


FRAGMENTS = [
    "<script>alert(1)</script>", "<script", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>",
    "<style>",
    "<iframe src='//x'>", "<object data=x>", "<base href=//x>", "<form action=x>",
    "<a href='javascript:x'>", "<math>",
    "<meta http-equiv=refresh content='0;url=//x'>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!x",
    "</title>",
    "<noscript>", "<template>", "<textarea>", "<p style='x'>", "<div class=rt-x id=y>",
    "<a href=x onclick=y>",
    "[x](javascript:alert(1))", "[x](data:text/html,<script>)", "![x](javascript:y)", "![x\" onerror=\"y](z)",
    "[x](https://x.org\"onmouseover=y)", "[x](<https://x.org/\"onclick=\"y>)",
    "[x](https://x.org 'a\" onclick=\"b')",
    "<javascript:alert(1)>", "<https://x.org\"onclick=y>", "[x][1]", "\n[1]: javascript:alert(1)\n",
    "&lt;script&gt;",
    "&#60;script&#62;", "&amp;lt;b&amp;gt;", "\\<script>", "`<script>`", "```\n<script>\n```\n",
    "``` x\" onclick=y\n",
    "    <script>", "# ", "## <b>x</b>\n", "\n\n", "\n", "> ", "- ", "| a |\n|---|\n| ", " |", "*", "_",
    "~~", "`", "[",
    "](", ")", "!", "\"", "'", "{: onclick=x }", "{onclick=x}", "--8<-- \"x\"", "::: x", "{{ x }}",
    "{% x %}", "$x$",
    "www.x.org", "javascript:alert(1)", "\t", "\x00", "é", "😀", "\u2028", "text",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)


@settings(max_examples=500)
@given(TEXT)
def test_nothing_but_the_allowed_tags_comes_through_in_a_record(text: str) -> None:
    made = markdown.rendered(text)
    assert Published(made).bad == []
    assert "<h1" not in made
    assert "<img" not in made


PLAIN = st.text(st.one_of(st.sampled_from("ab wW.\n\n  -1)(/'!?%,;–’é"), st.characters(exclude_categories=["Cs"])))


@settings(max_examples=1000)
@given(st.one_of(TEXT, PLAIN))
def test_the_shorter_way_for_plain_text_gives_what_the_parser_gives(text: str) -> None:
    assert markdown.rendered(text) == markdown.parsed(text)


@settings(max_examples=500)
@given(TEXT)
def test_nothing_but_the_allowed_tags_comes_through_in_a_page_whatever_builds_it(text: str) -> None:
    """A page goes through a Markdown renderer again: in its headings nothing may come to life."""
    import markdown as python_markdown

    made = markdown.page(text, lambda target: target, heading).replace(BEGIN, "").replace(END, "")
    assert Published(made).bad == []
    built = python_markdown.markdown(made, extensions=["tables", "fenced_code", "md_in_html"])
    assert Published(re.sub(r'<(div|h\d)( id="[^"]*")?', r"<\1", built)).bad == []


@settings(max_examples=300)
@given(TEXT)
def test_an_escaped_heading_renders_as_just_its_words(text: str) -> None:
    import markdown as python_markdown

    words = " ".join(text.replace("\x00", "").split())
    if words:
        built = python_markdown.markdown("# " + markdown.escaped(words))
        assert html.unescape(re.sub(r"</?h1>", "", built)) == words


def test_an_address_of_a_page_is_rewritten_and_escaped() -> None:
    made = markdown.page("[x](a.md) ![y](b.png)", lambda target: f'{target}?"><b>', heading)
    assert 'href="a.md?&quot;&gt;&lt;b&gt;"' in made
    assert 'src="b.png?&quot;&gt;&lt;b&gt;"' in made
    assert "<b>" not in made


def test_a_message_shows_a_text_in_one_short_line() -> None:
    assert safety.shortened("a\nb\x1b[31m\x00c") == "a b [31m c"
    assert safety.shortened("x" * 100) == "x" * 59 + "…"
    assert safety.excerpt("abc <b>\n" + "x" * 100, 4) == "“<b> " + "x" * 35 + "…”"
