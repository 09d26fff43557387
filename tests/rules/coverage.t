#!/bin/sh
# SPDX-License-Identifier: MIT
# How many of the lines that decide, read and store are run by their tests: at
# least 95 in 100 of each room. It takes a build of its own and a minute, so it
# is part of CI and of `make coverage`, not of every `make check`.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2
[ "${COVERAGE:-}" ] || skip_all "COVERAGE is not set: see make coverage"
command -v gcov >/dev/null || skip_all "no gcov"

least=95
C=$TOP/build/cov
unset O VESPER_TAP_DIR
make -j2 O="$C" CC=gcc CFLAGS="-O0 -g --coverage" all tests >"$T/made" 2>&1
ok $? "built to count lines"
find "$C" -name '*.gcda' -delete

# The rooms' own tests, and those of the programs that they are for.
# shellcheck disable=SC2046
O=$C prove -j2 $(for room in engine config store wire; do
	for test in tests/$room/test-*.c; do
		echo "$C/${test%.c}"
	done
done) tests/cli/man.t tests/cli/usage.t tests/rules/contrib.t \
	tests/config/check.t tests/daemon/socket.t tests/daemon/history.t \
	tests/note/history.t tests/note/import.t >"$T/proved" 2>&1
ok $? "the tests pass there"
grep -v ' ok$' "$T/proved" | sed 's/^/# /'

# share ROOM: of its lines, how many in 100 were run
share() {
	gcov -n -o "$C/obj/$1" core/"$1"/*.c 2>/dev/null | awk -F"[:%']" -v room="$1" '
	/^File/ { ours = $2 ~ "^core/" room "/.*[.]c$" }
	/^Lines executed/ && ours { sub(" of ", "", $3); run += $2 * $3 / 100; all += $3; ours = 0 }
	END { printf "%.1f\n", all ? 100 * run / all : 0 }'
}

for room in engine config wire store; do
	percent=$(share "$room")
	[ "${percent%.*}" -ge "$least" ]
	ok $? "coverage of $room: $percent %"
	echo "# coverage: $room $percent % of lines"
done
done_testing
