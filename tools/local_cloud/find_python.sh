#!/bin/sh
# Prints the path of a Python 3.13, or says on stderr how to get one.
is_313() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; }

for name in python3.13 python3 python; do
  path=$(command -v "$name") || continue
  # A pyenv shim is found everywhere and works only where its version is chosen: ask the interpreter itself.
  is_313 "$path" && exec "$path" -c 'import sys; print(sys.executable)'
done
path=$(PYENV_VERSION=$(cat .python-version) pyenv which python3.13 2>/dev/null) && is_313 "$path" && echo "$path" && exit
path=$(UV_PYTHON_DOWNLOADS=never uv python find 3.13 2>/dev/null) && is_313 "$path" && echo "$path" && exit

cat >&2 <<'TEXT'
Python 3.13 is missing. One of these installs it:
  apt install python3.13 python3.13-venv   (Debian 13, Ubuntu 25.04 or later)
  uv python install 3.13
  pyenv install 3.13
TEXT
exit 1
