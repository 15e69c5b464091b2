#!/usr/bin/env bash
# OpenStack Keystone (identity v3, application credentials) on 127.0.0.1, with SQLite and uWSGI.
#   keystone.sh install DIR             brings it
#   keystone.sh start DIR               the first start makes its database, about 20 s; prints how to log in as its admin
#   keystone.sh credential DIR NAME     makes an application credential of the admin; prints its id and secret
#   keystone.sh stop DIR
# Environment: KEYSTONE_PORT (20600). The admin's password is in DIR/password. Started by root, it runs as keystone, so DIR must lie where
# everybody may enter.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"

usage() {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${KEYSTONE_PORT:-$(cat "$dir/port" 2> /dev/null || echo 20600)}
url=http://127.0.0.1:$port/v3
pidfile=$dir/uwsgi.pid

running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2> /dev/null; }

as_keystone() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid keystone --regid keystone --clear-groups env HOME="$dir" "$@"
    else
        "$@"
    fi
}

install() {
    bring curl curl
    bring /usr/bin/keystone-wsgi-public keystone
    bring uwsgi_python3 uwsgi-plugin-python3
}

manage() { as_keystone keystone-manage --config-file "$dir/keystone.conf" "$@" >> "$dir/log/setup" 2>&1; }

start() {
    running && return
    mkdir -p "$dir"/{fernet,credential,log}
    chmod 755 "$dir"
    chmod 700 "$dir/fernet" "$dir/credential"
    echo "$port" > "$dir/port"
    [ -s "$dir/password" ] || (umask 077 && od -An -N 16 -tx1 /dev/urandom | tr -d ' \n' > "$dir/password")
    cat > "$dir/keystone.conf" << CONF
[DEFAULT]
log_dir = $dir/log
[database]
connection = sqlite:///$dir/keystone.db?timeout=60
[token]
provider = fernet
[fernet_tokens]
key_repository = $dir/fernet
[credential]
key_repository = $dir/credential
[auth]
methods = password,token,application_credential
CONF
    [ "$(id -u)" != 0 ] || chown -R keystone: "$dir"
    if [ ! -e "$dir/made" ]; then
        manage db_sync
        manage fernet_setup
        manage credential_setup
        manage bootstrap --bootstrap-password "$(cat "$dir/password")" --bootstrap-region-id RegionOne \
            --bootstrap-public-url "$url" --bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
        touch "$dir/made"
    fi
    as_keystone env OS_KEYSTONE_CONFIG_FILES="$dir/keystone.conf" OS_KEYSTONE_CONFIG_DIR="$dir" \
        nohup uwsgi_python3 --http-socket "127.0.0.1:$port" --master --processes 1 --threads 2 --die-on-term --enable-threads \
        --buffer-size 65535 --pidfile "$pidfile" --wsgi-file /usr/bin/keystone-wsgi-public > "$dir/log/uwsgi" 2>&1 < /dev/null &
    local tick
    for ((tick = 0; tick < 600; tick++)); do
        if curl -sf -m 5 -o /dev/null "$url/"; then
            return
        fi
        sleep 0.25
    done
    tail -n 20 "$dir"/log/uwsgi >&2
    echo "keystone.sh: it did not start; its logs: $dir/log" >&2
    exit 1
}

credential() {
    [ $# -eq 1 ] || usage
    local body headers token user
    body='{"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin", "domain": {"id": "default"},
        "password": "'$(cat "$dir/password")'"}}}, "scope": {"project": {"name": "admin", "domain": {"id": "default"}}}}}'
    headers=$(curl -sf -D - -o "$dir/log/token" -H 'Content-Type: application/json' -d @- "$url/auth/tokens" <<< "$body")
    token=$(sed -n 's/^X-Subject-Token: \([^\r]*\).*/\1/Ip' <<< "$headers")
    user=$(/usr/bin/python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["token"]["user"]["id"])' "$dir/log/token")
    curl -sf --retry 3 --retry-all-errors -H "Content-Type: application/json" -H "X-Auth-Token: $token" -d '{"application_credential": {"name": "'"$1"'"}}' \
        "$url/users/$user/application_credentials" |
        /usr/bin/python3 -c 'import json, sys; c = json.load(sys.stdin)["application_credential"]; print(c["id"], c["secret"])'
}

stop() {
    if running; then
        local pid tick
        pid=$(cat "$pidfile")
        kill "$pid"
        for ((tick = 0; tick < 40; tick++)); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.25
        done
    fi
    rm -f "$pidfile"
}

case $1 in
    install | stop) "$1" ;;
    start)
        start
        echo "OS_AUTH_URL=$url"
        echo "OS_PASSWORD=$(cat "$dir/password")"
        ;;
    credential) credential "${@:3}" ;;
    *) usage ;;
esac
