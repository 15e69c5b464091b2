#!/usr/bin/env bash
# A headless Chromium for tests that lead a browser through pages.
#   chromium.sh install DIR     makes DIR/chromium, which starts the one that is installed
# As root on Debian it brings the package chromium-headless-shell if no Chromium is there.
# Environment: CHROMIUM, the program to take instead.
set -euo pipefail

die() {
    echo "chromium.sh: $*" >&2
    exit 1
}

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
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell > /dev/null || true
    present && exit 0
fi
die "no Chromium is installed: apt-get install --no-install-recommends chromium-headless-shell, or set CHROMIUM"
