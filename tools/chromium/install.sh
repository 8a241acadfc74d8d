#!/bin/sh -e
# Unpacks the Chromium that npm has into .local/chromium, with its libraries and its fonts. It is for Linux on x86-64.
here=$(cd "$(dirname "$0")" && pwd)
root=${here%/tools/chromium}
target=$root/.local/chromium

test "$(uname -sm)" = "Linux x86_64"
rm -rf "$target" && mkdir -p "$target"
trap 'rm -rf "$target"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$target"
cd "$target"
"$root/tools/node.sh" npm ci --ignore-scripts --no-progress --loglevel=error >/dev/null
# The package unpacks into the folder for what is temporary, and its libraries only on Lambda.
TMPDIR=$target AWS_EXECUTION_ENV=AWS_Lambda_nodejs24.x "$root/tools/node.sh" node --input-type=module --eval \
  'import chromium from "@sparticuz/chromium"; await chromium.executablePath();'
cp "$here/fonts.conf" fonts/
rm -rf node_modules
"$root/tools/chromium.sh" --version >/dev/null
trap - EXIT
