"""Tracks what documents recommended to whom, and what came of it.

Text in git is the database: Markdown files with front matter are read into
typed records, checked, counted as of a date, and published.
"""

__version__ = "0.1.0"
