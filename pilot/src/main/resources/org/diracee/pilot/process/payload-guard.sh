# Outlives the pilot: reads the pipe that only the pilot holds open, and ends the payload's processes if it is closed without a
# farewell, however the pilot ended. Needs a POSIX shell, grep and sleep.
# Arguments: the mark NAME=value in the environment of every process of the payload; the seconds between TERM and KILL; the
# directory where the payload works. Lines read: the payload's session, then "ended" if nothing is left to do.
mark=$1
grace=$2
work=$3
trap '' HUP INT TERM QUIT
read -r session || session=
while read -r word; do
    [ "$word" = ended ] && exit 0
done

members() {
    for marked in $(grep -lasF -e "$mark" /proc/[0-9]*/environ); do
        echo "$marked"
    done | while IFS=/ read -r _ _ pid _; do echo "$pid"; done
    for directory in /proc/[0-9]*; do
        line=
        read -r line 2>/dev/null <"$directory/stat" || continue
        set -- ${line##*) }
        case $1 in Z | X) continue ;; esac
        if [ "$4" = "${session:-none}" ] || [ "$directory/cwd" -ef "$work" ]; then
            echo "${directory#/proc/}"
        fi
    done
}

left=$(members)
[ -z "$left" ] && exit 0
kill -TERM $left 2>/dev/null
while [ "$grace" -gt 0 ]; do
    sleep 1
    grace=$((grace - 1))
    left=$(members)
    [ -z "$left" ] && exit 0
done
rounds=30
while [ "$rounds" -gt 0 ]; do
    left=$(members)
    [ -z "$left" ] && exit 0
    kill -KILL $left 2>/dev/null
    sleep 1
    rounds=$((rounds - 1))
done
exit 1
