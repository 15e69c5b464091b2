#!/usr/bin/env bash
# A headless Chromium for tests that lead a browser through pages.
#   chromium.sh install DIR     makes DIR/chromium, which starts one
# Taken is $CHROMIUM, or one that is installed, or else the one of the npm package @sparticuz/chromium (70 MB, once; needs node and npm).
# Environment: CHROMIUM, a program that is there already; CHROMIUM_PACKAGE_VERSION (153.0.0).
set -euo pipefail

version=${CHROMIUM_PACKAGE_VERSION:-153.0.0}

die() {
    echo "chromium.sh: $*" >&2
    exit 1
}

[ $# -eq 2 ] && [ "$1" = install ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$2"
dir=$(cd "$2" && pwd)

starter() {
    printf '#!/bin/sh\n%sexec "%s" "$@"\n' "${2-}" "$1" > "$dir/chromium"
    chmod +x "$dir/chromium"
}

[ -n "${CHROMIUM-}" ] || [ ! -x "$dir/chromium" ] || exit 0
for name in ${CHROMIUM-} chromium-headless-shell; do
    if program=$(command -v "$name"); then
        starter "$program"
        exit 0
    fi
done
for name in chromium chromium-browser google-chrome; do
    if program=$(command -v "$name"); then
        printf '#!/bin/sh\nexec "%s" --headless "$@"\n' "$program" > "$dir/chromium"
        chmod +x "$dir/chromium"
        exit 0
    fi
done

command -v npm > /dev/null || die "neither Chromium nor npm is installed: install one of them, or set CHROMIUM"
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" "@sparticuz/chromium@$version" > "$dir/npm.log" 2>&1 ||
    { tail -n 20 "$dir/npm.log" >&2; die "npm did not bring the package"; }
cat > "$dir/unpack.mjs" << 'END'
// the package unpacks below the temporary directory; the libraries are for machines that lack them
import chromium from "@sparticuz/chromium";
process.stdout.write(await chromium.executablePath());
END
TMPDIR=$dir AWS_EXECUTION_ENV=AWS_Lambda_nodejs22.x node "$dir/unpack.mjs" > "$dir/path"
starter "$(cat "$dir/path")" "LD_LIBRARY_PATH=\"$dir/al2023/lib\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}\" "
