#!/usr/bin/env bash
# Bubblewrap, which isolates payloads on worker nodes; see README.md.
#   bubblewrap.sh install
set -euo pipefail
. "$(dirname "$0")/functions.sh"

[ "${1:-}" = install ] || {
    echo "usage: bubblewrap.sh install" >&2
    exit 2
}
bring bwrap bubblewrap
