"""Writing records: the only part of the program that changes a tracker's files.

What a person wrote stays as it was written: an edit touches its own bytes and no others, a
new record has the one canonical shape, and nothing reaches the disk before it has been
parsed again and found to say just what was meant.
"""
