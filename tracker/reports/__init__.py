"""The conference pack: one neutral document, made once from the records, then rendered.

`facts` counts, `content` and its neighbours say it in words and tables (`document`), and
one module for each format writes it down. No renderer counts anything, so no two
formats can disagree.
"""
