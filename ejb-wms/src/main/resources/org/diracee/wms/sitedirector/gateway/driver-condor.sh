# HTCondor's schedd on this host; it has no queues. Submit options are lines of the submit description.

batch_submit() {
    {
        printf '%s\n' "universe = vanilla" "executable = $dir/job" "transfer_executable = false" "initialdir = $dir" \
            "output = $dir/batch.log" "error = $dir/batch.log" "log = $dir/condor.log" "should_transfer_files = NO" \
            "+DiracName = \"$(job_name)\""
        [ -z "$account" ] || printf 'accounting_group = %s\n' "$account"
        [ -z "$processors" ] || printf 'request_cpus = %s\n' "$processors"
        [ -z "$memory" ] || printf 'request_memory = %s\n' "$memory"
        [ -z "$minutes" ] || printf 'periodic_remove = JobStatus == 2 && time() - EnteredCurrentStatus > %s\n' $((minutes * 60))
        [ -z "$options" ] || printf '%s\n' "${options#"$newline"}"
        echo queue
    } > "$dir/submit"
    condor_submit -terse "$dir/submit" | sed 's/ .*//'
}

batch_jobs() {
    condor_says=$(condor_q "$(id -un)" -af ClusterId ProcId JobStatus DiracName HoldReason) || { printf '%s' "$condor_says"; return 1; }
    printf '%s\n' "$condor_says" | awk '
        /^[0-9]/ {
            state = "U"
            if ($3 == 1) state = "W"
            else if ($3 == 2 || $3 == 6 || $3 == 7) state = "R"
            else if ($3 == 3 || $3 == 4) state = "E"
            else if ($3 == 5) state = "H"
            reason = "JobStatus " $3
            if ($5 != "undefined" && NF > 4) for (i = 5; i <= NF; i++) reason = reason " " $i
            print $1 "." $2, state, "-", $4, reason
        }'
}

batch_delete() { condor_rm "$1"; }

main "$@"
