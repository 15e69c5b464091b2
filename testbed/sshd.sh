#!/usr/bin/env bash
# An SSH server on 127.0.0.1 with log-in by key alone, for an SSH computing element; see README.md.
#   sshd.sh install             as root: brings the packages, makes the account gridtest
#   sshd.sh start DIR           makes the keys, once, and starts it; as root it serves the account SSHD_ACCOUNT (gridtest),
#                               else that of the caller. SSHD_PORT unless 20022. SSHD_ENVIRONMENT: NAME=VALUE … for each log-in
#   sshd.sh kill DIR            ends it and all connections at once
#   sshd.sh stop DIR
# Files: DIR/id (the user's private key), DIR/known_hosts, DIR/log.
set -euo pipefail
. "$(dirname "$0")/functions.sh"

die() {
    echo "sshd.sh: $*" >&2
    exit 1
}

action=${1:?usage: sshd.sh install|start|kill|stop DIR}
if [ "$action" = install ]; then
    bring /usr/sbin/sshd openssh-server
    bring ssh openssh-client
    [ "$(id -u)" != 0 ] || id gridtest > /dev/null 2>&1 || useradd -m -s /bin/bash gridtest
    exit
fi
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${SSHD_PORT:-20022}
account=$(id -un)
[ "$account" != root ] || account=${SSHD_ACCOUNT:-gridtest}

running() { [ -s "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2> /dev/null; }

start() {
    umask 077
    [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
    [ -s "$dir/hostkey" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/hostkey"
    [ -s "$dir/hostkey-rsa" ] || ssh-keygen -q -t rsa -b 2048 -N '' -f "$dir/hostkey-rsa"
    [ -s "$dir/id" ] || ssh-keygen -q -t ed25519 -N '' -C test -f "$dir/id"
    cat > "$dir/sshd_config" << END
Port $port
ListenAddress 127.0.0.1
HostKey $dir/hostkey-rsa
HostKey $dir/hostkey
PidFile $dir/pid
AuthorizedKeysFile $dir/authorized_keys
AllowUsers $account
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
MaxSessions 100
${SSHD_ENVIRONMENT:+SetEnv $SSHD_ENVIRONMENT}
END
    cp "$dir/id.pub" "$dir/authorized_keys"
    printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$dir/hostkey.pub")" > "$dir/known_hosts"
    # the server reads this file as the account that logs in
    chmod 644 "$dir/authorized_keys"
    chmod 711 "$dir"
    # an account without a password is locked, which without PAM keeps its keys out, too
    if [ "$(id -u)" = 0 ] && passwd -S "$account" | grep -q "^$account L"; then usermod -p '*' "$account"; fi
    running || /usr/sbin/sshd -f "$dir/sshd_config" -E "$dir/log"
    local tick
    for ((tick = 0; tick < 50; tick++)); do
        if ssh -F none -p "$port" -i "$dir/id" -o UserKnownHostsFile="$dir/known_hosts" -o BatchMode=yes \
            "$account@127.0.0.1" true 2> /dev/null; then
            printf 'SSH_PORT=%s\nSSH_USER=%s\nSSH_KEY=%s\nSSH_KNOWN_HOSTS=%s\n' "$port" "$account" "$dir/id" "$dir/known_hosts"
            return
        fi
        sleep 0.1
    done
    tail -n 20 "$dir/log" >&2
    die "nobody can log in"
}

stop() {
    if running; then kill "$(cat "$dir/pid")"; fi
    rm -f "$dir/pid"
}

# the processes of its connections are its children; what they started in sessions of their own goes on
abort() {
    local pid
    running || return 0
    pid=$(cat "$dir/pid")
    kill -KILL $(ps -o pid= --ppid "$pid") "$pid" 2> /dev/null || true
    rm -f "$dir/pid"
}

case $action in
    start | stop) "$action" ;;
    kill) abort ;;
    *) die "unknown action $action" ;;
esac
