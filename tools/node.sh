#!/bin/sh
# Runs a command with Node.js on PATH: the machine's own, where it has npm and is new enough, or else that of .venv-node.
#
#   tools/node.sh npm ci
#   tools/node.sh --where    prints the node that is taken, whether it is there yet or not
root=$(cd "$(dirname "$0")/.." && pwd)
ours=.venv-node/bin/node

# As console/package.json has it in `engines`.
new_enough() {
  command -v npm >/dev/null && version=$(node --version 2>/dev/null) || return 1
  major=${version#v} && major=${major%%.*}
  minor=${version#*.} && minor=${minor%%.*}
  case $major in
    20) test "$minor" -ge 19 ;;
    22) test "$minor" -ge 13 ;;
    *) test "$major" -ge 24 ;;
  esac
}

if new_enough; then
  test "$1" = --where && command -v node && exit
else
  test "$1" = --where && echo "$ours" && exit
  test -x "$root/$ours" || { echo "Node.js is missing: run \`make setup\`." >&2; exit 1; }
  PATH=$root/${ours%/node}:$PATH && export PATH
fi
exec "$@"
