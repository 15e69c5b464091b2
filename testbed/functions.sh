# For the scripts beside this one: . "$(dirname "$0")/functions.sh"

# present PROGRAM: whether the program is there, or the file of this path.
present() { command -v "$1" > /dev/null || [ -e "$1" ]; }

# bring PROGRAM PACKAGE: makes sure that it is there; as root on Debian it installs the package.
bring() {
    present "$1" && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" > /dev/null || true
    fi
    present "$1" || {
        echo "$(basename "$0"): $1 is not installed; on Debian: apt-get install --no-install-recommends $2" >&2
        return 1
    }
}
