#!/usr/bin/env bash
# The unmodified DiracX command line and Python client, as a peer for compatibility tests.
#   diracx-client.sh install DIR    a virtual environment with the client in DIR (needs Python 3.11 or newer, with venv)
# Environment: DIRACX_VERSION (0.7.0), PYTHON (python3).
set -euo pipefail

version=${DIRACX_VERSION:-0.7.0}
python=${PYTHON:-python3}

usage() {
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] && [ "$1" = install ] || usage
dir=$2

command -v "$python" >/dev/null || {
    echo "diracx-client.sh: $python is not installed; Python 3.11 or newer is needed" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "diracx-client.sh: $("$python" --version) is too old; Python 3.11 or newer is needed" >&2
    exit 1
}

if ! "$dir/bin/python" -c "import importlib.metadata as m, sys; sys.exit(m.version('diracx') != '$version')" 2>/dev/null; then
    "$python" -m venv "$dir"
    "$dir/bin/pip" install --quiet --disable-pip-version-check "diracx==$version"
fi
echo "DIRACX_CLIENT=$dir/bin/dirac"
echo "DIRACX_PYTHON=$dir/bin/python"
