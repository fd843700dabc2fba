"""YAML as text: no implicit types but null.

Scalars stay as they were written and the schema says what they mean, so `no` is
Norway and `010` is not 8. Two readers give the same data: a fast one that declines
whatever it is not sure of, and an exact one that also knows lines and columns.
"""
