# Sourced: which Python to use. The pinned packages were tested with 3.11, so that comes first.

find_python() { # prints a Python of at least 3.11
    local name
    for name in python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

can_make_venv() { # Debian's Python comes without ensurepip
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}
