#!/bin/sh
# SPDX-License-Identifier: MIT
# The suite once more with every program of ours under valgrind: the tests in C,
# and the scripts with the daemon, the client, the digest and the desktop's
# child. No error, and nothing lost when they end. A script may fail here for
# being slow; what counts is what valgrind writes.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2
[ "${VESPER_NIGHTLY:-}" ] || skip_all "VESPER_NIGHTLY is not set"
command -v valgrind >/dev/null || skip_all "no valgrind"

W=$T/wrapped logs=$T/logs
mkdir -p "$W/libexec" "$logs"
check="valgrind -q --leak-check=full --errors-for-leak-kinds=definite
	--show-leak-kinds=definite --num-callers=25 --log-file=$logs/%p"

# wrap PROGRAM: the same in $W, under valgrind
wrap() {
	printf '#!/bin/sh\nexec %s %s "$@"\n' "$(echo "$check" | tr -d '\n')" \
		"$O/$1" >"$W/$1"
	chmod 755 "$W/$1"
}

for file in "$O"/libexec/*; do
	ln -s "$file" "$W/libexec/"
done
rm "$W/libexec/digest" "$W/libexec/desktop"
for program in vesper vesperd libexec/digest libexec/desktop; do
	wrap "$program"
done
ln -s "$O/locale" "$W/locale"

# clean NAME: no log tells of an error
clean() {
	grep -h "^==" "$logs"/* >"$T/said" 2>/dev/null
	[ ! -s "$T/said" ]
	ok $? "$1"
	head -60 "$T/said" | sed 's/^/# /'
	rm -f "$logs"/*
}

for test in tests/base/test-*.c tests/config/test-*.c tests/store/test-*.c \
	tests/wire/test-*.c tests/reflog/test-*.c tests/engine/test-[ep]*.c; do
	# shellcheck disable=SC2086
	$check "$O/${test%.c}" >/dev/null 2>&1
	clean "$test"
done
for test in ${VALGRIND_TESTS:-tests/attach/*.t tests/cli/*.t tests/config/*.t \
	tests/daemon/*.t tests/day/*.t tests/desktop/*.t tests/digest/*.t \
	tests/git/*.t tests/guest/*.t tests/hooks/hooks.t tests/note/*.t \
	tests/service/*.t tests/store/*.t tests/vim/*.t}; do
	O=$W timeout 1200 "$test" >"$T/tap" 2>&1
	echo "# $test: $(grep -c '^ok' "$T/tap") ok, $(grep -c '^not ok' "$T/tap") not"
	clean "$test"
done
done_testing
