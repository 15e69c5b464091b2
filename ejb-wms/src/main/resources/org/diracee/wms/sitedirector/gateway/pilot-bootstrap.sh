# Starts a pilot on a worker node that shares no file system with the server. What stands before this sets
#   url      where the pilot's image is fetched
#   sha256   of the image's archive
#   contents the SHA-256 of what "find . ! -type d | sort | xargs sha256sum" says in the unpacked image
#   cache    where images are kept for other pilots; empty: in TMPDIR
#   ca       certificates in PEM that the server is trusted by; empty: those of the worker node
#   secret   the name of the file with the pilot's secret, in the current directory or beside this script
# and the words of the pilot's command. Nothing here is a secret. Exit code 125: no pilot was started, the last line of standard
# error says why.
umask 077
me=dirac-$(id -u)

fail() {
    rm -f -- "$secret"
    [ -z "$part" ] || rm -rf -- "$part"
    [ -z "$own" ] || rm -rf -- "$own"
    echo "dirac-pilot on $(uname -n): $1" >&2
    exit 125
}
part=
own=
trap 'fail "ended by the batch system before the pilot began"' HUP INT TERM

# of several lines the last that says something
last() { tr -s '\000-\037' '\n' | sed -n '/[^ ]/h;${g;p;}' | cut -c 1-200; }

digest() { sha256sum < "$1" | cut -d ' ' -f 1; }

# usable DIRECTORY: ours alone, and programs can be run from it
usable() {
    mkdir -p -- "${1%/*}" 2> /dev/null
    mkdir -m 700 -- "$1" 2> /dev/null
    [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ] && chmod 700 "$1" 2> /dev/null || return 1
    probe=$(mktemp "$1/probe.XXXXXX" 2> /dev/null) || return 1
    { echo '#!/bin/sh' > "$probe" && chmod 700 "$probe" && "$probe"; } 2> /dev/null
    usable_rc=$?
    rm -f -- "$probe"
    return "$usable_rc"
}

# whole IMAGE: nothing was changed, removed or added
whole() {
    [ -x "$1/bin/dirac-pilot" ] || return 1
    now=$(cd "$1" && find . ! -type d | LC_ALL=C sort | xargs sha256sum 2> /dev/null | sha256sum | cut -d ' ' -f 1)
    [ "$now" = "$contents" ]
}

fetch() {
    if command -v curl > /dev/null 2>&1; then
        set -- curl -fsS --retry 3 --connect-timeout 30 --max-time 1200 -o "$1" "$url"
        [ -z "$ca" ] || set -- "$@" --cacert "$own/ca.pem"
    elif command -v wget > /dev/null 2>&1; then
        set -- wget -nv -T 30 -t 3 -O "$1" "$url"
        [ -z "$ca" ] || set -- "$@" --ca-certificate="$own/ca.pem"
    else
        fail "neither curl nor wget is here to fetch the image with"
    fi
    "$@" 2> "$own/said" || fail "the image was not fetched from $url: $(last < "$own/said")"
}

# bring CACHE: fetches the image into it, whole or not at all, whoever else does so at the same moment
bring() {
    image=$1/$sha256
    if whole "$image"; then return 0; fi
    part=$(mktemp -d "$1/part.XXXXXX") || fail "there is no room in $1"
    fetch "$part/image.tar.gz"
    found=$(digest "$part/image.tar.gz")
    [ "$found" = "$sha256" ] || fail "the image from $url has the checksum $found, expected is $sha256"
    mkdir "$part/image" && tar -xzf "$part/image.tar.gz" -C "$part/image" 2> "$own/said" \
        || fail "the image was not unpacked in $1: $(last < "$own/said")"
    whole "$part/image" || fail "the image was not unpacked in $1 as it was packed"
    # one that was damaged makes room; jobs of pilots that run from it go on
    if [ -e "$image" ] && ! whole "$image"; then mv -- "$image" "$part/old"; fi
    mv -- "$part/image" "$image" 2> /dev/null
    rm -rf -- "$part" "$image/image"
    part=
    whole "$image" || fail "the image in $1 does not stay as it was unpacked"
}

[ -f "$secret" ] || secret=$(dirname -- "$0")/$secret
[ -f "$secret" ] || fail "the file with the pilot's secret is not here"
chmod 600 "$secret" || fail "$secret is another user's"
case $secret in /*) ;; *) secret=$PWD/$secret ;; esac
command -v sha256sum > /dev/null 2>&1 || fail "sha256sum is not here"
own=$(mktemp -d "$PWD/dirac-XXXXXX" 2> /dev/null) || own=$(mktemp -d "${TMPDIR:-/tmp}/dirac-XXXXXX" 2> /dev/null) \
    || fail "neither $PWD nor ${TMPDIR:-/tmp} can be written to"
mkdir "$own/work" || fail "there is no room in $own"
if [ -n "$ca" ]; then
    printf '%s\n' "$ca" > "$own/ca.pem" || fail "there is no room in $own"
    set -- "$@" --ca-file "$own/ca.pem"
fi
for place in "${cache:-${TMPDIR:-/tmp}}/$me" "$own/image"; do
    if usable "$place"; then break; fi
    place=
done
[ -n "$place" ] || fail "no program can be run from ${cache:-${TMPDIR:-/tmp}} nor from $PWD"

if command -v flock > /dev/null 2>&1; then
    # pilots that start together fetch once; who waits for too long fetches, too
    exec 9> "$place/lock"
    flock -w 900 9
fi
bring "$place"
touch -- "$image"
find "$place" -mindepth 1 -maxdepth 1 \( -name '[0-9a-f]*' -o -name 'part.*' \) -mtime +14 -exec rm -rf {} + 2> /dev/null
exec 9>&-
trap - HUP INT TERM
exec "$image/bin/dirac-pilot" "$@" --secret-file "$secret" --work-dir "$own/work"
