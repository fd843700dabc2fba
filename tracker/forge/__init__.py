"""The places where repositories are kept: what the tracker says there, and the files it needs there.

`api` speaks to a forge, `post` puts the review into its one comment, `files` makes workflows,
forms and owners from templates.
"""
