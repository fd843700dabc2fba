"""The MkDocs plugin: makes `mkdocs build` and `mkdocs serve` work in a tracker.

An adapter and no more: the pages come from `tracker.site.pages`, as for every generator, and the
frame from `tracker.site.frame`.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.utils import yaml_load

from tracker import git
from tracker.config import FILE_NAME
from tracker.errors import TrackerError
from tracker.project import Project, load_config
from tracker.site import material
from tracker.site.edition import edition
from tracker.site.frame import frame, merged
from tracker.site.make import finish
from tracker.site.pages import everything
from tracker.store import RECORDS


class _Options(Config):
    as_of = config_options.Optional(config_options.Type(str))


# What MkDocs has acted on before it asks a plugin: these a mkdocs.yml has to say itself.
_TOO_LATE = {"site_name", "strict", "plugins"}


class TrackerPlugin(BasePlugin[_Options]):
    """Replaces the records below docs/ with the pages made from them."""

    @event_priority(100)  # the other plugins look at the theme
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Lays the frame under what MkDocs has read."""
        file = Path(config.config_file_path)
        try:
            _, settings = load_config(file.parent)
            with file.open("rb") as stream:
                whole = merged(yaml_load(stream) or {}, settings)
        except TrackerError as error:
            raise PluginError(f"{error.message}\n{error.hint}") from None
        if Path(config.site_dir) != file.parent / "site":  # said in the file or on the command line
            del whole["site_dir"]
        if config.site_url:  # `mkdocs serve` has put its own address there
            whole["site_url"] = config.site_url
        options = dict(config._schema)
        for key in sorted(frame(settings).keys() & whole.keys() - _TOO_LATE):
            try:
                options[key].pre_validation(config, key_name=key)
                config[key] = options[key].validate(whole[key])
                options[key].post_validation(config, key_name=key)
            except ValidationError as error:
                raise PluginError(f"{file.name}: {key}: {error}") from None
        if config.theme.name == "material":
            config.theme.dirs[:] = material.folders(config.theme.dirs)
            if "material/search" in config.plugins:  # our search page stands in its place
                config.plugins["material/search"].config.enabled = False
        return config

    def on_files(self, files: Files, *, config) -> Files:
        root = Path(config.config_file_path).parent
        today = datetime.date.today().isoformat()
        try:
            project = Project(root, today)
            shown = edition(project.config, self.config.as_of or today, git.head(root))
            made = everything(project, shown)
        except TrackerError as error:
            raise PluginError(f"{error.message}\n{error.hint}") from None
        kinds = (".html", ".js", ".css", ".svg")
        of_plugins = [f for f in files if f.generated_by and f.src_uri.endswith(kinds)]
        of_theme = [f for f in files if not f.generated_by and f.src_dir != config.docs_dir]
        theirs = of_plugins + of_theme
        result = Files(theirs)
        for path, content in made:
            result.append(File.generated(config, path, content=content))
        return result

    def on_post_build(self, *, config) -> None:
        _, settings = load_config(Path(config.config_file_path).parent)
        finish(settings, Path(config.site_dir))

    def on_serve(self, server, *, config, builder):
        root = Path(config.config_file_path).parent
        for name in (RECORDS, FILE_NAME):
            if (root / name).exists():
                server.watch(str(root / name))
        return server
