"""The tracker as open data: tables, schemas, an address for every record, feeds, a calendar.

Everything is made from the records and a date that is passed in, as files in memory
(`bundle.files`); the site takes them as they are, `tracker export` writes them to a folder.
"""
