#!/usr/bin/env bash
# A DOUBLE of OpenStack Nova: nova/nova.py. No Nova is run; its head says what it is faithful to. Needs a Keystone of keystone.sh, and root.
#   nova.sh start DIR       starts it and registers it in Keystone's catalogue; prints its address
#   nova.sh stop DIR        ends it with its instances
# Environment: NOVA_PORT (20610); OS_AUTH_URL, OS_PASSWORD as keystone.sh printed them; NOVA_CORES (16), NOVA_INSTANCES (8), NOVA_PAGE (2).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"

usage() {
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] || usage
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${NOVA_PORT:-20610}
pidfile=$dir/nova.pid

running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2> /dev/null; }

start() {
    : "${OS_AUTH_URL:?where Keystone is}" "${OS_PASSWORD:?of its admin}"
    bring /usr/bin/python3 python3
    if running; then
        echo "nova.sh: already running, process $(cat "$pidfile")" >&2
        exit 1
    fi
    /usr/bin/python3 "$here/nova/nova.py" "$dir" "$port" "$OS_AUTH_URL" "$OS_PASSWORD" > "$dir/log" 2>&1 < /dev/null &
    echo $! > "$pidfile"
    local tick
    for ((tick = 0; tick < 400; tick++)); do
        if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
            echo "NOVA=http://127.0.0.1:$port/v2.1"
            return
        fi
        running || break
        sleep 0.25
    done
    tail -n 20 "$dir/log" >&2
    exit 1
}

stop() {
    if running; then
        kill "$(cat "$pidfile")"
    fi
    rm -f "$pidfile"
}

case $1 in
    start | stop) "$1" ;;
    *) usage ;;
esac
