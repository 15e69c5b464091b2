#!/usr/bin/env bash
# Unmodified Python programs of DIRAC and DiracX, as peers for compatibility tests.
#   python-peer.sh install PEER DIR    a virtual environment with PEER in DIR (needs Python 3.11 or newer, with venv)
# PEER: diracx (command line and Python client, 0.7.0) or diraccfg (DIRAC's own reader of .cfg files, 1.0.1).
# Environment: PEER_VERSION, PYTHON (python3).
set -euo pipefail

python=${PYTHON:-python3}

usage() {
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 3 ] && [ "$1" = install ] || usage
peer=$2
dir=$3
case $peer in
    diracx) version=${PEER_VERSION:-0.7.0} ;;
    diraccfg) version=${PEER_VERSION:-1.0.1} ;;
    *) usage ;;
esac

command -v "$python" >/dev/null || {
    echo "python-peer.sh: $python is not installed; Python 3.11 or newer is needed" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "python-peer.sh: $("$python" --version) is too old; Python 3.11 or newer is needed" >&2
    exit 1
}

if ! "$dir/bin/python" -c "import importlib.metadata as m, sys; sys.exit(m.version('$peer') != '$version')" 2>/dev/null; then
    "$python" -m venv "$dir"
    "$dir/bin/pip" install --quiet --disable-pip-version-check "$peer==$version"
fi
echo "installed $peer $version; programs in $dir/bin"
