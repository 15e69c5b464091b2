#!/usr/bin/env bash
# A DOUBLE of HTCondor's programs and of an HTCondor-CE: condor/condor.py. No HTCondor is run; its head says what it is faithful to.
#   condor.sh start DIR     makes the programs in DIR/bin
#   condor.sh stop DIR      ends what still runs
# Environment at start: CONDOR_CE (ce.condor.test) and CONDOR_PORT (9619), how the CE is called; CONDOR_ISSUER, whose tokens it takes;
# CONDOR_CA, the certificates in PEM by which the issuer is trusted; CONDOR_SLOTS (4).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"

usage() {
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] || usage
mkdir -p "$2"
dir=$(cd "$2" && pwd)

start() {
    bring /usr/bin/python3 python3
    bring openssl openssl
    : "${CONDOR_ISSUER:?whose tokens are taken}" "${CONDOR_CA:?by which the issuer is trusted}"
    umask 077
    mkdir -p "$dir"/{bin,queue,history,spool,execute}
    printf '{"ce": "%s", "port": %s, "issuer": "%s", "ca": "%s", "slots": %s}\n' \
        "${CONDOR_CE:-ce.condor.test}" "${CONDOR_PORT:-9619}" "$CONDOR_ISSUER" "$CONDOR_CA" "${CONDOR_SLOTS:-4}" > "$dir/config.json"
    for program in condor_submit condor_q condor_history condor_rm condor_transfer_data; do
        printf '#!/bin/sh\nexec /usr/bin/python3 "%s" "%s" %s "$@"\n' "$here/condor/condor.py" "$dir" "$program" > "$dir/bin/$program"
        chmod 755 "$dir/bin/$program"
    done
    echo "CONDOR_COMMANDS=$dir/bin"
}

stop() {
    # a starter that finds its job removed ends what it runs
    for job in "$dir"/queue/*.json; do
        [ -e "$job" ] && sed -i 's/"JobStatus": [0-9]/"JobStatus": 3/' "$job"
    done
    for ((tick = 0; tick < 120; tick++)); do
        pgrep -f "condor/condor.py $dir starter" > /dev/null || return 0
        sleep 0.25
    done
}

case $1 in
    start | stop) "$1" ;;
    *) usage ;;
esac
