"""The review of a change: what a volunteer needs to judge it, in one comment.

`gather` reads both sides as data, `sayings` tells new assessments as sentences, `questions` makes
the checklist that the change asks for, `comment` writes it down for a forge.
"""
