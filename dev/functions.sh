# shellcheck shell=bash
# Shared by the scripts in this directory; not a program.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(basename "$0")

say() { printf '%s: %s\n' "$program" "$*"; }
die() {
    printf '%s: %s\n' "$program" "$*" >&2
    exit 1
}

# Prints the comment at the head of the script.
usage() { sed -n '2,/^[^#]/{/^#/!d;s/^# \{0,1\}//;p}' "$0"; }

# property FILE KEY
property() { sed -n "s/^$2=//p" "$1" | head -n 1; }

# running PID WORD: whether the process lives and has WORD in its command line; a bare pid may belong to another by now
running() {
    local line
    case $1 in '' | *[!0-9]*) return 1 ;; esac
    kill -0 "$1" 2> /dev/null || return 1
    if [ -r "/proc/$1/cmdline" ]; then
        line=$(tr '\0' ' ' < "/proc/$1/cmdline" 2> /dev/null) || return 1
    else
        line=$(ps -o args= -p "$1" 2> /dev/null) || return 1
    fi
    case $line in *"$2"*) return 0 ;; *) return 1 ;; esac
}

# await SECONDS COMMAND...: whether the command succeeded in time
await() {
    local patience=$(($1 * 5)) tick
    shift
    for ((tick = 0; tick < patience; tick++)); do
        "$@" && return 0
        sleep 0.2
    done
    return 1
}

gone() { ! running "$1" "$2"; }

# listening PORT: whether anything on this machine accepts connections there
listening() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# http_status PORT PATH: status code of a plain HTTP GET on this machine, nothing if there is no answer
http_status() {
    (
        exec 3<> "/dev/tcp/127.0.0.1/$1" || exit
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
        read -r -t 5 _ status _ <&3
        printf '%s' "$status"
    ) 2> /dev/null
}

# background LOG COMMAND...: runs on when this script and its terminal are gone; its process id is in $!
background() {
    local log=$1
    shift
    if command -v setsid > /dev/null; then
        setsid "$@" > "$log" 2>&1 < /dev/null &
    else
        nohup "$@" > "$log" 2>&1 < /dev/null &
    fi
}

find_java() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    command -v "$java" > /dev/null || die "java not found; install a JDK 17 or set JAVA_HOME"
}
