"""The frame around every page: a theme of its own, the same for MkDocs, ProperDocs and Zensical.

Material's frame cost 60 KB of scripts and styles on the first visit, had three inline scripts
that no strict policy allows, and two accessibility findings. What a tracker needs of it is a
header, a menu, a list of what is on the page and a foot, and that is what stands here. The
templates use only what Jinja (MkDocs, ProperDocs) and MiniJinja (Zensical) have in common;
the words, the languages and the policy come from `tracker.site.frame`.
"""
