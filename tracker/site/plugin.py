"""The MkDocs plugin: makes `mkdocs build` and `mkdocs serve` work in a tracker.

An adapter and no more: the pages come from `tracker.site.pages`, as for every generator.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from tracker import git
from tracker.config import FILE_NAME
from tracker.errors import TrackerError
from tracker.project import Project
from tracker.site.edition import edition
from tracker.site.frame import frame
from tracker.site.pages import everything
from tracker.store import RECORDS


class _Options(Config):
    as_of = config_options.Optional(config_options.Type(str))


class TrackerPlugin(BasePlugin[_Options]):
    """Replaces the records below docs/ with the pages made from them."""

    def on_config(self, config):
        root = Path(config.config_file_path).parent
        try:
            project = Project(root, datetime.date.today().isoformat())
        except TrackerError as error:
            raise PluginError(f"{error.message}\n{error.hint}") from None
        config.extra["frame"] = frame(project.config)
        config.use_directory_urls = False
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
        theirs = [f for f in files if f.src_uri.endswith((".html", ".js", ".css", ".svg")) and f.generated_by]
        result = Files(theirs)
        for path, content in made:
            result.append(File.generated(config, path, content=content))
        return result

    def on_serve(self, server, *, config, builder):
        root = Path(config.config_file_path).parent
        for name in (RECORDS, FILE_NAME):
            if (root / name).exists():
                server.watch(str(root / name))
        return server
