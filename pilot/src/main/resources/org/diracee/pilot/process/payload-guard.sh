# Outlives the pilot: reads the pipe that only the pilot holds open, and ends the payload's processes once it is closed, however
# the pilot ended. Needs a POSIX shell, grep and sleep.
# Arguments: the mark NAME=value in the environment of every process of the payload; the seconds between TERM and KILL.
mark=$1
grace=$2
trap '' HUP INT TERM QUIT
read -r session || session=
while read -r ignored; do :; done

members() {
    for directory in /proc/[0-9]*; do
        pid=${directory#/proc/}
        line=
        read -r line 2>/dev/null <"$directory/stat" || continue
        set -- ${line##*) }
        case $1 in Z | X) continue ;; esac
        if [ -n "$session" ] && [ "$4" = "$session" ]; then
            echo "$pid"
        elif grep -qaF -e "$mark" "$directory/environ" 2>/dev/null; then
            echo "$pid"
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
