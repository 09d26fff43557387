#!/bin/sh
# SPDX-License-Identifier: MIT
# The engine needs nothing but memory moves: no clock, no I/O, no allocation,
# no zone, no library; and it has no state but the one its caller holds.
. tests/lib/test-lib.sh

archive=$O/lib/engine.a
allowed='^(mem(cpy|move|set|cmp)|str(n?cmp|len)|_GLOBAL_OFFSET_TABLE_)$'
ours='^(engine|calendar|exception|block|day|event|notice|effect|rules)_'
instruments='^__(asan|ubsan|odr_asan|stack_chk|sanitizer)'

defined=$(nm -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' | sort -u)
undefined=$(nm -u "$archive" | awk '$1 == "U" { print $2 }' | sort -u)

like "$defined" '^engine_step$' "the engine is there"
is "$(printf '%s\n' "$undefined" | grep -Ev "$allowed|$instruments" |
	grep -vxF "$defined")" "" "no undefined symbol but memory moves"
is "$(printf '%s\n' "$defined" | grep -Ev "$ours|$instruments")" "" \
	"all names it gives away carry its prefixes"

if nm "$archive" | grep -q __asan_; then
	skip "writable data: the sanitizer brings its own"
else
	is "$(size -A "$archive" | awk '/^\.(data|bss)[ .]/ && $1 !~ /rel\.ro/ && $2 { print $1, $2 }')" "" \
		"nothing writable of its own"
fi

is "$(grep -hE '^#[ ]*include' core/engine/*.[ch] | grep -Ev '"(engine|base)/' |
	sort -u)" "" "includes nothing but itself and base"
done_testing
