#!/usr/bin/env bash
# An S3 store on this machine: S3Proxy over a directory, with signatures of version 4, links and forms.
#   s3.sh install DIR        brings it with Maven (about 60 MB; once)
#   s3.sh start DIR          starts it, keeping what it holds; prints its address
#   s3.sh stop DIR
# Environment: S3_PORT (20900). The access key is testkey, its secret is in DIR/secret. It listens on 127.0.0.1 only, without TLS.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)

die() {
    echo "s3.sh: $*" >&2
    exit 1
}

usage() {
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -eq 2 ] || usage
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${S3_PORT:-$(cat "$dir/port" 2> /dev/null || echo 20900)}
pidfile=$dir/s3.pid

running() {
    [ -s "$pidfile" ] && tr '\0' ' ' < "/proc/$(cat "$pidfile")/cmdline" 2> /dev/null | grep -q "$dir/s3proxy.conf"
}

install() {
    [ ! -s "$dir/classpath" ] || return 0
    command -v mvn > /dev/null || die "mvn is not installed"
    mvn -q -B -f "$here/s3/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
        "-Dmdep.outputFile=$dir/classpath"
}

start() {
    [ -s "$dir/classpath" ] || die "not installed in $dir; run s3.sh install $dir"
    if running; then die "already running, process $(cat "$pidfile")"; fi
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then die "port $port is taken; choose one by S3_PORT"; fi
    umask 077
    echo "$port" > "$dir/port"
    [ -s "$dir/secret" ] || od -An -N 24 -tx1 /dev/urandom | tr -d ' \n' > "$dir/secret"
    mkdir -p "$dir/data"
    cat > "$dir/s3proxy.conf" << CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=testkey
s3proxy.credential=$(cat "$dir/secret")
jclouds.provider=filesystem-nio2
jclouds.identity=local
jclouds.credential=local
jclouds.filesystem.basedir=$dir/data
CONF
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m "-Dlogback.configurationFile=$here/s3/logback.xml" \
        -cp "$(cat "$dir/classpath")" org.gaul.s3proxy.Main --properties "$dir/s3proxy.conf" \
        > "$dir/log" 2>&1 < /dev/null &
    echo $! > "$pidfile"
    local tick
    for ((tick = 0; tick < 240; tick++)); do
        if curl -s -m 2 -o /dev/null "http://127.0.0.1:$port/"; then
            echo "S3=http://127.0.0.1:$port"
            return
        fi
        running || break
        sleep 0.25
    done
    tail -n 20 "$dir/log" >&2
    stop
    die "it did not start; its log: $dir/log"
}

stop() {
    if running; then
        local pid tick
        pid=$(cat "$pidfile")
        kill -TERM "$pid"
        for ((tick = 0; tick < 40; tick++)); do
            running || break
            sleep 0.25
        done
        running && kill -KILL "$pid"
    fi
    rm -f "$pidfile"
}

case $action in
    install | start | stop) "$action" ;;
    *) usage ;;
esac
