#!/bin/sh
# Makes the environment: a virtual environment with exactly what requirements.lock names.
# Usage: tools/setup.sh FOLDER
set -eu
venv=$1
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

command -v "$python" >/dev/null 2>&1 || {
  say "setup: there is no $python on this machine."
  say "  Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv), or name one: make PYTHON=python3.12"
  exit 2
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  say "setup: $("$python" --version) is too old; the tracker needs Python 3.11 or newer."
  say "  Name a newer one: make PYTHON=python3.12"
  exit 2
}
command -v git >/dev/null 2>&1 || {
  say "setup: there is no git on this machine. Install it (Debian: apt-get install git)."
  exit 2
}

if [ ! -x "$venv/bin/python" ]; then
  say "Making the environment in $venv ..."
  # Debian keeps ensurepip in a package of its own; as root it can be installed here.
  if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
      apt-get update -qq && apt-get install -y -qq "python$version-venv" >/dev/null
    else
      say "setup: this Python can't make virtual environments."
      say "  Ask an administrator for: apt-get install python3-venv"
      exit 2
    fi
  fi
  "$python" -m venv "$venv"
fi
say "Installing what requirements.lock names (once; a minute or so) ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
  --require-hashes --only-binary :all: -r requirements.lock || {
  say "setup: the packages can't be installed. Is there a connection to a package registry?"
  say "  Nothing else was changed; run make again when there is."
  exit 2
}
# The tracker itself, from this folder, so that edits count at once. Its build tool is in
# the lock too: nothing is fetched here.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
  --no-build-isolation --editable .
touch "$venv/.ready"
