#!/usr/bin/env bash
# A plain WebDAV server, nginx, on 127.0.0.1 over https: no checksums, no tokens, no third-party copies. See README.md.
#   webdav.sh install         as root: brings the packages
#   webdav.sh start DIR CA    starts it with the authority CA, a directory of ca.sh; WEBDAV_PORT unless 20670
#       WEBDAV_PASSWORD       of the account dirac; without it a client needs a certificate of the authority
#   webdav.sh kill DIR        ends it at once
#   webdav.sh stop DIR
# Files lie in DIR/data. Needs root.
set -euo pipefail
. "$(dirname "$0")/functions.sh"

readonly module=/usr/lib/nginx/modules/ngx_http_dav_ext_module.so

die() {
    echo "webdav.sh: $*" >&2
    exit 1
}

action=${1:?usage: webdav.sh install|start|kill|stop DIR}
if [ "$action" = install ]; then
    bring nginx nginx-light
    bring "$module" libnginx-mod-http-dav-ext
    bring openssl openssl
    bring curl curl
    exit
fi
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${WEBDAV_PORT:-20670}
pidfile=$dir/nginx.pid

running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2> /dev/null; }

start() {
    local authority entry tick
    authority=$(cd "${1:?which directory of ca.sh}" && pwd)
    mkdir -p "$dir"/{data,tmp}
    if [ -n "${WEBDAV_PASSWORD:-}" ]; then
        printf 'dirac:%s\n' "$(openssl passwd -apr1 -stdin <<< "$WEBDAV_PASSWORD")" > "$dir/htpasswd"
        entry="auth_basic tested; auth_basic_user_file $dir/htpasswd;"
    else
        entry="ssl_client_certificate $authority/ca/ca.pem; ssl_verify_client on;"
    fi
    cat > "$dir/nginx.conf" << END
load_module $module;
user root;
pid $pidfile;
error_log $dir/error.log;
worker_processes 1;
events { }
http {
    access_log $dir/access.log;
    client_body_temp_path $dir/tmp;
    proxy_temp_path $dir/tmp;
    fastcgi_temp_path $dir/tmp;
    uwsgi_temp_path $dir/tmp;
    scgi_temp_path $dir/tmp;
    dav_ext_lock_zone zone=locks:1m;
    server {
        listen 127.0.0.1:$port ssl;
        ssl_certificate $authority/host/hostcert.pem;
        ssl_certificate_key $authority/host/hostkey.pem;
        $entry
        root $dir/data;
        client_max_body_size 0;
        dav_methods PUT DELETE MKCOL COPY MOVE;
        dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK;
        dav_ext_lock zone=locks;
    }
}
END
    running || nginx -c "$dir/nginx.conf" -e "$dir/error.log"
    for ((tick = 0; tick < 100; tick++)); do
        if curl -s -o /dev/null --cacert "$authority/ca/ca.pem" "https://localhost:$port/"; then
            printf 'WEBDAV_URL=https://localhost:%s\n' "$port"
            return
        fi
        sleep 0.1
    done
    tail -n 20 "$dir/error.log" >&2
    die "nginx does not answer at port $port"
}

end() {
    local signal=$1 pid worker tick
    if running; then
        pid=$(cat "$pidfile")
        for worker in $(cat "/proc/$pid/task/$pid/children") "$pid"; do
            kill "-$signal" "$worker" 2> /dev/null || true
        done
        for ((tick = 0; tick < 50; tick++)); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.1
        done
    fi
    rm -f "$pidfile"
}

case $action in
    start)
        shift 2
        start "$@"
        ;;
    kill) end KILL ;;
    stop) end TERM ;;
    *) die "unknown action $action" ;;
esac
