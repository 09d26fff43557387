#!/bin/sh
# SPDX-License-Identifier: MIT
# vesper status --watch: a line when something changes, none when nothing does;
# it outlives the daemon and ends with its reader.
. tests/lib/test-lib.sh

at() {
	python3 tests/lib/say.py "{\"clock\":\"2026-11-18T$1:00+01:00\"}"
}
works() {
	python3 tests/lib/say.py '{"event":"activity","source":"vim","project":"/p"}'
}
# watch NAME ARG...: its lines go to $T/NAME
watch() {
	name=$1
	shift
	vesper status --watch "$@" >"$T/$name" 2>"$T/$name.err" &
	watch_pid=$!
	pids="$pids $watch_pid"
}
lines_are() {
	[ "$(cat "$T/$1")" = "$2" ]
}
# shows NAME LINES TEXT: all it has printed so far
shows() {
	wait_for lines_are "$1" "$2"
	is "$(cat "$T/$1")" "$2" "$3"
}

# hello LINE: somebody listens who says LINE to the first, and no more to any
hello() {
	VESPER_SOCKET=$T/run/other
	export VESPER_SOCKET
	python3 - "$VESPER_SOCKET" "$1" >"$T/met" <<-'P' &
		import socket, sys
		s = socket.socket(socket.AF_UNIX)
		s.bind(sys.argv[1])
		s.listen(9)
		met = 0
		try:
		    while met < 9:  # a look, a hello, and then patience
		        c, _ = s.accept()
		        met += 1
		        s.settimeout(0.5)
		        if sys.argv[2]:
		            c.recv(4096)
		            c.sendall(sys.argv[2].encode() + b"\n")
		        c.close()
		except socket.timeout:
		    pass
		print(met)
	P
	hello_pid=$!
	pids="$pids $hello_pid"
	wait_for test -S "$VESPER_SOCKET"
}
hello '{"hello":2,"version":"9"}'
vesper status --watch >"$T/foreign" 2>&1
is "$?" 3 "another protocol is nothing to wait for"
like "$(cat "$T/foreign")" "^vesper: status: the daemon speaks protocol 2," "and is named"
wait "$hello_pid"
rm "$VESPER_SOCKET"
hello ''
watch busy
shows busy "no daemon" "who hangs up is no daemon"
wait "$hello_pid"
is "$(cat "$T/met")" 1 "and is not asked again and again"
kill "$watch_pid"
rm "$VESPER_SOCKET"
unset VESPER_SOCKET

watch plain
shows plain "no daemon" "without a daemon it says so, and starts none"
watch bar --format waybar
shows bar '{"text":"","class":"none"}' "a bar is told to show nothing"
start_daemon --clock 2026-11-18T17:20:00+01:00,step
shows plain "no daemon
until 18:00" "it sees a daemon that comes"
wait_for grep -q 'until 18:00' "$T/bar"
is "$(tail -n 1 "$T/bar" | jq -c '[.text,.class,.tooltip]')" \
	'["until 18:00","normal","2026-11-18: 09:00-18:00, until 18:00"]' \
	"waybar: text, class and tooltip"

watch mine --format '{regime} {notice}.'
watch json --json
shows mine "normal ." "a format of one's own"
works
at 17:29
works
at 17:30
shows mine "normal .
normal 18:00: the day ends in 30 min." "a notice that is up is a field"
vesper extend 15m >/dev/null
shows plain "no daemon
until 18:00
until 18:15" "the end moves: a line"
wait_for grep -q '"state": *"until 18:15"' "$T/json"
is "$(tail -n 1 "$T/json" | jq -r .day.effective_end)" 1795022100 \
	"JSON: the status itself"
works
is "$(wc -l <"$T/plain")" 3 "nothing changes: no line"

# wakeups while nothing happens
woken() {
	awk '/^voluntary_ctxt/ { print $2 }' "/proc/$watch_pid/status"
}
rests() {
	before=${now:-}
	now=$(woken)
	[ "$before" = "$now" ]
}
wait_for rests
vesper status >/dev/null
vesper why >/dev/null
is "$(woken)" "$now" "and nobody wakes up for it"

stop_daemon KILL
shows plain "no daemon
until 18:00
until 18:15
no daemon" "the daemon dies: said"
start_daemon --clock 2026-11-18T17:40:00+01:00,step
shows plain "no daemon
until 18:00
until 18:15
no daemon
until 18:15" "a new one is met by itself"
vesper merge -m x >/dev/null
wait_for grep -q closed "$T/plain"
ok $? "and followed"
stop_daemon

# its reader
start_daemon --clock 2026-11-18T17:45:00+01:00,step
mkfifo "$T/pipe"
vesper status --watch >"$T/pipe" &
watch_pid=$!
head -n 1 "$T/pipe" >/dev/null
ended() {
	! kill -0 "$watch_pid" 2>/dev/null
}
wait_for ended
ok $? "it ends when its reader has gone, though nothing is to be said"
stop_daemon
mkfifo "$T/pipe2"
vesper status --watch >"$T/pipe2" &
watch_pid=$!
head -n 1 "$T/pipe2" >/dev/null
wait_for ended
ok $? "also while it waits for a daemon"
is "$(vesper status --notices 2>&1 | head -n 1)" \
	"vesper: status: --notices goes with --watch" "--notices alone"
is "$(cat "$T"/*.err)" "" "nothing on stderr"
done_testing
