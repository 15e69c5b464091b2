# Grid Engine and its descendants. More than one processor needs a parallel environment, which SubmitOptions names.

batch_submit() {
    set -- qsub -terse -N "$(job_name)" -o "$dir/batch.log" -j y -S /bin/sh -r n -wd "$dir"
    [ -z "$queue" ] || set -- "$@" -q "$queue"
    [ -z "$account" ] || set -- "$@" -A "$account"
    [ -z "$minutes" ] || set -- "$@" -l "h_rt=$((minutes * 60))"
    [ -z "$memory" ] || set -- "$@" -l "h_vmem=${memory}M"
    with_options "$@" < "$dir/job"
}

batch_jobs() {
    ge_says=$(qstat -u "$(id -un)" -xml) || { printf '%s' "$ge_says"; return 1; }
    printf '%s\n' "$ge_says" | awk '
        function value() { gsub(/<[^>]*>/, ""); gsub(/^[ \t]+|[ \t]+$/, ""); return $0 == "" ? "-" : $0 }
        /<job_list/ { id = state = name = ""; queue = "-" }
        /<JB_job_number>/ { id = value() }
        /<JB_name>/ { name = value() }
        /<state>/ { state = value() }
        /<queue_name>/ { queue = value(); sub(/@.*/, "", queue) }
        /<\/job_list>/ {
            kind = "U"
            if (state ~ /E/) kind = "H"
            else if (state ~ /w/) kind = "W"
            else if (state ~ /[rtsST]/) kind = "R"
            print id, kind, queue, name, state
        }'
}

batch_delete() { qdel "$1"; }

main "$@"
