# Slurm, with and without accounting: what ended a while ago is told by the exit code that the job left.

batch_submit() {
    set -- sbatch --parsable --job-name="$(job_name)" --output="$dir/batch.log" --chdir="$dir" --no-requeue --nodes=1 --ntasks=1
    [ -z "$queue" ] || set -- "$@" --partition="$queue"
    [ -z "$account" ] || set -- "$@" --account="$account"
    [ -z "$processors" ] || set -- "$@" --cpus-per-task="$processors"
    [ -z "$minutes" ] || set -- "$@" --time="$minutes"
    [ -z "$memory" ] || set -- "$@" --mem="${memory}M"
    # options go before the script
    with_options "$@" < "$dir/job" | sed 's/;.*//'
}

batch_jobs() {
    slurm_says=$(squeue --noheader --all --states=all --user="$(id -un)" --format='%i|%T|%P|%j|%r') || {
        printf '%s' "$slurm_says"
        return 1
    }
    printf '%s\n' "$slurm_says" | awk -F '|' '
        /^[0-9]/ {
            state = "U"
            if ($2 ~ /^(PENDING|CONFIGURING|REQUEUED|REQUEUE_FED|RESV_DEL_HOLD)$/) state = "W"
            else if ($2 ~ /^(RUNNING|COMPLETING|SUSPENDED|STAGE_OUT|SIGNALING|STOPPED|RESIZING)$/) state = "R"
            else if ($2 ~ /^(REQUEUE_HOLD|SPECIAL_EXIT)$/) state = "H"
            else if ($2 ~ /^(COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL|PREEMPTED|BOOT_FAIL|DEADLINE|OUT_OF_MEMORY|REVOKED)$/)
                state = "E"
            print $1, state, $3, $4, $2
        }'
}

batch_delete() { scancel "$1"; }

main "$@"
