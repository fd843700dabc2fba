#!/bin/sh
# Finds a Chromium for the browser tests, or installs Debian's, and notes where it is.
# The one without windows comes first: the same engine, and a page opens in a third of the time.
# Usage: tools/browser.sh FOLDER
set -eu
venv=$1

find_browser() {
  for name in ${TRACKER_BROWSER:-} chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" 2>/dev/null && return 0
  done
  return 1
}

if ! found=$(find_browser); then
  if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" != 0 ]; then
      if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"; else
        printf '%s\n' "browser: no Chromium is installed, and installing it needs an administrator:" \
          "  apt-get install chromium" \
          "  or name one that you have: make test TRACKER_BROWSER=/path/to/chrome" >&2
        exit 2
      fi
    fi
    echo "Installing Chromium for the browser tests (once) ..." >&2
    $as_root apt-get update -qq
    install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq"
    # Older systems have only the second.
    $install chromium-headless-shell >/dev/null 2>&1 || $install chromium >/dev/null
  fi
  if ! found=$(find_browser); then
    printf '%s\n' "browser: no Chromium was found, and none could be installed." \
      "  Install one, or name it: make test TRACKER_BROWSER=/path/to/chrome" >&2
    exit 2
  fi
fi
printf '%s\n' "$found" > "$venv/.tested-with"
