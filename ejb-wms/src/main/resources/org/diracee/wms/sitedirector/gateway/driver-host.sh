# No batch system: pilots are processes of this host, each in a session of its own. Its id is HOST/PROCESS.

# what this host does not show is over at once: it wrote the exit code itself
patience=0

batch_submit() {
    command -v setsid > /dev/null || { echo "there is no setsid on $(uname -n)" >&2; return 1; }
    cd "$dir" || return 1
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$dir" LANG=C.UTF-8 \
        setsid /bin/sh "$driver" run "$dir" "$work" "$shared/image/$image" < /dev/null > batch.log 2>&1 &
    printf '%s/%s\n' "$(uname -n)" "$!"
}

list() { :; }

# alive PROCESS: whether it is the pilot's still, and not a later one with the same number
alive() {
    case $(tr '\000' ' ' < "/proc/$1/cmdline" 2> /dev/null) in
        *"/$stamp "*) return 0 ;;
        *) return 1 ;;
    esac
}

batch_state() {
    if [ "${id%/*}" != "$(uname -n)" ]; then
        printf 'U It runs on %s, and this is %s' "${id%/*}" "$(uname -n)"
    elif alive "${id##*/}"; then
        echo R
    else
        printf 'E The process is gone without an exit code: it was killed, or the machine went down'
    fi
}

batch_find() {
    [ -s "$dir/pid" ] || return 0
    read -r host process < "$dir/pid"
    printf '%s/%s\n' "$host" "$process"
}

batch_kill() {
    [ "${id%/*}" = "$(uname -n)" ] || { echo "it runs on ${id%/*}"; return 1; }
    alive "${id##*/}" || return 0
    if [ "$(since "$dir/kill-asked")" -lt "$grace" ]; then
        kill -s TERM -- "-${id##*/}"
    else
        kill_session "${id##*/}"
    fi
}

kill_session() {
    for member in /proc/[0-9]*/stat; do
        read -r fields < "$member" 2> /dev/null || continue
        number=${fields%% *}
        # the name stands in parentheses and may hold anything
        set -- "$1" ${fields##*) }
        [ "$5" != "$1" ] || kill -s KILL "$number" 2> /dev/null
    done
}

batch_clean() {
    [ "${id%/*}" = "$(uname -n)" ] || return 0
    # else the number belongs to another process by now, and so may a session of that number
    if alive "${id##*/}" || [ ! -e "/proc/${id##*/}" ]; then kill_session "${id##*/}"; fi
}

occupancy() { echo uncounted; }

main "$@"
