#!/usr/bin/env bash
# A real VOMS server (the C++ one, with /generate-ac) with its database, for one VO, on an authority of ca.sh.
#   voms.sh start DIR VO          starts it with a VO that has no members; DIR is ca.sh's. Prints its port
#   voms.sh member DIR NAME FQAN  makes the user NAME of ca.sh a member of the group, and of the role if FQAN (/VO/Role=x) has one
#   voms.sh leave DIR NAME        ends all memberships of the user
#   voms.sh stop DIR
# Its certificate is that of ca.sh's VOMS server, so `ca.sh lsc DIR VO` trusts it. Files: DIR/voms/server; DIR/voms/server/vomses is
# for voms-proxy-init. Environment: VOMS_PORT (15443). It listens on 127.0.0.1 only, its database on a socket in DIR.
# Needs the Debian packages voms-server, voms-mysql-plugin, mariadb-server-core, mariadb-client-core, gcc and libgsoap-dev.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"
PATH=$PATH:/usr/sbin:/sbin

readonly plugin=/usr/lib/voms/libvomsmysql.so
readonly base=/DC=test/DC=grid

die() {
    echo "voms.sh: $*" >&2
    exit 1
}

usage() {
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
action=$1
[ -s "$2/voms/hostcert.pem" ] || die "$2 is no authority; run ca.sh start $2"
grid=$(cd "$2" && pwd)
shift 2
dir=$grid/voms/server
socket=$dir/db.sock
port=${VOMS_PORT:-$(cat "$dir/port" 2> /dev/null || echo 15443)}
umask 077

# running NAME: whether the process of this file is there and ours
running() {
    [ -s "$dir/$1.pid" ] && { tr '\0' ' ' < "/proc/$(cat "$dir/$1.pid")/cmdline" | grep -q "$dir"; } 2> /dev/null
}

# until_it COMMAND...: waits at most 30 s until the command succeeds
until_it() {
    local tick
    for ((tick = 0; tick < 120; tick++)); do
        "$@" 2> /dev/null > /dev/null && return
        sleep 0.25
    done
    return 1
}

sql() { mariadb --no-defaults --batch --skip-column-names "--socket=$socket" "$@"; }

listening() { (exec 3<> "/dev/tcp/127.0.0.1/$port"); }

packages() {
    bring voms voms-server
    bring "$plugin" voms-mysql-plugin
    bring mariadbd mariadb-server-core
    bring mariadb mariadb-client-core
    bring gcc gcc
    bring /usr/include/stdsoap2.h libgsoap-dev
}

# nobody but who may read DIR gets at its socket, so it asks for no password
database() {
    local -a user=()
    [ "$(id -u)" != 0 ] || user=(--user=root)
    mkdir -p "$dir/db"
    mariadb-install-db --no-defaults "${user[@]}" "--datadir=$dir/db" --skip-test-db > "$dir/db.log" 2>&1 \
        || die "the database cannot be made: $(tail -n 3 "$dir/db.log")"
    setsid mariadbd --no-defaults "${user[@]}" "--datadir=$dir/db" --skip-networking --skip-grant-tables "--socket=$socket" \
        --innodb-buffer-pool-size=16M >> "$dir/db.log" 2>&1 < /dev/null &
    echo $! > "$dir/db.pid"
    until_it sql -e 'select 1' || die "its database did not start; its log: $dir/db.log"
    sql -e 'create database voms'
    sql voms < /usr/share/voms/voms-mysql.data
    sql voms << END
insert into ca values (1, '$(openssl x509 -in "$grid/ca/ca.pem" -noout -subject -nameopt compat | sed 's/^subject=//')', '');
insert into \`groups\` values (1, '/$1', 1, 1);
insert into seqnumber values ('00');
insert into version values (2);
END
}

start() {
    [ $# -eq 1 ] || usage
    ! running voms || die "already running, process $(cat "$dir/voms.pid")"
    ! listening 2> /dev/null || die "port $port is taken; choose one by VOMS_PORT"
    [ ${#socket} -lt 108 ] || die "$socket: the name of a socket has at most 107 characters"
    packages
    stop
    rm -rf "$dir"
    mkdir -p "$dir"
    echo "$port" > "$dir/port"
    gcc -shared -fPIC -DWITH_IPV6 -DWITH_OPENSSL -DWITH_GZIP -DWITH_DOM -o "$dir/server.so" "$here/voms-server.c" "$here/loopback.c" \
        -ldl
    database "$1"
    echo none > "$dir/password"
    chmod 640 "$dir/password" # it insists
    cat > "$dir/voms.conf" << END
--vo=$1
--port=$port
--uri=voms.test.grid:$port
--sqlloc=$plugin
--dbname=voms
--username=voms
--passfile=$dir/password
--mysql-socket=$socket
--x509_user_cert=$grid/voms/hostcert.pem
--x509_user_key=$grid/voms/hostkey.pem
--x509_cert_dir=$grid/certificates
--logfile=$dir/log
--newformat
END
    printf '"%s" "localhost" "%s" "%s/CN=voms.test.grid" "%s"\n' "$1" "$port" "$base" "$1" > "$dir/vomses"
    # with -debug it stays the process that it is
    LD_PRELOAD=$dir/server.so setsid voms -debug -conf "$dir/voms.conf" > "$dir/out" 2>&1 < /dev/null &
    echo $! > "$dir/voms.pid"
    until_it listening || die "it did not start: $(cat "$dir/out"); its log: $dir/log"
    echo "VOMS_PORT=$port"
}

member() {
    [ $# -eq 2 ] || usage
    local dn group=${2%%/Role=*} role=
    [[ "$1 $2" =~ ^[A-Za-z0-9_.\ /=-]+$ ]] || die "not a name and an FQAN: $*"
    [[ $2 != */Role=* ]] || role=${2##*/Role=}
    dn=$(openssl x509 -in "$grid/users/$1/usercert.pem" -noout -subject -nameopt compat | sed 's/^subject=//')
    sql voms << END
insert into usr (dn, ca) select '$dn', 1 where not exists (select 1 from usr where dn = '$dn');
insert ignore into \`groups\` (dn, parent, must) values ('$group', 1, 1);
insert into m (userid, gid) select userid, gid from usr u, \`groups\` g where u.dn = '$dn' and g.dn in ('$group')
    and not exists (select 1 from m where m.userid = u.userid and m.gid = g.gid and m.rid is null);
END
    [ -z "$role" ] || sql voms << END
insert ignore into roles (role) values ('$role');
insert ignore into m (userid, gid, rid) select userid, gid, rid from usr, \`groups\` g, roles
    where usr.dn = '$dn' and g.dn = '$group' and role = '$role';
END
}

leave() {
    [ $# -eq 1 ] || usage
    sql voms -e "delete m from m join usr using (userid) where usr.dn like '%/CN=$1'"
}

# end NAME: the process and what it started
end() {
    running "$1" || return 0
    local pid
    pid=$(cat "$dir/$1.pid")
    kill -TERM -- "-$pid" 2> /dev/null || kill -TERM "$pid"
    until_it not_running "$1" || kill -KILL "$pid"
    rm -f "$dir/$1.pid"
}

not_running() { ! running "$1"; }

stop() {
    end voms
    end db
}

case $action in
    start) start "$@" ;;
    member) member "$@" ;;
    leave) leave "$@" ;;
    stop) stop ;;
    *) usage ;;
esac
