"""A coordinator's spreadsheet becomes records: nothing dropped silently, nothing guessed.

Reading (`cells`, `csvfile`, `workbook`, `spreadsheet`), the map that says what the columns mean
(`mapping`), and the plan (`words`, `days`, `prose`, `rows`, `plan`) are apart from writing (`apply`):
a dry run is the same plan, without the last step.
"""
