#!/usr/bin/env bash
# Slurm with one node on 127.0.0.1, without accounting, control groups and systemd; see README.md. Needs root, since jobs run
# under the account that submits them.
#   slurm.sh install
#   slurm.sh start DIR          SLURM_PORT unless 20817 (and the next 40)
#   slurm.sh stop DIR           cancels all jobs first
# Clients need SLURM_CONF=DIR/slurm.conf. DIR must be open to every account, with all directories above it.
set -euo pipefail
. "$(dirname "$0")/functions.sh"

die() {
    echo "slurm.sh: $*" >&2
    exit 1
}

action=${1:?usage: slurm.sh install|start|stop DIR}
if [ "$action" = install ]; then
    bring slurmctld slurmctld
    bring slurmd slurmd
    bring sbatch slurm-client
    bring munged munge
    exit
fi
[ "$(id -u)" = 0 ] || die "Slurm runs jobs under the account of their owners, which takes root"
mkdir -p "${2:?which directory}"
dir=$(cd "$2" && pwd)
port=${SLURM_PORT:-20817}
host=$(hostname -s)
export SLURM_CONF=$dir/slurm.conf

running() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2> /dev/null; }

configuration() {
    local memory
    memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
    cat > "$SLURM_CONF" << END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SrunPortRange=$((port + 2))-$((port + 40))
SlurmctldParameters=bind_addr=127.0.0.1
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket=$dir/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
MinJobAge=300
KillWait=30
SchedulerParameters=sched_interval=2,batch_sched_delay=0
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 NodeHostname=$host CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=debug Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
END
}

start() {
    umask 022
    mkdir -p "$dir"/{run,log,state,spool,munge}
    chmod 755 "$dir"
    chown munge: "$dir/munge"
    if [ ! -s "$dir/munge/key" ]; then
        head -c 1024 /dev/urandom > "$dir/munge/key"
        chown munge: "$dir/munge/key"
        chmod 400 "$dir/munge/key"
    fi
    configuration
    # it insists on safe directories all the way up unless forced
    running "$dir/munge/pid" || setpriv --reuid munge --regid munge --clear-groups munged --force --socket="$dir/munge/socket" \
        --key-file="$dir/munge/key" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" \
        2> "$dir/log/munged"
    running "$dir/run/slurmctld.pid" || slurmctld -f "$SLURM_CONF"
    running "$dir/run/slurmd.pid" || slurmd -f "$SLURM_CONF" -N "$host"
    local tick
    for ((tick = 0; tick < 150; tick++)); do
        if sinfo -h -o %t 2> /dev/null | grep -qE 'idle|mix|alloc'; then
            echo "SLURM_CONF=$SLURM_CONF"
            return
        fi
        sleep 0.2
    done
    tail -n 20 "$dir"/log/* >&2
    die "its node does not come up"
}

stop() {
    local tick pidfile pid
    if running "$dir/run/slurmctld.pid"; then
        timeout 10 scancel $(timeout 10 squeue -h -o %A) 2> /dev/null || true
        for ((tick = 0; tick < 50; tick++)); do
            [ -n "$(timeout 5 squeue -h 2> /dev/null)" ] || break
            sleep 0.2
        done
    fi
    for pidfile in "$dir/run/slurmd.pid" "$dir/run/slurmctld.pid" "$dir/munge/pid"; do
        running "$pidfile" || continue
        pid=$(cat "$pidfile")
        kill "$pid"
        for ((tick = 0; tick < 100; tick++)); do
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
