# Torque and other kinds of PBS.

# longer names are refused
job_name() { printf 'dirac-%.9s' "$stamp"; }

batch_submit() {
    nodes=nodes=1
    [ -z "$processors" ] || nodes=$nodes:ppn=$processors
    set -- qsub -N "$(job_name)" -o "$dir/batch.log" -j oe -S /bin/sh -r n -l "$nodes"
    [ -z "$queue" ] || set -- "$@" -q "$queue"
    [ -z "$account" ] || set -- "$@" -A "$account"
    [ -z "$minutes" ] || set -- "$@" -l "walltime=$((minutes * 60))"
    [ -z "$memory" ] || set -- "$@" -l "mem=${memory}mb"
    # options behind the name of a script would be its arguments
    (cd "$dir" && with_options "$@" < job)
}

batch_jobs() {
    pbs_jobs=$(qselect -u "$(id -un)") || { printf '%s' "$pbs_jobs"; return 1; }
    [ -n "$pbs_jobs" ] || return 0
    # a job that went in between is no failure
    pbs_says=$(qstat -f $pbs_jobs 2>&1)
    case $? in 0 | 35 | 153) ;; *) printf '%s' "$pbs_says"; return 1 ;; esac
    printf '%s\n' "$pbs_says" | awk '
        function tell() {
            if (id == "") return
            kind = "U"
            if (state ~ /^[QHWT]$/) kind = "W"
            else if (state ~ /^[REBS]$/) kind = "R"
            else if (state ~ /^[CFX]$/) kind = "E"
            print id, kind, queue, name, state
        }
        /^Job Id: / { tell(); id = $3; state = queue = name = "-" }
        $1 == "Job_Name" { name = $3 }
        $1 == "job_state" { state = $3 }
        $1 == "queue" { queue = $3 }
        END { tell() }'
}

batch_delete() { qdel "$1"; }

main "$@"
