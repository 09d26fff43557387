#!/bin/sh
# SPDX-License-Identifier: MIT
# `make demo` tells its whole day: every notice it waits for comes, and the
# pictures fit in a terminal of 80 columns.
if [ -z "$VESPER_NIGHTLY" ]; then
	echo "1..0 # SKIP long: only with VESPER_NIGHTLY (make nightly)"
	exit 0
fi
. tests/lib/test-lib.sh
for program in tmux vim git; do
	command -v "$program" >/dev/null || skip_all "no $program"
done

tests/demo/demo.sh "${O:-$PWD/build}" >"$T/told" 2>"$T/wrong"
ok $? "the day is told to its end"
is "$(cat "$T/wrong")" "" "nothing goes wrong on the way"
like "$(cat "$T/told")" "past the end" "a late notice is among it"
like "$(cat "$T/told")" "tomorrow: errors at the end of the input" "and the note"
is "$(grep '[│╭╰]' "$T/told" | LC_ALL=C.UTF-8 grep -E '.{81}')" "" \
	"the popup fits"
done_testing
