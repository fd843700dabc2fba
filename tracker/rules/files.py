"""What is found while files are read.

1xx: can the file be read, and is its front matter the YAML that we allow? And those
rules of 9xx that stop a file before anybody looks inside.
"""

from __future__ import annotations

from tracker.findings import Severity
from tracker.rules import declare

UNREADABLE = declare("T101", "unreadable-file", Severity.ERROR, """
    The file can't be read.

    The operating system refused: no permission, or the file vanished while it was
    read. What can't be read can't be checked or published.

    **Instead:** make the file readable for everybody (`chmod a+r FILE`), or remove it.
    """)

NOT_UTF8 = declare("T102", "not-utf-8", Severity.ERROR, """
    The file is not saved as UTF-8.

    Other encodings (Latin-1, Windows-1252, UTF-16) turn accents and other scripts into
    the wrong letters, and nobody can tell afterwards what was meant.

    **Instead:** in your editor choose *Save as*, encoding *UTF-8*. In Notepad and in VS
    Code the encoding stands in the bottom bar.
    """)

NO_FRONT_MATTER = declare("T103", "no-front-matter", Severity.ERROR, """
    The file does not begin with front matter.

    Every record begins with a block of facts between two lines of three hyphens. Without
    it there is nothing to count.

    **Wrong:**

        Give every organisation a liaison desk

    **Right:**

        ---
        title: Give every organisation a liaison desk
        ---
        What is asked, and why.
    """)

UNCLOSED = declare("T104", "unclosed-front-matter", Severity.ERROR, """
    The front matter has no end.

    The line of three hyphens that closes the front matter is missing, so the text below
    it would be read as data.

    **Instead:** put a line with just `---` between the facts and the text.
    """)

SYNTAX = declare("T105", "yaml-syntax", Severity.ERROR, """
    The front matter is not valid YAML.

    Most often a colon stands inside a text without quotes, a quote or a bracket is not
    closed, or a line is not indented like its neighbours.

    **Wrong:**

        title: Peace: a plan

    **Right:**

        title: "Peace: a plan"
    """)

DUPLICATE_KEY = declare("T106", "duplicate-key", Severity.ERROR, """
    The same key stands twice.

    Most programs silently keep the last one, so what you see is not what is read.

    **Instead:** keep one of the two, or join their values in one list.
    """)

CLEVER_YAML = declare("T107", "alias-anchor-tag", Severity.ERROR, """
    The front matter uses an anchor (`&`), an alias (`*`) or a tag (`!`).

    These parts of YAML let a few bytes stand for millions, or name program objects.
    Records are read by people and by many programs, so they use plain YAML only.

    **Wrong:** `note: *as-above`

    **Right:** write the value out, or put it in quotes where it is plain text:
    `note: "*as above*"`
    """)

NOT_A_MAPPING = declare("T108", "front-matter-not-a-mapping", Severity.ERROR, """
    The front matter is not a set of `key: value` lines.

    A list or a single text has no names, so nobody can tell what its parts are.

    **Wrong:**

        ---
        - Give every organisation a liaison desk
        ---

    **Right:**

        ---
        title: Give every organisation a liaison desk
        ---
    """)

SYMLINK = declare("T901", "symbolic-link", Severity.ERROR, """
    The file is a symbolic link.

    A link can point at any file of the machine that builds the site, and its content
    would be published.

    **Instead:** put the file itself in its place.
    """)

OUTSIDE = declare("T902", "outside-the-tree", Severity.ERROR, """
    A link in a page leads out of the folder that is published.

    Only what lies below `docs/` is part of the site; a path that climbs out of it would
    show a reader nothing, or a file of the machine that built the site.

    **Wrong:** `![A map](../../../home/me/map.png)`

    **Right:** `![A map](pictures/map.png)`
    """)

FILE_TYPE = declare("T903", "unknown-file-type", Severity.ERROR, """
    A file of this type does not belong here.

    Everything below `docs/` is published and everything below `recommendations/` is
    read, so only types that are known to be harmless are allowed: Markdown, and below
    `docs/` also pictures (PNG, JPEG, WebP) and PDF.

    **Instead:** move the file out of the folder, or convert it.
    """)

TOO_LONG = declare("T904", "file-too-long", Severity.ERROR, """
    The file is longer than a record may be.

    A record is a page of text. A much longer file is a mistake, or is meant to make the
    tracker slow. It is not read at all.

    **Instead:** split it into several records, or link to the long document as evidence.
    """)

TOO_DEEP = declare("T905", "nested-too-deep", Severity.ERROR, """
    Lists and mappings are nested too deep.

    No record needs more than a few levels. Very deep nesting is a mistake, or is meant
    to exhaust a program.

    **Instead:** flatten it; the record guide shows every field's shape.
    """)
