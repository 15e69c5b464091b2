#!/usr/bin/env bash
# Grid Engine with one node on 127.0.0.1; see README.md. Needs root, since jobs run under the account that submits them.
#   gridengine.sh install
#   gridengine.sh start DIR          GE_PORT unless 20860 (and the next)
#   gridengine.sh stop DIR
# Its commands are in DIR/bin, its only queue is called debug. DIR must be open to every account, with all directories above it. The
# Debian packages are unpacked, not installed, as they want a mail server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/functions.sh"

readonly packages=/var/tmp/dirac-testbed-gridengine
readonly programs=$packages/usr/lib/gridengine
readonly shared=$packages/usr/share/gridengine

die() {
    echo "gridengine.sh: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || die "Grid Engine runs jobs under the account of their owners, which takes root"
action=${1:?usage: gridengine.sh install|start|stop DIR}
if [ "$action" = install ]; then
    bring gcc gcc
    [ ! -x "$programs/sge_qmaster" ] || exit 0
    scratch=$(mktemp -d)
    chmod 755 "$scratch"
    (cd "$scratch" && apt-get -qq download gridengine-master gridengine-exec gridengine-client gridengine-common libjemalloc2) \
        2> /dev/null || die "its Debian packages cannot be fetched"
    mkdir -p "$packages"
    for package in "$scratch"/*.deb; do dpkg-deb -x "$package" "$packages"; done
    rm -rf "$scratch"
    # where it looks for its libraries, whatever it is told
    [ -e /usr/lib/gridengine ] || ln -s "$programs" /usr/lib/gridengine
    exit
fi
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${GE_PORT:-20860}
# it insists that names and addresses lead to each other, whatever this machine is called
readonly host=localhost
libraries=$programs:$(dirname "$(find "$packages/usr/lib" -name libjemalloc.so.2 2> /dev/null | head -n 1)" 2> /dev/null)
export SGE_ROOT=$dir/root SGE_CELL=default SGE_QMASTER_PORT=$port SGE_EXECD_PORT=$((port + 1))

ge() {
    local program=$1
    shift
    LD_LIBRARY_PATH=$libraries "$programs/$program" "$@"
}

daemon() { LD_PRELOAD=$dir/loopback.so ge "$@" < /dev/null >> "$dir/log" 2>&1; }

running() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2> /dev/null; }

# until_it COMMAND...: waits at most 30 s until the command succeeds
until_it() {
    local tick
    for ((tick = 0; tick < 150; tick++)); do
        "$@" > /dev/null 2>&1 && return
        sleep 0.2
    done
    return 1
}

cluster() {
    local common=$SGE_ROOT/default/common
    mkdir -p "$common" "$SGE_ROOT/util" "$dir/spool/qmaster/job_scripts" "$dir/spool/execd" "$dir/spool/db"
    cp "$shared/util/arch" "$shared/util/arch_variables" "$SGE_ROOT/util/"
    sed -e "s#^admin_user .*#admin_user root#" -e "s#^spooling_params .*#spooling_params $dir/spool/db#" \
        -e "s#^binary_path .*#binary_path $programs#" -e "s#^qmaster_spool_dir .*#qmaster_spool_dir $dir/spool/qmaster#" \
        "$shared/default-bootstrap" > "$common/bootstrap"
    echo "$host" > "$common/act_qmaster"
    echo "$host $(hostname) $(hostname -s) $(getent hosts 127.0.0.1 | cut -d ' ' -f 2-)" | tr -s ' ' '\n' | awk '!seen[$0]++' | paste -sd ' ' \
        > "$common/host_aliases"
    sed -e "s#^execd_spool_dir .*#execd_spool_dir $dir/spool/execd#" -e "s#^mailer .*#mailer /bin/true#" \
        -e "s#^load_report_time .*#load_report_time 00:00:02#" -e "s#^loglevel .*#loglevel log_info#" \
        "$shared/default-configuration" > "$dir/configuration"
    ge spoolinit berkeleydb libspoolb "$dir/spool/db" init
    ge spooldefaults.bin configuration "$dir/configuration"
    ge spooldefaults.bin complexes "$shared/util/resources/centry"
    ge spooldefaults.bin usersets "$shared/util/resources/usersets"
    ge spooldefaults.bin managers root
}

# commands as the Debian package has them: with the environment that leads to this cluster
commands() {
    local program
    mkdir -p "$dir/bin"
    for program in qsub qstat qdel qhost; do
        cat > "$dir/bin/$program" << END
#!/bin/sh
SGE_ROOT=$SGE_ROOT SGE_CELL=default SGE_QMASTER_PORT=$port SGE_EXECD_PORT=$SGE_EXECD_PORT LD_LIBRARY_PATH=$libraries
export SGE_ROOT SGE_CELL SGE_QMASTER_PORT SGE_EXECD_PORT LD_LIBRARY_PATH
exec $programs/$program "\$@"
END
        chmod 755 "$dir/bin/$program"
    done
}

# configure ACTION NAME SCRIPT: has what Grid Engine would show in an editor changed by this script of sed
configure() {
    printf '#!/bin/sh\nexec sed -i "%s" "$1"\n' "$3" > "$dir/editor"
    chmod 755 "$dir/editor"
    EDITOR=$dir/editor ge qconf "$1" ${2:+"$2"}
}

start() {
    umask 022
    chmod 755 "$dir"
    [ -s "$dir/loopback.so" ] || gcc -shared -fPIC -o "$dir/loopback.so" "$here/loopback.c" -ldl
    commands
    [ -s "$SGE_ROOT/default/common/bootstrap" ] || cluster > "$dir/log" 2>&1 || die "$(cat "$dir/log")"
    running "$dir/spool/qmaster/qmaster.pid" || daemon sge_qmaster || die "$(tail -n 20 "$dir/log")"
    until_it ge qconf -sh || die "its master does not answer: $(tail -n 20 "$dir/log" "$dir/spool/qmaster/messages")"
    if ! ge qconf -sq debug > /dev/null 2>&1; then
        ge qconf -as "$host"
        ge qconf -Ap "$shared/util/resources/pe/smp"
        configure -aq debug "s#^hostlist .*#hostlist $host#; s#^slots .*#slots 4#; s#^load_thresholds .*#load_thresholds NONE#; \
s#^shell .*#shell /bin/sh#; \
s#^pe_list .*#pe_list smp#"
        # it looks for jobs at once, not every 15 s
        configure -msconf '' "s#^schedule_interval .*#schedule_interval 0:0:2#; s#^flush_submit_sec .*#flush_submit_sec 1#; \
s#^flush_finish_sec .*#flush_finish_sec 1#"
    fi >> "$dir/log" 2>&1
    running "$dir/spool/execd/$host/execd.pid" || daemon sge_execd || die "$(tail -n 20 "$dir/log")"
    until_it idle || die "its node does not come up: $(tail -n 20 "$dir/log" "$dir"/spool/*/messages "$dir"/spool/execd/*/messages)"
    echo "GE_COMMANDS=$dir/bin"
}

# its load is known, and no letter tells of a state that is not well
idle() { ge qstat -f -q debug | awk '$1 ~ /^debug@/ { found = NF == 5 && $4 != "-NA-" } END { exit !found }'; }

stop() {
    local pidfile pid tick
    if running "$dir/spool/qmaster/qmaster.pid"; then timeout 10 "$dir/bin/qdel" -u '*' || true; fi \
        > /dev/null 2>&1
    for pidfile in "$dir/spool/execd/$host/execd.pid" "$dir/spool/qmaster/qmaster.pid"; do
        running "$pidfile" || continue
        pid=$(cat "$pidfile")
        kill "$pid"
        for ((tick = 0; tick < 20; tick++)); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.1
        done
        kill -9 "$pid" 2> /dev/null || true
        rm -f "$pidfile"
    done
}

case $action in
    start | stop) "$action" ;;
    *) die "unknown action $action" ;;
esac
