# Shared by the doubles beside this file: . "$(dirname "$0")/../double.sh"
# A double is a batch command for the tests of the drivers. It takes the options that the driver uses and refuses all others,
# keeps jobs in files of $BATCH_QUEUE, one for each id, "STATE QUEUE NAME", and runs none. It answers in the form that the
# manual of the real command documents. While $BATCH_QUEUE/broken is there, each fails with what that holds.

if [ -e "$BATCH_QUEUE/broken" ]; then
    cat "$BATCH_QUEUE/broken" >&2
    exit 1
fi

refuse() {
    echo "$(basename "$0"): $*" >&2
    exit 2
}

# enqueue STATE QUEUE NAME: the job's script comes on standard input; the id is in $id
enqueue() {
    id=$(($(cat "$BATCH_QUEUE/last" 2> /dev/null || echo 100) + 1))
    echo "$id" > "$BATCH_QUEUE/last"
    cat > "$BATCH_QUEUE/$id.script"
    printf '%s %s %s\n' "$1" "${2:-normal}" "$3" > "$BATCH_QUEUE/$id.job"
}

# each_job COMMAND...: calls it with id, state, queue and name of each job
each_job() {
    for file in "$BATCH_QUEUE"/*.job; do
        [ -e "$file" ] || continue
        read -r state queue name < "$file"
        number=${file##*/}
        "$@" "${number%.job}" "$state" "$queue" "$name"
    done
}

dequeue() {
    [ -e "$BATCH_QUEUE/$1.job" ] || return 1
    rm "$BATCH_QUEUE/$1.job"
}

show_options() { printf '%s\n' "$@" > "$BATCH_QUEUE/options"; }
