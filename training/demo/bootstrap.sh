#!/bin/sh
# Makes .venv and puts the locked packages into it; does nothing, quickly, when that has been done.
# Usage, from anywhere: sh training/demo/bootstrap.sh [requirements.txt | requirements-dev.txt]
# $PYTHON names the interpreter to try first.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd -P)
cd "$top"
wanted=${1:-requirements.txt}
venv=.venv
python=$venv/bin/python
unfinished=$venv/unfinished # there while an installation is under way: if it was cut off, all is done again
log=var/install.log

fail() {
    printf 'muster: %s\n' "$*" >&2
    exit 1
}

installed() { # the file whose packages are all there: a copy of it lies in .venv; the dev list contains the other
    cmp -s "$1" "$venv/installed-$1" && return 0
    [ "$1" = requirements.txt ] && cmp -s requirements.txt "$venv/installed-with-dev.txt" &&
        cmp -s requirements-dev.txt "$venv/installed-requirements-dev.txt"
}

usable() { # it runs, it has pip, and it stands where it was made: its scripts name that place
    [ -x "$python" ] && [ ! -e "$unfinished" ] && "$python" -c 'import pip' 2>/dev/null || return 1
    [ ! -e "$venv/made-at" ] || [ "$(cat "$venv/made-at")" = "$top" ]
}

disk_is_full() { grep -qi 'no space left on device' "$log"; }

make_venv() { # with the interpreter $1; what it says goes to the log
    rm -rf "$venv"
    mkdir "$venv"
    : >"$unfinished"
    "$1" -m venv "$venv" >>"$log" 2>&1 && "$python" -c 'import pip' >>"$log" 2>&1
}

find_python() { # tries each in earnest, since only that tells whether it can make a virtual environment
    old='' unable=''
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            old="$candidate is $version"
            continue
        fi
        make_venv "$candidate" && return 0
        rm -rf "$venv"
        disk_is_full && fail "The disk is full: make some room where $top is, then start again."
        unable=${unable:-"$candidate ($version)"}
    done
    if [ -n "$unable" ]; then
        fail "$unable cannot make a virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv) or name another Python with PYTHON=/path/to/python3."
    fi
    fail "Muster needs Python 3.11 or newer and found none${old:+ ($old)}: install it with its venv module (Debian, Ubuntu: apt install python3 python3-venv) or name it with PYTHON=/path/to/python3."
}

[ -f "$wanted" ] || fail "There is no $wanted in $top."
usable && installed "$wanted" && exit 0

mkdir -p var 2>/dev/null && : >>"$log" 2>/dev/null || fail "$top/var cannot be written: it belongs to another user, or the disk is full."
if command -v flock >/dev/null 2>&1; then # two terminals at once: the second waits for the first
    exec 9>"var/install.lock"
    flock 9
    usable && installed "$wanted" && exit 0
fi

: >"$log"
usable || find_python
echo "Installing $(grep -c '==' "$wanted") packages into $venv: a minute or so, this time only …"
: >"$unfinished"
if ! "$python" -m pip install --require-hashes --no-deps --no-input --disable-pip-version-check \
    --progress-bar off --requirement "$wanted" >>"$log" 2>&1; then
    disk_is_full && fail "The disk is full: make some room where $top is, then start again."
    fail "The packages could not be installed: is there a network? What pip said is in $top/$log."
fi
printf '%s\n' "$top" >"$venv/made-at"
cp "$wanted" "$venv/installed-$wanted"
if [ "$wanted" = requirements-dev.txt ]; then cp requirements.txt "$venv/installed-with-dev.txt"; fi
rm -f "$unfinished"
