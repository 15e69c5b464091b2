# For the scripts beside this one: . "$(dirname "$0")/functions.sh"

# bring PROGRAM PACKAGE: makes sure that the program is there; as root on Debian it installs the package.
bring() {
    command -v "$1" > /dev/null && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" > /dev/null || true
    fi
    command -v "$1" > /dev/null || {
        echo "$(basename "$0"): $1 is not installed; on Debian: apt-get install --no-install-recommends $2" >&2
        return 1
    }
}
