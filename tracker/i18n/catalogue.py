"""Catalogues: gettext `.po` files, read as they are.

Ours lie in `tracker/locale`; a tracker may have its own in `locale`, which come first. A
catalogue that can't be trusted is refused with its line: one that asks for a value that
is not there, or brings markup that the English text has not, would break pages far away.
"""

from __future__ import annotations

import functools
import gettext
import io
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message

from tracker.errors import TrackerError
from tracker.i18n import LANGUAGES

OURS = Path(__file__).parent.parent / "locale"
OWN = "locale"  # below a tracker's folder
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINE = re.compile(r'#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"')
_SPACE = re.compile(r"\s+")
_FIELDS = string.Formatter()


def path_of(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "tracker.po"


def locale(language: str) -> Locale:
    """Babel's locale of a language tag such as fr or pt-BR."""
    if language == "en":
        return Locale.parse("en_GB")
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        raise TrackerError(
            f"“{language}” is not a language that is known",
            "Write its tag, such as fr, es, ar or pt-BR.",
        ) from None


def sources(language: str, root: Path | None = None) -> list[Path]:
    """The catalogues that there are for a language: the tracker's own below ``root``, then ours."""
    folders = [OURS] if root is None else [root / OWN, OURS]
    return [path for folder in folders if (path := path_of(folder, language)).is_file()]


@functools.cache
def translations(language: str, root: Path | None = None) -> gettext.NullTranslations:
    """The translations of a language: the tracker's own below ``root``, then ours."""
    there = sources(language, root)
    if not there and language != "en":
        raise TrackerError(
            f"there are no words for the language “{language}”",
            f"There are: {', '.join(LANGUAGES)}. Another one needs a catalogue: "
            f"{path_of(Path(OWN), language).as_posix()} in the tracker's folder.",
        )
    made: gettext.NullTranslations = gettext.NullTranslations()
    for path in reversed(there):
        found = _compiled(path, language)
        found.add_fallback(made)
        made = found
    return made


def _compiled(path: Path, language: str) -> gettext.GNUTranslations:
    catalogue = read(path, language)
    if wrong := list(problems(catalogue)):
        line, message = wrong[0]
        raise TrackerError(
            f"{path}:{line}: {message}" + (f" (and {len(wrong) - 1} more like it)" if len(wrong) > 1 else ""),
            "A translation has the same {fields} and the same tags as the English text.",
        )
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def read(path: Path, language: str) -> Catalog:
    """A catalogue, or one error that says where it can't be read."""
    try:
        _refuse_odd_lines(path)
        with path.open("rb") as file:
            return pofile.read_po(file, locale=str(locale(language)), abort_invalid=True)
    except pofile.PoFileError as error:
        raise TrackerError(
            f"{path}:{error.lineno + 1}: the catalogue can't be read here: {error}",
            "Every text stands between double quotes, after msgid or msgstr.",
        ) from None
    except UnicodeDecodeError as error:
        raise TrackerError(
            f"{path}: the catalogue is not UTF-8 (byte {error.start})", "Save it as UTF-8."
        ) from None
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise TrackerError(f"{path}: the catalogue can't be read: {error}", "Compare it with another one.") from None
    except OSError as error:
        raise TrackerError(f"{path}: the catalogue can't be read: {error.strerror}", "") from None


def _refuse_odd_lines(path: Path) -> None:
    """Babel reads a text whose closing quotation mark is missing as something shorter."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip() and not _LINE.fullmatch(line.strip()):
            raise TrackerError(
                f"{path}:{number}: the catalogue can't be read here: {line.strip()[:60]}",
                "Every text stands between double quotes, after msgid or msgstr; a quotation mark "
                'inside it is written \\".',
            )


def problems(catalogue: Catalog) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of each translation that would break a page."""
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        given = forms(message.string)
        for form in given:
            if form and (wrong := _problem(message, form)):
                yield message.lineno or 1, wrong
        whole = len(given) == catalogue.num_plurals and all(given)
        if message.pluralizable and any(given) and not whole:
            yield message.lineno or 1, (
                f"“{_short(message)}” has {sum(map(bool, given))} forms; "
                f"this language has {catalogue.num_plurals}"
            )


def _problem(message: Message, form: str) -> str:
    original = message.id[1] if message.pluralizable else message.id
    wanted = fields(original)
    try:
        found = fields(form)
    except ValueError as error:
        return f"the translation of “{_short(message)}” has a brace too many or too few: {error}"
    if strange := found - wanted:
        return f"the translation of “{_short(message)}” has {{{sorted(strange)[0]}}}, which the text has not"
    # A form for one or two may say the number in words.
    if missing := wanted - found - ({"count"} if message.pluralizable else set()):
        return f"the translation of “{_short(message)}” leaves out {{{sorted(missing)[0]}}}"
    if Counter(TAG.findall(form)) != Counter(TAG.findall(original)):
        return f"the translation of “{_short(message)}” has other tags than the text"
    return ""


def fields(text: str) -> set[str]:
    """The names between braces. Only plain names are fields: no attribute, no format."""
    found = set()
    for _, name, form, conversion in _FIELDS.parse(text):
        if name is not None:
            if not name.isidentifier() or form or conversion:
                raise ValueError(f"{{{name}}} is not the plain name of a field")
            found.add(name)
    return found


def forms(translated: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a translation: one, or one for each plural; an empty one is none."""
    return (translated or "",) if isinstance(translated, str | None) else tuple(translated)


def _short(message: Message) -> str:
    text = _SPACE.sub(" ", message.id[0] if message.pluralizable else message.id)
    return text if len(text) <= 60 else f"{text[:59]}…"
