"""Runs a site generator over the written pages: MkDocs, ProperDocs or Zensical.

All three read one configuration, made from the frame and the tracker's mkdocs.yml: the pages' folder
in place of docs/, and without our plugin, whose work is done by then.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import subprocess
import sys
from pathlib import Path

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.site import material
from tracker.site.frame import merged
from tracker.site.tongues import Tongue

ENGINES = ("mkdocs", "properdocs", "zensical")
CONFIG = "mkdocs.yml"
STAMP = ".tracker-stamp"


def available(engine: str) -> bool:
    return importlib.util.find_spec(engine) is not None


def write_config(
    root: Path, settings: Config, folder: Path, pages: Path, site: Path, tongue: Tongue | None = None
) -> Path:
    """Writes the generators' configuration into ``folder`` and returns its path.

    ``pages`` and ``site`` are folders in it, ``tongue`` is the language of the pages. A tracker without a mkdocs.yml has the frame as it is.
    """
    from ruamel.yaml import YAML, YAMLError

    source = root / CONFIG
    yaml = YAML()
    yaml.width = 10_000
    try:
        with source.open(encoding="utf-8") as file:
            theirs = yaml.load(file) or {}
    except FileNotFoundError:
        theirs = {}
    except (YAMLError, UnicodeDecodeError) as error:
        raise TrackerError(f"{CONFIG} can't be read: {error}") from None
    if not isinstance(theirs, dict):
        raise TrackerError(f"{CONFIG} is not a set of “key: value” lines")
    config = merged(theirs, settings, tongue)
    # Relative to the configuration: Zensical takes no absolute folder.
    config["docs_dir"], config["site_dir"] = pages.name, site.name
    config["use_directory_urls"] = False
    config["plugins"] = [
        p for p in config["plugins"]
        if p != "tracker" and not (isinstance(p, dict) and "tracker" in p)
    ]
    theme = config["theme"]
    own = (root / theme["custom_dir"]).resolve() if theme.get("custom_dir") else None
    if theme["name"] == "material":
        theme["custom_dir"] = material.gathered(folder, own)
    elif own:
        theme["custom_dir"] = str(own)
    made = folder / CONFIG
    with made.open("w", encoding="utf-8") as file:
        yaml.dump(config, file)
    return made


def version(engine: str) -> str:
    return f"{engine} {importlib.metadata.version(engine)}"


def run(engine: str, config: Path) -> None:
    """Builds the site; what the generator says is shown only where it fails."""
    if not available(engine):
        raise TrackerError(f"{engine} is not installed", f"Install it: pip install {engine}")
    command = [sys.executable, "-m", engine, "build", "-f", str(config)]
    if engine != "zensical":
        command += ["--quiet", "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrackerError(
            f"{engine} could not build the site:\n{(done.stdout + done.stderr).strip()[-3000:]}"
        )
