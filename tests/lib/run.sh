#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROVE TEST...: runs all tests in parallel and ends with the one line
# that says how many assertions passed and failed.  Tests get O (the build
# directory) and a scratch directory of their own through tests/lib/sh.
set -u
prove=$1
shift
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top" || exit 2
raw=$(mktemp -d "${TMPDIR:-/tmp}/vesper-check.XXXXXX") || exit 2
trap 'rm -rf "$raw"' EXIT
export O="${O:-$top/build}"
export VESPER_TAP_DIR="$raw"

"$prove" --exec "$top/tests/lib/tap-tee" -j "$(nproc 2>/dev/null || echo 2)" "$@"
status=$?

passed=$(cat "$raw"/*.tap 2>/dev/null | grep -c '^ok ')
failed=$(cat "$raw"/*.tap 2>/dev/null | grep -c '^not ok ')
grep -h '# SKIP' "$raw"/*.tap 2>/dev/null | sed 's/^/# /'
grep -h '^# coverage:' "$raw"/*.tap 2>/dev/null
sed -n 's/^# figure: /# /p' "$raw"/*.tap 2>/dev/null
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
	failed=1 # a test died without saying so
fi
# What failed stands last: who sees only the end of a log needs it most.
for tap in "$raw"/*.tap; do
	[ -f "$tap" ] && awk -v top="$top" -v test="$(cat "$tap.name")" '
		/^(not )?ok /  { left = 0 }
		/^not ok /     { sub(top "/", "", test); left = 12
		                 print "# FAILED " test ": " $0; next }
		/^# / && left  { left--; print "  " $0 }' "$tap"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
