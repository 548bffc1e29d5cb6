#!/bin/sh
# Make the virtual environment $2 with the Python $1; Debian's Python needs its package for that.
set -eu
if ! "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or later is needed; $1 is $("$1" --version 2>&1). Set PYTHON=python3.12, for instance." >&2
    exit 1
fi
"$1" -c 'import ensurepip, venv' 2>/dev/null || sh "$(dirname "$0")/debian.sh" python3-venv
"$1" -m venv "$2"
