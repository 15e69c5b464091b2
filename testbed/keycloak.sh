#!/usr/bin/env bash
# A real Keycloak on this machine, one realm for each VO, as the OpenID provider of log-in tests.
#   keycloak.sh install DIR               downloads it with Maven into DIR (about 180 MB; once)
#   keycloak.sh start DIR REALM...        starts it with these realms, emptied; prints its address
#   keycloak.sh rotate DIR REALM          gives the realm a new signing key
#   keycloak.sh member DIR REALM USER join|leave
#                                         puts the user into the group /prod, or takes it out
#   keycloak.sh scope DIR REALM CLIENT NAME
#                                         makes a scope that the client may ask for
#   keycloak.sh stop DIR
# Each realm has the users alice (password pw-alice) and nora (pw-nora, in the group /prod), and the clients dirac (public),
# dirac-confidential (its secret is in DIR/secret), dirac-exchange (the same secret; it may exchange tokens for some that are for
# the client https://se.test:8443), robot (its tokens are for dirac-api) and elsewhere (for nobody we know).
# Environment: DIRAC_URL (https://localhost:8443), where the log-ins come back to; KEYCLOAK_PORT (18180); KEYCLOAK_VERSION
# (26.7.3); KEYCLOAK_ZIP, a distribution that is there already. It listens on 127.0.0.1 only, without TLS.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
version=${KEYCLOAK_VERSION:-26.7.3}

die() {
    echo "keycloak.sh: $*" >&2
    exit 1
}

usage() {
    sed -n '2,15s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
home=$dir/keycloak-$version
port=${KEYCLOAK_PORT:-$(cat "$dir/port" 2> /dev/null || echo 18180)}
url=http://127.0.0.1:$port
pidfile=$dir/keycloak.pid

running() {
    [ -s "$pidfile" ] && tr '\0' ' ' < "/proc/$(cat "$pidfile")/cmdline" 2> /dev/null | grep -q "$home"
}

random() { od -An -N 24 -tx1 /dev/urandom | tr -d ' \n'; }

install() {
    [ ! -d "$home" ] || return 0
    local zip=${KEYCLOAK_ZIP:-$dir/keycloak-quarkus-dist-$version.zip}
    if [ ! -s "$zip" ]; then
        command -v mvn > /dev/null || die "mvn is not installed"
        mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
            "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:zip" "-DoutputDirectory=$dir"
    fi
    command -v unzip > /dev/null || die "unzip is not installed"
    unzip -q "$zip" -d "$dir"
}

# realm NAME: its description, with the secret of this directory
realm() {
    local alice
    alice=$(printf '%s' "alice of $1" | sha256sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\1-\2-\3-\4-\5/')
    sed -e "s|@REALM@|$1|g" -e "s|@ALICE@|$alice|g" -e "s|@SECRET@|$(cat "$dir/secret")|g" \
        -e "s|@DIRAC_URL@|${DIRAC_URL:-https://localhost:8443}|g" "$here/keycloak-realm.json"
}

start() {
    [ $# -ge 1 ] || usage
    [ -d "$home" ] || die "not installed in $dir; run keycloak.sh install $dir"
    if running; then die "already running, process $(cat "$pidfile")"; fi
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then die "port $port is taken; choose one by KEYCLOAK_PORT"; fi
    umask 077
    echo "$port" > "$dir/port"
    [ -s "$dir/secret" ] || random > "$dir/secret"
    [ -s "$dir/admin" ] || random > "$dir/admin"
    rm -rf "$home/data"
    mkdir -p "$home/data/import"
    local name
    for name in "$@"; do realm "$name" > "$home/data/import/$name-realm.json"; done
    KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=$(cat "$dir/admin") \
        JAVA_OPTS_KC_HEAP="-Xms64m -Xmx512m" JAVA_OPTS_APPEND="-Dtestbed=$home" \
        setsid bash "$home/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 "--http-port=$port" \
        --cache=local > "$dir/log" 2>&1 < /dev/null &
    echo $! > "$pidfile"
    local last=${*: -1} tick
    for ((tick = 0; tick < 240; tick++)); do
        if curl -sf -o /dev/null "$url/realms/$last/.well-known/openid-configuration"; then
            echo "KEYCLOAK=$url"
            return
        fi
        running || break
        sleep 0.5
    done
    tail -n 20 "$dir/log" >&2
    if ! running; then
        local status=0
        wait "$(cat "$pidfile")" || status=$?
        die "it ended with $status instead of starting; its log: $dir/log"
    fi
    stop
    die "it did not start within 2 minutes; its log: $dir/log"
}

admin_token() {
    curl -sf "$url/realms/master/protocol/openid-connect/token" -d grant_type=password -d client_id=admin-cli \
        -d username=admin --data-urlencode "password@$dir/admin" | sed -E 's/.*"access_token":"([^"]*)".*/\1/'
}

# admin METHOD PATH [CURL OPTION...]
admin() {
    local method=$1 path=$2
    shift 2
    curl -sf -X "$method" "$url/admin/realms/$path" -H @- -H 'Content-Type: application/json' "$@" \
        <<< "Authorization: Bearer $(admin_token)"
}

# id PATH: of the first that is found
id() {
    admin GET "$1" | sed -E 's/^\[\{"id":"([^"]*)".*/\1/'
}

member() {
    [ $# -eq 3 ] || usage
    local method=PUT
    [ "$3" = join ] || method=DELETE
    admin "$method" "$1/users/$(id "$1/users?exact=true&username=$2")/groups/$(id "$1/groups?search=prod")" \
        || die "$2 could not $3 the group"
}

scope() {
    [ $# -eq 3 ] || usage
    local made
    made=$(admin POST "$1/client-scopes" -o /dev/null -D - -d "{ \"name\": \"$3\", \"protocol\": \"openid-connect\",
        \"attributes\": { \"include.in.token.scope\": \"true\" } }" | tr -d '\r' | sed -nE 's|^[Ll]ocation: .*/||p')
    admin PUT "$1/clients/$(id "$1/clients?clientId=$2")/optional-client-scopes/$made" || die "the scope $3 was not made"
}

rotate() {
    [ $# -eq 1 ] || usage
    admin POST "$1/components" -d '{
        "name": "rotated", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
        "config": { "priority": [ "200" ], "enabled": [ "true" ], "active": [ "true" ], "algorithm": [ "RS256" ] } }' \
        || die "the realm $1 got no new key"
}

stop() {
    if running; then
        local pid tick
        pid=$(cat "$pidfile")
        # kc.sh becomes the Java process, or its parent: both are in the session that start opened
        kill -TERM -- "-$pid" 2> /dev/null || kill -TERM "$pid"
        for ((tick = 0; tick < 60; tick++)); do
            running || break
            sleep 0.5
        done
        running && kill -KILL -- "-$pid"
    fi
    rm -f "$pidfile"
}

case $action in
    install | start | rotate | member | scope | stop) "$action" "$@" ;;
    *) usage ;;
esac
