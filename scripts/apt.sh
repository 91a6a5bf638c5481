# Installs Debian packages; sourced. On another system, or without the right to, says what to do.

install_packages() { # PACKAGE...
    if ! command -v apt-get >/dev/null; then
        echo "setup: this machine lacks: $* (Debian's names), and has no apt-get." >&2
        echo "setup: install them by the means of this system, then run make again." >&2
        exit 3
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "setup: to install $* root is needed, and there is no sudo. As root, run:" >&2
            echo "setup:   apt-get update && apt-get install -y --no-install-recommends $*" >&2
            exit 3
        fi
        as_root=(sudo)
    fi
    echo "setup: installing $*"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
