#!/usr/bin/env bash
# An XRootD storage element on 127.0.0.1, over https and root, with third-party copies, tokens and checksums. See README.md.
#   xrootd.sh install         as root: brings the packages
#   xrootd.sh start DIR CA    starts it with the authority CA, a directory of ca.sh; XROOTD_PORT unless 20694
#       XROOTD_ISSUER         lets tokens of this issuer in, whose own certificate XROOTD_ISSUER_CA, a file, vouches for
#       XROOTD_AUDIENCE       which must be for this audience; for https://localhost:PORT unless set
#       XROOTD_BASE_PATH      their paths begin at this directory, / unless set
#       XROOTD_SUBJECT        may do everything with its certificate, /DC=test/DC=grid/CN=alice unless set
#   xrootd.sh kill DIR        ends it at once
#   xrootd.sh stop DIR
# Files lie in DIR/data. It runs as the account xrootd, so that DIR has to lie where every account may enter. Needs root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"

readonly account=xrootd

die() {
    echo "xrootd.sh: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || die "XRootD needs root here, as it refuses to run as root and is given an account"
action=${1:?usage: xrootd.sh install|start|kill|stop DIR}
if [ "$action" = install ]; then
    bring xrootd xrootd-server
    # those without a program
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends xrootd-server-plugins xrootd-plugins \
        xrootd-client-plugins xrootd-scitokens-plugins libcurl4 > /dev/null
    bring openssl openssl
    bring curl curl
    bring gcc gcc
    present /usr/include/dlfcn.h || bring /usr/include/dlfcn.h libc6-dev
    exit
fi
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${XROOTD_PORT:-20694}
pidfile=$dir/run/xrootd.pid

running() { [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2> /dev/null; }

configuration() {
    local certificates=$1
    cat << END
all.export /
oss.localroot $dir/data
all.adminpath $dir/admin
all.pidpath $dir/run
xrd.port $port
xrd.network nodnr
xrd.protocol http:$port libXrdHttp.so
xrd.tls $dir/run/hostcert.pem $dir/run/hostkey.pem
xrd.tlsca certdir $certificates
xrootd.seclib libXrdSec.so
sec.protocol ztn
xrootd.tls capable all
xrootd.chksum max 4 adler32 md5 crc32
http.gridmap $dir/gridmap
http.header2cgi Authorization authz
http.exthandler xrdtpc libXrdHttpTPC.so
tpc.trace info
http.desthttps yes
ofs.authorize
ofs.authlib ++ libXrdAccSciTokens.so config=$dir/scitokens.cfg
acc.authdb $dir/authdb
acc.audit deny
END
}

tokens() {
    cat << END
[Global]
audience = ${XROOTD_AUDIENCE:-https://localhost:$port}
onmissing = passthrough
${XROOTD_ISSUER:+[Issuer tested]
issuer = $XROOTD_ISSUER
base_path = ${XROOTD_BASE_PATH:-/}
map_subject = False
default_user = tokenuser}
END
}

start() {
    local authority certificates tick status
    authority=$(cd "${1:?which directory of ca.sh}" && pwd)
    certificates=$dir/certificates
    mkdir -p "$dir"/{data,run,log,admin,cache,certificates}
    chmod 755 "$dir" "$certificates"
    install -m 644 "$authority"/certificates/* "$certificates/"
    cat /etc/ssl/certs/ca-certificates.crt "$authority/ca/ca.pem" ${XROOTD_ISSUER_CA:+"$XROOTD_ISSUER_CA"} > "$dir/run/bundle.pem"
    [ -z "${XROOTD_ISSUER_CA:-}" ] \
        || install -m 644 "$XROOTD_ISSUER_CA" "$certificates/$(openssl x509 -in "$XROOTD_ISSUER_CA" -noout -hash).0"
    install -m 644 "$authority/host/hostcert.pem" "$dir/run/hostcert.pem"
    install -m 400 "$authority/host/hostkey.pem" "$dir/run/hostkey.pem"
    configuration "$certificates" > "$dir/xrootd.cfg"
    tokens > "$dir/scitokens.cfg"
    printf '"%s" alice\n' "${XROOTD_SUBJECT:-/DC=test/DC=grid/CN=alice}" > "$dir/gridmap"
    echo "u alice / a" > "$dir/authdb"
    gcc -shared -fPIC -o "$dir/run/loopback.so" "$here/loopback.c" -ldl
    chown -R "$account:" "$dir"/{data,run,log,admin,cache}
    if ! running; then
        # keys of issuers are kept for days, and those of a test are new each time
        rm -rf "$pidfile" "$dir"/cache/*
        # tokens are checked trusting the system's authorities alone: it sees those of the test among them
        XDG_CACHE_HOME=$dir/cache unshare -m bash -c 'mount --bind "$1/run/bundle.pem" /etc/ssl/certs/ca-certificates.crt \
            && cd "$1/run" && exec setpriv --reuid "$2" --regid "$2" --clear-groups env LD_PRELOAD="$1/run/loopback.so" \
            nohup xrootd -I v4 -c "$1/xrootd.cfg" -l "$1/log/xrootd.log" -s "$1/run/xrootd.pid"' \
            _ "$dir" "$account" > "$dir/log/out" 2>&1 < /dev/null &
    fi
    for ((tick = 0; tick < 150; tick++)); do
        status=$(curl -s -o /dev/null -w '%{http_code}' --cacert "$authority/ca/ca.pem" "https://localhost:$port/" || true)
        if running && [[ $status =~ ^(200|403)$ ]]; then
            printf 'XROOTD_URL=https://localhost:%s\n' "$port"
            return
        fi
        sleep 0.1
    done
    tail -n 20 "$dir"/log/* "$dir"/log/*/* >&2 || true
    die "XRootD does not answer at port $port"
}

end() {
    local signal=$1 pid tick
    if running; then
        pid=$(cat "$pidfile")
        kill "-$signal" "$pid"
        for ((tick = 0; tick < 100; tick++)); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2> /dev/null || true
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
