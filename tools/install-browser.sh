#!/usr/bin/env bash
# Chromium for the browser tests, from the system's own packages. Without it those tests say so and are skipped.
set -euo pipefail
if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "install Chromium with your system's packages, or set JOURNEYS_CHROMIUM to its path" >&2
  exit 1
fi
as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1 ||
  { "${as_root[@]}" apt-get update >/dev/null && "${as_root[@]}" apt-get install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; }
