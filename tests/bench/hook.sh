#!/bin/bash
# SPDX-License-Identifier: MIT
# hook.sh [ROUNDS [REBASES]]: what git commands cost with our hooks, in
# interleaved rounds of `git commit --allow-empty`, against no hook and against
# an empty #!/bin/sh hook in the same rounds.  Prints medians and ratios; the
# ratios are what counts.  BENCH_DIR says where the repositories are made:
# on a tmpfs (/dev/shm) the disk is no part of it.
#
# none, again: no hook, twice; sh: the empty one; ours with a daemon that
# answers (answer), that is only told (tell), that is not there (absent), that
# is stuck with a full backlog (full); strict: pre-commit and post-commit; real,
# rstrict: the same two with vesperd itself, which watches, records and judges;
# rstrict gives a reason.
rounds=${1:-200} rebases=${2:-15}
[ -z "$BENCH_DIR" ] || export TMPDIR=$BENCH_DIR
. "$(dirname "$0")/../lib/test-lib.sh"
cd "$TOP" || exit 2
. tests/guest/guest-lib.sh

ours=post-commit
kinds="none again sh answer tell absent full strict real rstrict"
for kind in $kinds; do
	repository "$T/$kind"
	git -C "$T/$kind" commit -q --allow-empty -m base
	case $kind in
	sh) printf '#!/bin/sh\n' >"$T/sh/.git/hooks/$ours" &&
		chmod +x "$T/sh/.git/hooks/$ours" ;;
	strict | rstrict) cp "$HOOKS/pre-commit" "$HOOKS/$ours" "$T/$kind/.git/hooks" ;;
	answer | tell | absent | full | real) cp "$HOOKS/$ours" "$T/$kind/.git/hooks" ;;
	esac
	: >"$T/times.$kind"
done

${CC:-cc} -O2 -D_GNU_SOURCE -o "$T/answer-program" tests/bench/answer.c || exit
mkdir -p "$XDG_RUNTIME_DIR/vesper"
"$T/answer-program" "$SOCKET.answer" &
pids="$pids $!"
wait_for test -S "$SOCKET.answer"
listen full
mv "$SOCKET" "$SOCKET.full"

mkdir -p "$HOME/.config/vesper"
# Within working time, when nothing is said; SAID=1: on a day off, when every
# commit gets its sentence.
printf '[git]\ncommits = confirm\n[workday]\n%s\n' "${SAID:+days = Mon
start = 03:00
merge = 03:01}" >"$HOME/.config/vesper/config.ini"
[ -n "${SAID:-}" ] ||
	printf 'days = daily\nstart = 00:00\nmerge = 23:59\n' >>"$HOME/.config/vesper/config.ini"
start_daemon

# one KIND COMMAND...: its time in microseconds, kept
one() {
	local kind=$1 start=$EPOCHREALTIME end
	shift
	"$@"
	end=$EPOCHREALTIME
	echo $((${end/./} - ${start/./})) >>"$T/times.$kind"
}

# on a terminal, so that the hook waits for its answer and prints it
export -f one
export T SOCKET rounds kinds rebases
cat >"$T/commits" <<'ROUNDS'
for ((i = 0; i < rounds; i++)); do
	for kind in $kinds; do
		socket=$SOCKET.answer
		[ $kind = full ] && socket=$SOCKET.full
		[[ $kind == r* ]] && socket=$SOCKET
		[ $kind = absent ] && socket=$SOCKET.absent
		CI= && [ $kind = tell ] && CI=1 # sends, wants no answer
		VESPER_REASON= && [ $kind = rstrict ] && VESPER_REASON=bench
		export VESPER_REASON
		CI=$CI VESPER_SOCKET=$socket one $kind \
			git -C "$T/$kind" commit -q --allow-empty -m x
	done
done
ROUNDS
script -qec "bash $T/commits" /dev/null </dev/null >/dev/null

# low COLUMN-FILE PERCENT
percentile() {
	sort -n "$T/times.$1" | awk -v p="$2" '{a[NR]=$1}
		END {i = int((NR - 1) * p / 100) + 1; print a[i]}'
}

# report BASE SH TITLE KIND...: medians, and the ratios also of the 20th
# percentile, which a busy machine moves less
report() {
	local base=$1 sh=$2 kind
	printf '%-10s %9s %9s %7s %11s %11s\n' "$3" 'median ms' 'added ms' \
		'x none' 'x empty sh' 'x sh, p20'
	shift 3
	for kind; do
		echo "$kind $(for p in 50 20; do
			percentile "$kind" $p
			percentile "$base" $p
			percentile "$sh" $p
		done | tr '\n' ' ')"
	done | awk '{printf "%-10s %9.2f %9.2f %7.2f %11.2f %11.2f\n", $1,
		$2 / 1000, ($2 - $3) / 1000, $2 / $3, ($2 - $3) / ($4 - $3),
		($5 - $6) / ($7 - $6)}'
}
report none sh "commit" $kinds

# --- a rebase of 50: post-commit and post-rewrite
for kind in rnone rsh rours rreal; do
	R=$T/$kind
	repository "$R"
	git -C "$R" commit -q --allow-empty -m base
	for i in {1..50}; do
		echo "$i" >"$R/f$i" && git -C "$R" add . &&
			git -C "$R" commit -q -m "$i"
	done
	git -C "$R" checkout -q -b other HEAD~50
	git -C "$R" commit -q --allow-empty -m other
	git -C "$R" checkout -q main && git -C "$R" branch -q keep
	: >"$T/times.$kind"
	for hook in post-commit post-rewrite; do
		[ $kind = rnone ] || printf '#!/bin/sh\n' >"$R/.git/hooks/$hook"
		case $kind in
		rours | rreal) cp "$HOOKS/$hook" "$R/.git/hooks/$hook" ;;
		esac
		[ $kind = rnone ] || chmod +x "$R/.git/hooks/$hook"
	done
done
cat >"$T/rebases" <<'ROUNDS'
for ((i = 0; i < rebases; i++)); do
	for kind in rnone rsh rours rreal; do
		socket=$SOCKET.answer
		[ $kind = rreal ] && socket=$SOCKET
		git -C "$T/$kind" reset -q --hard keep
		VESPER_SOCKET=$socket one $kind \
			git -C "$T/$kind" rebase -q other
	done
done
ROUNDS
script -qec "bash $T/rebases" /dev/null </dev/null >/dev/null
report rnone rsh "rebase 50" rnone rsh rours rreal

echo "program: $(wc -c <"$HOOKS/post-commit") bytes," \
	"$(cd "$T/answer" && VESPER_SOCKET=$SOCKET.answer script -qec \
	"strace -f -o $T/calls $HOOKS/post-commit" /dev/null </dev/null >/dev/null
	grep -vc '+++' "$T/calls") system calls," \
	"$(cd "$T/answer" && VESPER_SOCKET=$SOCKET.absent strace -o "$T/calls" \
	"$HOOKS/post-commit"; grep -vc '+++' "$T/calls") without a daemon"
