# LSF 9 and later.

batch_submit() {
    set -- bsub -J "$(job_name)" -o "$dir/batch.log" -cwd "$dir" -rn
    [ -z "$queue" ] || set -- "$@" -q "$queue"
    [ -z "$account" ] || set -- "$@" -P "$account"
    [ -z "$processors" ] || set -- "$@" -n "$processors" -R "span[hosts=1]"
    [ -z "$minutes" ] || set -- "$@" -W "$minutes"
    [ -z "$memory" ] || set -- "$@" -M "${memory}MB"
    with_options "$@" < "$dir/job" | sed -n 's/^Job <\([0-9][0-9]*\)> is submitted.*/\1/p'
}

batch_jobs() {
    lsf_says=$(bjobs -a -noheader -o "jobid stat queue job_name delimiter='|'" 2>&1) || {
        case $lsf_says in No*job*found*) return 0 ;; esac
        printf '%s' "$lsf_says"
        return 1
    }
    printf '%s\n' "$lsf_says" | awk -F '|' '
        /^[0-9]/ {
            state = "U"
            if ($2 ~ /^(PEND|PSUSP|WAIT)$/) state = "W"
            else if ($2 ~ /^(RUN|USUSP|SSUSP|PROV)$/) state = "R"
            else if ($2 ~ /^(DONE|EXIT)$/) state = "E"
            print $1, state, $3, $4, $2
        }'
}

batch_delete() { bkill "$1"; }

main "$@"
