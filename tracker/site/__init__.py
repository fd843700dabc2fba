"""The site: pages as Markdown and finished HTML, and what builds them.

`pages` makes every page from the corpus; any of three site generators turns them into a
site. Nothing here depends on a hook that only one of them has.
"""
