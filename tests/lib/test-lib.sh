# SPDX-License-Identifier: MIT
# Sourced by the shell tests: a scratch home, TAP, a daemon on its own socket,
# and an exit that leaves nothing behind.
#
#	. tests/lib/test-lib.sh
#	is "$(vesper --version)" "vesper 0.1.0" "says its version"
#	done_testing

TOP=$(cd "$(dirname "$0")/../.." && pwd)
O=${O:-$TOP/build}
T=$(mktemp -d "${TMPDIR:-/tmp}/vesper-test.XXXXXX") || exit 2
mkdir -p "$T/home" "$T/run"
chmod 700 "$T/run"

# The world of the test: nothing of the user's.
unset VESPER_CONFIG VESPER_SOCKET VESPER_REASON CI SUDO_UID EDITOR VISUAL \
	GIT_DIR GIT_EDITOR DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS \
	XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME TMUX LISTEN_FDS LISTEN_PID
export HOME="$T/home" XDG_RUNTIME_DIR="$T/run" TZ=Europe/Berlin LC_ALL=C.UTF-8
export VESPER_LIBEXEC="$O/libexec" PATH="$O:$PATH"
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Ada GIT_COMMITTER_NAME=Ada \
	GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_EMAIL=ada@example.org
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=0:quarantine_size_mb=4}"

tests=0 failures=0 pids=

cleanup() {
	trap - EXIT INT TERM
	for pid in $pids; do
		kill "$pid" 2>/dev/null
	done
	wait 2>/dev/null
	rm -rf "$T"
}
trap cleanup EXIT
trap 'cleanup; exit 1' INT TERM

# ok STATUS NAME: passes when STATUS is 0
ok() {
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		failures=$((failures + 1))
		echo "not ok $tests - $2"
	fi
}

# is GOT WANT NAME
is() {
	[ "$1" = "$2" ]
	ok $? "$3"
	[ "$1" = "$2" ] || printf '%s\n' "got:  $1" "want: $2" | sed 's/^/# /'
}

# like GOT PATTERN NAME: an extended regular expression
like() {
	printf '%s\n' "$1" | grep -Eq -- "$2"
	if ok $? "$3"; then :; fi
	printf '%s\n' "$1" | grep -Eq -- "$2" ||
		printf '%s\n' "got:  $1" "want: /$2/" | sed 's/^/# /'
}

# unlike GOT PATTERN NAME
unlike() {
	! printf '%s\n' "$1" | grep -Eq -- "$2"
	ok $? "$3"
	! printf '%s\n' "$1" | grep -Eq -- "$2" ||
		printf '%s\n' "got:  $1" | sed 's/^/# /'
}

skip() {
	tests=$((tests + 1))
	echo "ok $tests # SKIP $1"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

done_testing() {
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit
}

# wait_for COMMAND...: until it succeeds, at most about ten seconds
wait_for() {
	n=0
	until "$@" >/dev/null 2>&1; do
		n=$((n + 1))
		[ "$n" -gt 200 ] && return 1
		sleep 0.05
	done
}

# start_daemon ARG...: vesperd in the background, returns when it answers
start_daemon() {
	vesperd --foreground "$@" >>"$T/daemon.log" 2>&1 &
	daemon_pid=$!
	pids="$pids $daemon_pid"
	wait_for vesper status --json
}

# stop_daemon [SIGNAL]
stop_daemon() {
	kill -"${1:-TERM}" "$daemon_pid"
	wait "$daemon_pid" 2>/dev/null
}
