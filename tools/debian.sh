#!/bin/sh
# Install those of the named Debian packages that are missing; on other systems say what is needed.
set -eu
missing=""
for package in "$@"; do
    if command -v dpkg-query >/dev/null 2>&1; then
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    else
        echo "This system has no Debian packages. Please make sure that these are there: $*" >&2
        exit 0
    fi
done
[ -n "$missing" ] || exit 0
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Please install as root:$missing" >&2; exit 1; }
    sudo="sudo"
fi
echo "Installing Debian packages:$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086 # one word a package
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
