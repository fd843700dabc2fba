"""Compiled templates, kept where Python keeps its own compiled modules.

To compile all templates takes half a second for each language, most of what a small site's
pages cost. What is kept is code that will be run, so it never lies in a tracker's folder,
where a contribution could put it: only beside our modules, with the trust of any `.pyc`.
Where nothing can be written there, everything works, and takes that half second.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class Compiled(jinja2.BytecodeCache):
    """Those of one ``language``, kept as for a module in ``folder``.

    ``rests_on`` are the files, besides the templates, that shape the code.
    """

    def __init__(self, folder: Path, language: str, rests_on: Iterable[Path]) -> None:
        self.folder, self.language = folder, language
        state = hashlib.blake2b(jinja2.__version__.encode())
        for file in rests_on:
            state.update(hashlib.blake2b(file.read_bytes()).digest())
        self._state = state.hexdigest()

    def get_source_checksum(self, source: str) -> str:
        return hashlib.blake2b((self._state + source).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            bucket.bytecode_from_string(self._place(bucket).read_bytes())
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        place = self._place(bucket)
        part = place.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(place)

    def _place(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self.folder / f"{bucket.key}-{self.language}.py")))
