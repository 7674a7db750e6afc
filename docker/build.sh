#!/bin/sh
# Makes the tree that the image runs. A test runs it without a container engine.
#   docker/build.sh packages TOOLS APP   the build's own tools in TOOLS, the portal's packages in APP/.venv
#   docker/build.sh portal TOOLS APP     the front-end files, then code, templates and content in APP
# They are two steps because words change more often than packages do.
set -eu

step=$1 tools=$2 app=$3
python=${PYTHON:-python3}

packages() {
    "$python" -m venv "$tools"
    flags="--quiet --disable-pip-version-check --no-input --no-cache-dir --require-hashes"
    # shellcheck disable=SC2086
    "$tools/bin/pip" install $flags --requirement requirements/assets.txt
    # Without pip of its own: nothing can be installed in what runs.
    "$python" -m venv --without-pip "$app/.venv"
    # shellcheck disable=SC2086
    "$tools/bin/pip" --python "$app/.venv/bin/python" install $flags --requirement requirements/runtime.txt
}

portal() {
    "$tools/bin/python" static/setup.py
    mkdir -p "$app/static"
    cp -R portal routes templates content "$app/"
    cp -R static/build "$app/static/build"
    site=$("$app/.venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    echo "$app" > "$site/way-in.pth"
    # The user that serves may write nowhere, so Python cannot keep its bytecode later.
    "$app/.venv/bin/python" -m compileall -q "$app/portal" "$app/routes"
}

case $step in
    packages) packages ;;
    portal) portal ;;
    *) echo "docker/build.sh: no step is called $step" >&2; exit 2 ;;
esac
