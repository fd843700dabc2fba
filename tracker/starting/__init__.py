"""A new, empty tracker: everything that it needs and nothing that anybody would have to take out again.

`answers` is what the person says, `skeleton` the files that are made of it, `program` how the new tracker
gets this program, `editor` what editors are given, `lay` what puts all of it into a folder.
"""
