#!/usr/bin/env bash
# DIRAC's own reader of .cfg files, unmodified, as a peer for compatibility tests.
#   diraccfg.sh install DIR    a virtual environment with the reader in DIR (needs Python 3.11 or newer, with venv)
# Environment: DIRACCFG_VERSION (1.0.1), PYTHON (python3).
set -euo pipefail

version=${DIRACCFG_VERSION:-1.0.1}
python=${PYTHON:-python3}

usage() {
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] && [ "$1" = install ] || usage
dir=$2

command -v "$python" >/dev/null || {
    echo "diraccfg.sh: $python is not installed; Python 3.11 or newer is needed" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "diraccfg.sh: $("$python" --version) is too old; Python 3.11 or newer is needed" >&2
    exit 1
}

if ! "$dir/bin/python" -c "import importlib.metadata as m, sys; sys.exit(m.version('diraccfg') != '$version')" 2>/dev/null; then
    "$python" -m venv "$dir"
    "$dir/bin/pip" install --quiet --disable-pip-version-check "diraccfg==$version"
fi
echo "DIRACCFG_PYTHON=$dir/bin/python"
