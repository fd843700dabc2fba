"""The commands: options, wiring and exit codes, nothing else.

Each command is one module, imported only when it is called, so that `--help` and `check`
don't pay for what the site or a report needs.
"""
