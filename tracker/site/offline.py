"""The whole site as one file, to be handed over on a stick or sent by post.

Unpacked anywhere it opens in a browser: nothing in it asks for a server. What only a server
can use is left out, and each page's policy names files beside itself, which some browsers
don't count as the page's own.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.site.engine import STAMP
from tracker.site.pagefind import FOLDER
from tracker.site.policy import header_files, policy

_LEFT_OUT = {STAMP, "sitemap.xml", "sitemap.xml.gz"}


def slug(name: str) -> str:
    """A tracker's name for a file's name, as ASCII letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "tracker"


def pack(site: Path, target: Path, config: Config, day: str) -> int:
    """Writes the built ``site`` to the zip file ``target``; returns its size in bytes.

    ``day`` (YYYY-MM-DD) is the time of every file in it, so that the same site gives the same bytes.
    """
    policies = {
        f'"{policy(config, searching=searching)}"'.encode():
        f'"{policy(config, searching=searching, offline=True)}"'.encode()
        for searching in (False, True)
    }  # fmt: skip
    left_out = _LEFT_OUT | set(header_files(config))
    year, month, date = (int(part) for part in day.split("-"))
    made = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for file in sorted(f for f in site.rglob("*") if f.is_file()):
                path = file.relative_to(site)
                if path.name in left_out or FOLDER in path.parts:
                    continue
                data = file.read_bytes()
                if file.suffix == ".html":
                    for served, read in policies.items():
                        data = data.replace(served, read, 1)
                info = zipfile.ZipInfo(f"{target.stem}/{path.as_posix()}", (max(year, 1980), month, date, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(info, data, compresslevel=9)
        made.replace(target)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise TrackerError(f"the site can't be packed to {target}: {error.strerror}") from None
    return target.stat().st_size
