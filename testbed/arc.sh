#!/usr/bin/env bash
# An ARC computing element, A-REX with its REST interface, on 127.0.0.1; jobs are processes of this machine, or go to a Slurm.
# See README.md.
#   arc.sh install            as root: brings the packages, makes the account gridtest
#   arc.sh start DIR CA       starts it with the authority CA, a directory of ca.sh; ARC_PORT unless 20547. Pilots are let in with
#       ARC_SUBJECT           the certificate of this name, /DC=test/DC=grid/CN=alice unless set
#       ARC_VO                proxies with an attribute of this VO, signed by a VOMS server of the authority's vomsdir; none unless set
#       ARC_ISSUER            tokens of this issuer, whose own certificate ARC_ISSUER_CA, a file, vouches for; none unless set
#     Jobs go to the queue ARC_SLURM_QUEUE of the Slurm that SLURM_CONF tells of, see slurm.sh; without it they are processes
#   arc.sh kill DIR           ends both daemons at once; jobs go on
#   arc.sh stop DIR
# Jobs run as gridtest, so that DIR has to lie where every account may enter. Files: DIR/log, DIR/session, DIR/control. Needs root.
set -euo pipefail
. "$(dirname "$0")/functions.sh"

readonly account=gridtest

die() {
    echo "arc.sh: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || die "A-REX needs root, as it runs jobs for other accounts"
action=${1:?usage: arc.sh install|start|kill|stop DIR}
if [ "$action" = install ]; then
    bring /usr/share/arc/arc-arex-start nordugrid-arc-arex
    bring openssl openssl
    bring curl curl
    id "$account" > /dev/null 2>&1 || useradd -m -s /bin/bash "$account"
    exit
fi
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${ARC_PORT:-20547}

running() { [ -s "$dir/run/$1.pid" ] && kill -0 "$(cat "$dir/run/$1.pid")" 2> /dev/null; }

configuration() {
    local certificates=$1 lrms="lrms = fork" helper="helper = . $dir/bin/scan-loop --config $dir/run/arex.cfg $dir/control"
    if [ -n "${ARC_SLURM_QUEUE:-}" ]; then
        # where Slurm keeps no accounts, sacct knows of nothing
        lrms="lrms = slurm $ARC_SLURM_QUEUE
slurm_use_sacct = no
slurm_wakeupperiod = 2"
        helper=
    fi
    cat << END
[common]
hostname = localhost
x509_host_key = $dir/run/hostkey.pem
x509_host_cert = $dir/run/hostcert.pem
x509_cert_dir = $certificates
x509_voms_dir = $dir/vomsdir
${ARC_ISSUER:+[authtokens]
[authgroup:tokens]
authtokens = * $ARC_ISSUER * * *}
${ARC_VO:+[authgroup:members]
voms = $ARC_VO * * *}
[authgroup:certificates]
subject = ${ARC_SUBJECT:-/DC=test/DC=grid/CN=alice}
[mapping]
map_to_user = certificates $account:$account
${ARC_VO:+map_to_user = members $account:$account}
${ARC_ISSUER:+map_to_user = tokens $account:$account}
[lrms]
$lrms
[arex]
controldir = $dir/control
sessiondir = $dir/session
tmpdir = $dir/tmp
logfile = $dir/log/arex.log
joblog = $dir/log/jobs.log
helperlog = $dir/log/helper.log
pidfile = $dir/run/arex.pid
loglevel = 4
wakeupperiod = 2
$helper
[arex/data-staging]
logfile = $dir/log/staging.log
[arex/ws]
wsurl = https://localhost:$port/arex
logfile = $dir/log/ws.log
pidfile = $dir/run/ws.pid
[arex/ws/jobs]
allowaccess = certificates
${ARC_VO:+allowaccess = members}
${ARC_ISSUER:+allowaccess = tokens}
[infosys]
logfile = $dir/log/infoprovider.log
[infosys/glue2]
[infosys/cluster]
alias = test
[queue:${ARC_SLURM_QUEUE:-fork}]
END
}

# what the packaged scripts have no option for is changed in copies of them
scripts() {
    # the packaged scanner of jobs sleeps 10 s between looks; a second, faster one sees the end of a job in about 3 s
    sed -e 's#^sleep 10#sleep 1#' -e 's#^basedir=`dirname \$0`#basedir=/usr/share/arc#' /usr/share/arc/scan-fork-job \
        > "$dir/bin/scan-fork-job"
    # A-REX does not end its helpers when it stops
    cat > "$dir/bin/scan-loop" << END
#!/bin/sh
sleep 1
while kill -0 "\$(cat $dir/run/arex.pid)" 2> /dev/null; do sh $dir/bin/scan-fork-job "\$@"; done
END
    chmod +x "$dir/bin/scan-fork-job" "$dir/bin/scan-loop"
    # the web service listens on every address
    sed 's#<tcp:Listen><tcp:Port>#<tcp:Listen><tcp:Interface>127.0.0.1</tcp:Interface><tcp:Port>#' \
        /usr/share/arc/arc-arex-ws-start > "$dir/bin/ws-start"
    grep -q 'Interface>127.0.0.1' "$dir/bin/ws-start" || die "arc-arex-ws-start has changed"
    # states in the REST interface come from a document that is renewed every 60 s; the unit here is 0.1 s
    sed 's#<arex:gmconfig>#<arex:InfoproviderWakeupPeriod>20</arex:InfoproviderWakeupPeriod><arex:gmconfig>#' \
        /usr/share/arc/arc-arex-start > "$dir/bin/arex-start"
}

start() {
    local authority certificates tick status
    authority=$(cd "${1:?which directory of ca.sh}" && pwd)
    certificates=$dir/certificates
    mkdir -p "$dir"/{control,session,log,run,tmp,vomsdir,bin,certificates}
    chmod 755 "$dir" "$certificates"
    chmod 1777 "$dir/tmp"
    install -m 644 "$authority"/certificates/* "$certificates/"
    cp -R "$authority/vomsdir/." "$dir/vomsdir"
    chmod -R a+rX "$dir/vomsdir"
    [ -z "${ARC_ISSUER_CA:-}" ] \
        || install -m 644 "$ARC_ISSUER_CA" "$certificates/$(openssl x509 -in "$ARC_ISSUER_CA" -noout -hash).0"
    install -m 644 "$authority/host/hostcert.pem" "$dir/run/hostcert.pem"
    install -m 400 "$authority/host/hostkey.pem" "$dir/run/hostkey.pem"
    # else the packaged script computes 4096 bits of parameters for minutes
    [ -s "$dir/control/dhparam.pem" ] \
        || openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out "$dir/control/dhparam.pem" 2> /dev/null
    configuration "$certificates" > "$dir/arc.conf"
    scripts
    export ARC_CONFIG=$dir/arc.conf TMPDIR=$dir/tmp
    running arex || bash "$dir/bin/arex-start" < /dev/null > "$dir/log/start.log" 2>&1 || die "$(cat "$dir/log/start.log")"
    # the web service asks an issuer for its keys trusting this one directory, and looks for VOMS servers in this one, whatever its
    # configuration says
    mkdir -p /etc/grid-security/certificates /etc/grid-security/vomsdir
    running ws || unshare -m bash -c 'mount --bind "$1" /etc/grid-security/certificates \
        && mount --bind "$2" /etc/grid-security/vomsdir && exec bash "$3"' _ "$certificates" "$dir/vomsdir" "$dir/bin/ws-start" < /dev/null > "$dir/log/ws-start.log" 2>&1 || die "$(cat "$dir/log/ws-start.log")"
    for ((tick = 0; tick < 150; tick++)); do
        status=$(curl -s -o /dev/null -w '%{http_code}' --cacert "$authority/ca/ca.pem" "https://localhost:$port/arex/rest" || true)
        if [[ $status =~ ^(200|403)$ ]] && [ -s "$dir/control/info.xml" ]; then
            printf 'ARC_URL=https://localhost:%s/arex/rest\n' "$port"
            return
        fi
        sleep 0.2
    done
    tail -n 20 "$dir"/log/*.log >&2
    die "A-REX does not answer at port $port"
}

end() {
    local signal=$1 daemon pid tick
    for daemon in ws arex; do
        running "$daemon" || continue
        pid=$(cat "$dir/run/$daemon.pid")
        kill "-$signal" "$pid"
        for ((tick = 0; tick < 100; tick++)); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2> /dev/null || true
        rm -f "$dir/run/$daemon.pid"
    done
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
