#!/bin/sh
# Starts Chromium with the arguments given: the one that CHROMIUM names, the machine's own, or else that of .local/chromium.
# Without its sandbox, which takes neither root nor every container: only pages of this repository are opened.
#
#   tools/chromium.sh --where    prints the browser that is taken, whether it is there yet or not
root=$(cd "$(dirname "$0")/.." && pwd)
ours=.local/chromium/chromium

browser=$CHROMIUM
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  test -n "$browser" || browser=$(command -v "$name")
done
test "$1" = --where && echo "${browser:-$ours}" && exit

if test -z "$browser"; then
  browser=$root/$ours
  test -x "$browser" || { echo "There is no Chromium: install one, or have \`make browser\` do so." >&2; exit 1; }
  # What it needs besides stands beside it.
  LD_LIBRARY_PATH=${browser%/*}/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} && export LD_LIBRARY_PATH
  FONTCONFIG_PATH=${browser%/*}/fonts && export FONTCONFIG_PATH
fi
exec "$browser" --no-sandbox "$@"
