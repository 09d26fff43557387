#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROVE TEST...: runs all tests in parallel and ends with the one line
# that says how many assertions passed and failed.  Tests get O (the build
# directory) and a scratch directory of their own through tests/lib/test-lib.sh.
# AGAIN=1: a test that fails runs once more, alone, and that counts; the log says
# of which that was so.
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

# name_failed WORD: each test that failed, and what it said of it
name_failed() {
	for mark in "$raw"/*.failed; do
		[ -f "$mark" ] || continue
		test=$(cat "$mark")
		echo "# $1: ${test#"$top"/}"
		grep -A 12 '^not ok' "${mark%.failed}.tap" | sed 's/^/#   /'
	done
}

if [ "$status" -ne 0 ] && [ "${AGAIN:-}" ]; then
	name_failed "once more, alone" | tee "$raw/again"
	# shellcheck disable=SC2046
	"$prove" --exec "$top/tests/lib/tap-tee" $(cat "$raw"/*.failed)
	status=$?
fi

passed=$(cat "$raw"/*.tap 2>/dev/null | grep -c '^ok ')
failed=$(cat "$raw"/*.tap 2>/dev/null | grep -c '^not ok ')
grep -h '# SKIP' "$raw"/*.tap 2>/dev/null | sed 's/^/# /'
grep -h '^# coverage:' "$raw"/*.tap 2>/dev/null
sed -n 's/^# figure: /# /p' "$raw"/*.tap 2>/dev/null
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
	failed=1 # a test died without saying so
fi
cat "$raw/again" 2>/dev/null # last: of a long log people see the end
name_failed FAILED
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
