#!/bin/sh
# SPDX-License-Identifier: MIT
# Every .ini here is checked; what is said about it stands in the .want beside
# it, the exit code in its first line.  VESPER_WANT=write writes them anew.
. tests/lib/test-lib.sh

cd tests/config || exit 2
for ini in *.ini; do
	said=$(vesper config check "$ini" 2>&1)
	said="exit $?
$said"
	[ "${VESPER_WANT:-}" = write ] && printf '%s\n' "$said" >"${ini%.ini}.want"
	is "$said" "$(cat "${ini%.ini}.want")" "$ini"
done

# a config with mistakes is used for the rest
export VESPER_CONFIG=five-mistakes.ini
is "$(vesper config get workday.merge 2>/dev/null)" 18:00 "a refused key has its default"
like "$(vesper config get workday.merge 2>&1 >/dev/null)" "see vesper config check" \
	"which is not silent"
export VESPER_CONFIG=fine.ini
is "$(vesper config get workday.friday.merge)" 14:00 "a named section's key"
vesper config list >"$T/list"
is "$(grep -c '^workday' "$T/list")" 14 "list has both workdays"

done_testing
