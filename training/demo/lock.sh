#!/bin/sh
# Works out requirements.txt and requirements-dev.txt from pyproject.toml, with hashes, for every platform.
# Without --upgrade the versions that are there stay where they still fit. uv is taken from the path, or put into var/uv.
set -eu
cd "$(dirname "$0")/../.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    [ -x var/uv/bin/uv ] || { .venv/bin/python -m venv var/uv && var/uv/bin/python -m pip install --quiet uv; }
    uv=var/uv/bin/uv
fi

compile() { # the platforms' wheels differ, so all their hashes go in; no host name does
    # shellcheck disable=SC2086
    UV_SYSTEM_CERTS=1 "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --extra embedded "$@"
}

compile "$@" --output-file requirements.txt
compile "$@" --group dev --output-file requirements-dev.txt
if grep -n -E 'https?://|^--' requirements.txt requirements-dev.txt; then
    echo "muster: the lines above name a host or an option, which these files must not." >&2
    exit 1
fi
