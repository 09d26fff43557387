# SPDX-License-Identifier: MIT
# For the tests of what git runs: a repository, somebody at the socket, and
# git with and without a terminal. Sourced after tests/lib/test-lib.sh.

HOOKS=$O/libexec/hooks
SOCKET=$XDG_RUNTIME_DIR/vesper/socket
LOG=$T/log
git config --global init.defaultBranch main
git config --global advice.detachedHead false
git config --global protocol.file.allow always

# repository DIR HOOK...: a new one, with these of our hooks in it
repository() {
	repository=$1
	git init -q "$repository"
	shift
	for hook; do
		cp "$HOOKS/$hook" "$repository/.git/hooks/$hook"
	done
}

# listen MODE [TEXT]: see listener.py
listen() {
	mkdir -p "$XDG_RUNTIME_DIR/vesper"
	rm -f "$SOCKET" "$SOCKET.ready"
	: >"$LOG"
	/usr/bin/python3 tests/guest/listener.py "$SOCKET" "$LOG" "$@" &
	listener=$!
	pids="$pids $listener"
	wait_for test -e "$SOCKET.ready"
}

silence() {
	kill "$listener"
	wait "$listener" 2>/dev/null
	rm -f "$SOCKET"
}

# with_tty COMMAND: a shell command on a terminal of its own; shows what it
# printed
with_tty() {
	script -qec "$1" /dev/null </dev/null | tr -d '\r'
}

# no_tty COMMAND...: without any terminal
no_tty() {
	setsid -w "$@" </dev/null 2>&1
}

# settle: until everything that was sent has arrived
settle() {
	/usr/bin/python3 tests/guest/listener.py "$SOCKET" sync
}

# heard JQ: the last line that arrived, through jq
heard() {
	settle
	tail -n 1 "$LOG" | jq -r "$1"
}

lines() {
	settle
	grep -c . "$LOG"
}

# new_git: puts a git that has hooks in its configuration first in PATH: this
# one, or a built one in $VESPER_BENCH_DIR/git; fails without
new_git() {
	[ ! -x "$VESPER_BENCH_DIR/git/bin-wrappers/git" ] ||
		PATH=$VESPER_BENCH_DIR/git/bin-wrappers:$PATH
	set -- $(git version | sed 's/[^0-9]*\([0-9]*\)\.\([0-9]*\).*/\1 \2/')
	[ "$1" -gt 2 ] || [ "$2" -ge 54 ]
}
