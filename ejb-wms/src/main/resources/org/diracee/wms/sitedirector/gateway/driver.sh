# The part of the remote driver that all batch systems share; what follows it in the file is one batch system's part.
#   sh DRIVER VERB           reads a request from standard input, answers on standard output, both line by line
#   sh DRIVER unpack IMAGE   reads the pilot's image, a compressed tar
#   sh DRIVER lay STAMP NAME   reads a file of the parcel of a pilot that is submitted next
#   sh DRIVER fetch STAMP NAME MOST   writes a file of the results in a pilot's parcel; ends with 3 if there is none
#   sh DRIVER run DIR WORK IMAGE   is the batch job: runs one pilot
# It lies in SHAREDAREA/driver. Nothing of a request is ever evaluated or split, only quoted.
umask 077
LC_ALL=C
export LC_ALL
newline='
'
driver=$0
shared=$(cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
driver=$shared/driver/${driver##*/}

# what the batch system has not shown for so long is over: shared file systems show an exit code late
patience=90
# between the request to end and the end by force, where the batch system does not see to that
grace=35
kept=65536

fail() {
    printf 'failed %s\nend\n' "$(oneline "$1")"
    exit 0
}

oneline() {
    printf '%s' "$1" | tr -s '\000-\037\177' ' ' | cut -c 1-300
}

now() { date +%s; }

# since FILE: how many seconds ago the file was first asked for
since() {
    [ -s "$1" ] || now > "$1"
    read -r since_then < "$1" || since_then=
    case $since_then in '' | *[!0-9]*) since_then=$(now) ;; esac
    echo $(($(now) - since_then))
}

# ---- what runs on the worker node ------------------------------------------------------------------------------------

run() {
    trap '' HUP
    cd -- "$1" || exit 125
    # once only, even where a batch system starts a job again: the secret is used up, and jobs must not run twice
    mkdir started 2> /dev/null || exit 125
    printf '%s %s\n' "$(uname -n)" "$$" > pid.part && mv pid.part pid || exit 125
    if ! mkdir -m 700 "$2"; then
        echo "the directory $2 for jobs could not be made on $(uname -n)" > stderr
        echo 125 > exit-code.part && mv exit-code.part exit-code
        exit 125
    fi
    trap : TERM INT
    work=$2
    image=$3
    set --
    while IFS= read -r word; do set -- "$@" "$word"; done < command
    [ ! -e "$image/ca.pem" ] || set -- "$@" --ca-file "$image/ca.pem"
    if [ -d parcel ]; then set -- "$@" --offline "$PWD/parcel"; else set -- "$@" --secret-file "$PWD/secret"; fi
    "$image/bin/dirac-pilot" "$@" --work-dir "$work" < /dev/null > stdout 2> stderr
    code=$?
    case $work in "$PWD"/*) ;; *) rm -rf -- "$work" ;; esac
    echo "$code" > exit-code.part && mv exit-code.part exit-code
    exit "$code"
}

# ---- the image -------------------------------------------------------------------------------------------------------

unpack() {
    mkdir -p "$shared/image" || exit 1
    if [ -x "$shared/image/$1/bin/dirac-pilot" ]; then
        cat > /dev/null
        exit 0
    fi
    part=$(mktemp -d "$shared/image/.part.XXXXXX") || exit 1
    if tar -xzf - -C "$part" && [ -x "$part/bin/dirac-pilot" ]; then
        # what was left incomplete, for instance where files were removed from it, makes room
        if [ -e "$shared/image/$1" ] && [ ! -x "$shared/image/$1/bin/dirac-pilot" ]; then
            mv "$shared/image/$1" "$part.old" 2> /dev/null
            rm -rf "$part.old"
        fi
        # whole or not at all, also when others bring it at the same moment
        mv "$part" "$shared/image/$1" 2> /dev/null
        rm -rf "$part" "$shared/image/$1/${part##*/}"
        [ -x "$shared/image/$1/bin/dirac-pilot" ]
        exit
    fi
    rm -rf "$part"
    echo "the image could not be unpacked in $shared/image" >&2
    exit 1
}

# ---- parcels, for worker nodes that cannot reach the server ----------------------------------------------------------

plain() {
    case $1 in
        '' | .* | *..* | *[!A-Za-z0-9.-]*) echo "no name: $1" >&2; exit 1 ;;
    esac
}

lay() {
    plain "$1"
    plain "$2"
    mkdir -p "$shared/parcels/$1" || exit 1
    cat > "$shared/parcels/$1/$2.part" && mv "$shared/parcels/$1/$2.part" "$shared/parcels/$1/$2" || exit 1
    # those of pilots that were not submitted after all
    find "$shared/parcels" -mindepth 1 -maxdepth 1 -mtime +2 -exec rm -rf {} + 2> /dev/null || :
}

fetch() {
    plain "$1"
    plain "$2"
    results=$shared/pilots/$1/parcel/results
    [ -d "$shared/pilots" ] || { echo "$shared/pilots is away" >&2; exit 1; }
    # a link may be the work of a job
    { [ -d "$results" ] && [ ! -h "$results" ] && [ -f "$results/$2" ] && [ ! -h "$results/$2" ]; } || exit 3
    [ "$(wc -c < "$results/$2")" -le "$3" ] || exit 3
    head -c "$3" < "$results/$2"
}

# ---- verbs, each for the pilot of a request --------------------------------------------------------------------------

# submits $stamp with $secret and the words of $command
submit() {
    if ! mkdir "$dir" 2> /dev/null; then
        if [ -e "$dir" ]; then why="its directory is there already"; else why="$dir could not be made"; fi
        printf 'refused %s %s\n' "$stamp" "$(oneline "$why")"
        return
    fi
    if [ -n "$parcel" ] && ! mv "$shared/parcels/$stamp" "$dir/parcel" 2> /dev/null; then
        rm -rf "$dir"
        printf 'refused %s %s\n' "$stamp" "its parcel is not there"
        return
    fi
    work=$dir/work
    [ -z "$work_area" ] || work=$work_area/dirac-$stamp
    # by the shell itself: what is an argument of a program could be seen
    if ! cat > "$dir/secret" << END || ! cat > "$dir/command" << END2 || ! cat > "$dir/job" << END3
$secret
END
${command#"$newline"}
END2
#!/bin/sh
exec /bin/sh $driver run $dir $work $shared/image/$image
END3
    then
        rm -rf "$dir"
        printf 'refused %s %s\n' "$stamp" "its files could not be written"
        return
    fi
    chmod 700 "$dir/job"
    if id=$(batch_submit 2> "$dir/submit.err") && [ -n "$id" ]; then
        case $id in
            [!A-Za-z0-9]* | *[!A-Za-z0-9._/-]*)
                # it may have been taken; whether it was is found out by its name
                printf 'undecided %s %s\n' "$stamp" "$(oneline "the batch system calls it $id")"
                return
                ;;
        esac
        printf '%s\n' "$id" > "$dir/id.part" && mv "$dir/id.part" "$dir/id"
        printf 'accepted %s %s\n' "$stamp" "$id"
    else
        why=$(cat "$dir/submit.err")
        rm -rf "$dir"
        printf 'refused %s %s\n' "$stamp" "$(oneline "${why:-the batch system gave no reason}")"
    fi
}

# finds $stamp, or sees to it that it never starts
find_pilot() {
    id=
    if [ -s "$dir/id" ]; then
        read -r id < "$dir/id"
    else
        id=$(batch_find) || fail "the jobs could not be listed: $id"
    fi
    if [ -n "$id" ]; then
        printf 'found %s %s\n' "$stamp" "$id"
    else
        # a submission that comes late finds its place taken, and a job that comes of one finds that it has begun already
        rm -rf "$shared/parcels/$stamp"
        remove "$dir" && mkdir "$dir" && : > "$dir/started" || fail "$dir could not be removed"
        for old in $(find "$shared/pilots" -mindepth 2 -maxdepth 2 -name started -type f -mtime +1); do
            rm -rf -- "${old%/started}"
        done
        printf 'none %s\n' "$stamp"
    fi
}

ended() {
    read -r code < "$dir/exit-code" || code=
    case $code in '' | *[!0-9]*) code=255 ;; esac
    printf 'ended %s %s\n' "$stamp" "$code"
    text 4096 "$dir/stderr"
}

# state of $stamp, called $id by the batch system
status() {
    if [ -s "$dir/exit-code" ]; then
        ended
        return
    fi
    state=$(batch_state)
    why=${state#? }
    case $state in
        W*) printf 'waiting %s\n' "$stamp" ;;
        R*) printf 'running %s\n' "$stamp" ;;
        U*) printf 'unknown %s %s\n' "$stamp" "$(oneline "$why")" ;;
        *)
            # once more, as it may have been written just before the job went
            if [ -s "$dir/exit-code" ]; then
                ended
                return
            fi
            [ "${state%% *}" != H ] || batch_delete "$id" > /dev/null 2>&1
            if [ -d "$dir" ] && [ "$(since "$dir/missed")" -lt "$patience" ]; then
                printf 'unknown %s %s\n' "$stamp" "$(oneline "$why; its exit code is waited for")"
                return
            fi
            printf 'vanished %s %s\n' "$stamp" "$(oneline "$why")"
            text 2048 "$dir/stderr" "$dir/batch.log"
            ;;
    esac
    rm -f "$dir/missed"
}

# asks $stamp, called $id, to end
kill_pilot() {
    [ ! -s "$dir/exit-code" ] || return 0
    if ! why=$(batch_kill 2>&1); then
        # gone in the meantime is as well; that no one can tell is not
        state=$(batch_list_again && batch_state) || state=U
        case $state in
            W* | R* | U*) printf 'alive %s %s\n' "$stamp" "$(oneline "$id could not be ended: $why")" ;;
        esac
    fi
}

output() {
    [ -d "$dir" ] || { printf 'nothing %s\n' "$stamp"; return; }
    printf 'stdout %s\n' "$stamp"
    text "$kept" "$dir/stdout"
    printf 'stderr %s\n' "$stamp"
    text "$kept" "$dir/stderr"
}

clean() {
    batch_clean
    if remove "$dir"; then
        printf 'cleaned %s\n' "$stamp"
    else
        fail "$dir could not be removed"
    fi
}

# text MOST FILE...: their ends, each line behind a colon; a dot tells where the last line ends
text() {
    most=$1
    shift
    {
        for file in "$@"; do
            if [ -f "$file" ] && [ ! -h "$file" ]; then tail -c "$most" < "$file"; fi
        done
        echo .
    } | tr -d '\000' | sed 's/^/:/'
}

# gives back first what a job took its own rights to
remove() {
    [ -e "$1" ] || return 0
    rm -rf -- "$1" 2> /dev/null && return 0
    chmod -R u+rwx -- "$1" 2> /dev/null
    rm -rf -- "$1" 2> /dev/null
}

# ---- batch systems that list all jobs of a user at once --------------------------------------------------------------
# Their part defines batch_submit, batch_delete ID and batch_jobs, which prints lines "ID STATE QUEUE NAME REASON", the state
# being W waits, R runs, E over, H will never run by itself, U not known.

job_name() { printf 'dirac-%s' "$stamp"; }

list() {
    listed=$(batch_jobs 2>&1) || return 1
}

batch_list_again() { list; }

# the line of $id; none: the batch system knows it no more
batch_state() {
    printf '%s\n' "$listed" | awk -v id="$id" '
        $1 == id { state = $2; $1 = $2 = $3 = $4 = ""; sub(/^ +/, ""); print state " The batch system says " $0; found = 1; exit }
        END { if (!found) print "E The batch system does not know the job any more" }'
}

batch_find() {
    list || { printf '%s' "$listed"; return 1; }
    name=$(job_name)
    printf '%s\n' "$listed" | awk -v name="$name" '$4 == name { print $1; exit }'
}

batch_kill() { batch_delete "$id"; }

batch_clean() { :; }

occupancy() {
    printf '%s\n' "$listed" | awk -v queue="$queue" '
        substr($4, 1, 5) == "dirac" && (queue == "" || $3 == queue || $3 == "-") { if ($2 == "W") w++; else if ($2 == "R") r++ }
        END { printf "occupied %d %d\n", w, r }'
}

# ---- requests --------------------------------------------------------------------------------------------------------

safe() {
    case $2 in
        *[!A-Za-z0-9/._+@%,:=-]* | *..*) fail "$1 may not be $2" ;;
    esac
}

serve() {
    verb=$1
    queue= account= processors= minutes= memory= image= work_area= options= secret= parcel= command= stamp= id= dir=
    echo dirac
    safe "the shared area" "$shared"
    mkdir -p "$shared/pilots" || fail "$shared/pilots could not be made"
    case $verb in
        status | occupancy) list || fail "the jobs could not be listed: $listed" ;;
    esac
    while IFS= read -r line; do
        value=${line#* }
        case ${line%% *} in
            queue) queue=$value ;;
            account) account=$value ;;
            processors) processors=$value ;;
            minutes) minutes=$value ;;
            memory) memory=$value ;;
            option) options=$options$newline$value ;;
            work) work_area=$value; safe "the work area" "$work_area" ;;
            image)
                image=$value
                [ -x "$shared/image/$image/bin/dirac-pilot" ] || { printf 'lacking %s\nend\n' "$image"; exit 0; }
                ;;
            pilot)
                stamp=${value%% *}
                id=${value#* }
                case $stamp in '' | *[!A-Za-z0-9-]*) fail "no stamp: $stamp" ;; esac
                dir=$shared/pilots/$stamp
                secret= parcel= command=
                ;;
            secret) secret=$value ;;
            parcel) parcel=$value ;;
            word) command=$command$newline$value ;;
            do)
                case $verb in
                    submit) submit ;;
                    find) find_pilot ;;
                    status) status ;;
                    kill) kill_pilot ;;
                    output) output ;;
                    clean) clean ;;
                    *) fail "unknown verb $verb" ;;
                esac
                ;;
            end)
                [ "$verb" != occupancy ] || occupancy
                echo end
                exit 0
                ;;
            *) fail "unknown line ${line%% *}" ;;
        esac
    done
    fail "the request was cut off"
}

# with_options COMMAND...: the command with the words of SubmitOptions behind it
with_options() {
    old=$IFS
    IFS=$newline
    set -f
    for word in $options; do set -- "$@" "$word"; done
    set +f
    IFS=$old
    "$@"
}

main() {
    case $1 in
        run) run "$2" "$3" "$4" ;;
        unpack) unpack "$2" ;;
        lay) lay "$2" "$3" ;;
        fetch) fetch "$2" "$3" "$4" ;;
        *) serve "$1" ;;
    esac
}
