#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/TRAPS.md: every trap has its answer, and the phrase that names it still
# stands where the table says.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2

grep '^| [a-z0-9]' tests/TRAPS.md | grep -v '^| trap' >"$T/rows"
[ "$(wc -l <"$T/rows")" -ge 55 ]
ok $? "there are $(wc -l <"$T/rows") traps"
while IFS='|' read -r _ trap answer phrase _; do
	file=$(expr "$answer" : '.*`\(tests/[^`]*\)`')
	phrase=$(echo "$phrase" | sed 's/^ *//; s/ *$//')
	[ -n "$phrase" ] && grep -aqF -- "$phrase" "$file"
	ok $? "$(echo "$trap" | sed 's/^ *//; s/ *$//')"
done <"$T/rows"
done_testing
