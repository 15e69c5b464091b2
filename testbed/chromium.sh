#!/usr/bin/env bash
# A headless Chromium for tests that lead a browser through pages.
#   chromium.sh install DIR     makes DIR/chromium, which starts the one that is installed
# As root on Debian it brings the package chromium-headless-shell if no Chromium is there.
# Environment: CHROMIUM, the program to take instead.
set -euo pipefail

. "$(dirname "$0")/functions.sh"

[ $# -eq 2 ] && [ "$1" = install ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$2"
dir=$(cd "$2" && pwd)

starter() {
    printf '#!/bin/sh\nexec "%s" %s"$@"\n' "$1" "${2-}" > "$dir/chromium"
    chmod +x "$dir/chromium"
}

present() {
    for name in ${CHROMIUM-} chromium-headless-shell; do
        if program=$(command -v "$name"); then
            starter "$program"
            return 0
        fi
    done
    for name in chromium chromium-browser google-chrome; do
        if program=$(command -v "$name"); then
            starter "$program" "--headless "
            return 0
        fi
    done
    return 1
}

present && exit 0
bring chromium-headless-shell chromium-headless-shell
present
