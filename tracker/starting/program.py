"""How a new tracker gets this program: which packages, in which versions, with which hashes.

The libraries are those that this version was tested with: a part of our own lock, kept beside this module.
The program itself is pinned by its version, or, where it was installed from a wheel, taken along: then the
new tracker installs what its maker tried, down to the last byte.
"""

from __future__ import annotations

import hashlib
import json
from importlib import metadata, resources
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tracker import __version__
from tracker.errors import TrackerError

NAME = "recommendation-tracker"
FOLDER = "program"
_HEAD = "# What this tracker runs on: exactly these packages. Made by tracker init; a newer program comes with newer ones.\n"


def installed_from() -> Path | None:
    """The wheel that this program was installed from, where it is still there."""
    try:
        said = metadata.distribution(NAME).read_text("direct_url.json") or "{}"
        address = urlsplit(json.loads(said).get("url", ""))
    except (metadata.PackageNotFoundError, json.JSONDecodeError):
        return None
    if address.scheme != "file" or not address.path.endswith(".whl"):
        return None
    wheel = Path(url2pathname(unquote(address.path)))
    return wheel if wheel.is_file() else None


def requirements(wheel: Path | None) -> dict[str, bytes]:
    """`requirements.txt`, and the wheel itself where there is one, by path in the new tracker."""
    lock = resources.files("tracker.starting").joinpath("lock.txt").read_text("utf-8")
    if wheel is None:
        # Where one package has a hash, pip wants one for all.
        lines = [line.removesuffix("\\").rstrip() for line in lock.splitlines() if line[:1].isalnum()]
        return {"requirements.txt": f"{_HEAD}{NAME}=={__version__}\n".encode() + "\n".join(lines).encode() + b"\n"}
    try:
        data = wheel.read_bytes()
    except OSError as error:
        raise TrackerError(f"{wheel} can't be read: {error.strerror}", "Check the path after --wheel.") from None
    if not wheel.name.startswith(NAME.replace("-", "_")) or wheel.suffix != ".whl":
        raise TrackerError(f"{wheel.name} is not a wheel of this program",
                           f"It is called {NAME.replace('-', '_')}-…-py3-none-any.whl.")
    path = f"{FOLDER}/{wheel.name}"
    own = f"./{path} \\\n    --hash=sha256:{hashlib.sha256(data).hexdigest()}\n"
    return {"requirements.txt": f"{_HEAD}{own}{lock}".encode(), path: data}
