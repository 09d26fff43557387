#!/bin/sh
# SPDX-License-Identifier: MIT
# The client and the real daemon, on a clock that only goes when told.
. tests/lib/test-lib.sh
command -v python3 >/dev/null || skip_all "no python3"

# run ARG...: sets out, err and code
run() {
	out=$(vesper "$@" 2>"$T/err" </dev/null)
	code=$?
	err=$(cat "$T/err")
}

# say LINE: one line to the daemon, its answer printed
say() {
	printf '{"hello":1,"as":"test"}\n%s\n' "$1" |
		timeout 5 python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
f = s.makefile("rw")
f.write(sys.stdin.read()); f.flush()
f.readline(); print(f.readline(), end="")' "$XDG_RUNTIME_DIR/vesper/socket"
}

# mistyped; and the journal's prefixes only where the journal reads
for line in "--clok x" "now" "--clock soon" "--clock 2026-11-18T17:20:00Z,x0"; do
	# shellcheck disable=SC2086
	JOURNAL_STREAM=1:1 vesperd $line >"$T/out" 2>"$T/err"
	is "$?" 2 "vesperd $line"
	like "$(grep -v root "$T/err" | head -n 1)" "^vesperd: " "says why"
done
JOURNAL_STREAM=$(stat -c %d:%i "$T/err") vesperd now 2>"$T/err"
like "$(head -n 1 "$T/err")" "^<3>vesperd: too many arguments" "in the journal"
mkdir -p "$HOME/.config/vesper"
cat >"$HOME/.config/vesper/config.ini" <<-'INI'
	[workday]
	merge = 18:00
	[notify]
	desktop = no
	[git]
	commits = perhaps
INI
start_daemon --clock 2026-11-18T17:20:00+01:00,step
for _ in 1 2 3; do
	say '{"id":1,"event":"activity","source":"vim","project":"/src/a","human":true}' >/dev/null
	say '{"clock":"+1m","id":2}' >/dev/null
done

run status
is "$(printf '%s\n' "$out" | sed -n 1,2p)" "Wed 2026-11-18: 09:00-18:00
now 17:23, 0:37 to the end" "status"
like "$out" "^problems in the config: 1;" "which counts the config's problems"
run status --json
is "$(printf '%s' "$out" | jq -c '[.day.kind, .regime, .present, .worked]')" \
	'["work","normal",true,120]' "in JSON"
run reload
is "$out" "The config was read again. Problems in it: 1, \`vesper config check\` lists them." \
	"reload tells of problems"
run doctor --json
is "$(printf '%s' "$out" | jq -r '[.checks[] | select(.name == "config")] | length')" 1 \
	"doctor reports the config once"
is "$code" 1 "and what is wrong by its exit code"

sed -i 's/^merge = .*/merge = 25:00\nlimit = 7/' "$HOME/.config/vesper/config.ini"
run reload
run doctor
is "$(printf '%s\n' "$out" | grep -c '^       -> mend the line')" 1 \
	"what mends three lines is said once"
like "$(printf '%s\n' "$out" | grep -B 1 'mend the line')" ":7: \[git\] commits: must be" \
	"under the last of them"
sed -i '/^limit/d; s/^merge = .*/merge = 18:00/' "$HOME/.config/vesper/config.ini"
run reload

run extend until 18:20 -m deploy
is "$code$err" 0 "extend"
like "$out" "18:20" "says what was understood"
run status --format '{end} {left} {extensions_left}'
is "$out" "18:20 -0:57 1" "and moves the end"
run extend 5h
is "$code" 1 "too far is refused"
like "$err" "^vesper: extend: " "with a reason"
run extend soon
is "$code" 2 "not a time"
run carry
is "$code$err" 0 "carry"
run plan --days 2
is "$code$err" 0 "plan"
run plan --json
is "$(printf '%s' "$out" | jq -r '.days | length')" 7 "plans a week"
run why
is "$code$err" 0 "why"
run note
is "$code" 1 "no note yet"
run morning
is "$code" 1 "nor one to hand back"

# what the daemon cannot take is said, not left out
bytes=$(printf '\377')
for line in "merge --day $bytes -m x" "merge --undo --day $bytes" \
	"note $bytes" "day edit $bytes --undo" "extend 15m -m $bytes"; do
	# shellcheck disable=SC2086
	run $line
	is "$code $(printf '%s\n' "$err" | head -n 1)" \
		"2 vesper: ${line%% *}: an argument is not UTF-8" "${line%%"$bytes"*}..."
done
run merge -m "$(head -c 70000 /dev/zero | tr '\0' a)"
is "$code $err" "2 vesper: merge: that is more than the 64 KiB the daemon takes at once" \
	"a text too long"
run status --json
is "$(printf '%s' "$out" | jq -c '.day.closed')" false "nothing was merged by that"
run day edit Mon --work 10:00-11:00
run day edit Mon --work 11:30-12:00
run report Mon
like "$out" "^breaks         11:00-11:30$" "a break, from and to"
like "$out" "^recorded       nothing$" "a day of which nothing was recorded"
unlike "$out" "last at work *$" "and no line without an end"

# the mental merge, with an editor
cat >"$T/edit" <<-'SH'
	#!/bin/sh
	printf 'next: the parser\n' >"$1"
SH
chmod +x "$T/edit"
EDITOR="$T/edit" run merge
is "$code$err" 0 "merge"
run note
is "$(printf '%s\n' "$out" | grep -c 'next: the parser')" 1 "leaves a note"
run status --json
is "$(printf '%s' "$out" | jq -c '.day.closed')" true "and closes the day"
run merge --undo
run status --json
is "$(printf '%s' "$out" | jq -c '.day.closed')" false "merge --undo opens it"
run oncall 30m -m "a
b"
run report day
like "$out" "2026-11-18" "report day"
like "$out" "^on call        at 17:23 until 17:53: a b$" "a reason is one line"
run report day --json
is "$(printf '%s' "$out" | jq -c '[.day, .worked]')" '["2026-11-18",120]' "in JSON"
say '{"clock":"+5m","id":3}' >/dev/null
run oncall tomorrow 06:00
run report day
like "$out" "^on call        at 17:28 until Thu 2026-11-19 06:00$" \
	"until another day"
run report day --json
is "$(printf '%s' "$out" | jq -c '[.promised[] | .ended >= .at] | unique')" \
	"[true]" "nothing ends before it was said"
run oncall off

# the next morning
say '{"clock":"+15h","id":3}' >/dev/null
run morning
is "$(printf '%s\n' "$out" | grep -c 'next: the parser')" 1 \
	"morning hands the note back"
run status --json
is "$(printf '%s' "$out" | jq -c '.note_waiting')" false "and it waits no more"

run stop
is "$code$err" 0 "stop"
run status
is "$code" 3 "returns when the daemon is gone"
wait "$daemon_pid" 2>/dev/null

# what found no daemon: of an hour ago, of tomorrow, of a month ago, and torn
mkdir -p "$HOME/.local/state/vesper/spool"
now=$(date +%s)
for at in $((now - 3600)) $((now + 86400)) $((now - 30 * 86400)); do
	printf '{"event":"activity","source":"nvim","project":"/p","at":%d}\n' "$at"
done >"$HOME/.local/state/vesper/spool/1.jsonl"
printf '{"event":"act\n' >>"$HOME/.local/state/vesper/spool/1.jsonl"

# started by the first command that changes something
run snooze 30m
is "$code$err" 0 "an order starts the daemon"
run doctor
like "$out" "^warn +spool: .*: 3$" "events that cannot be believed are counted"
like "$out" "^ok +source: nvim: " "the others are taken"
run start
is "$code $out" "0 vesperd runs already" "which runs"
run stop
is "$code$err" 0 "and stops"
again=
for i in 1 2 3 4 5; do # the one before still writes its last lines
	vesper start >/dev/null 2>&1 && vesper stop >/dev/null 2>&1 ||
		again="$again $i"
done
is "$again" "" "it can be started as soon as stop returns"
for i in 1 2 3 4 5 6; do
	{
		vesper snooze 30m >/dev/null 2>&1
		echo $? >"$T/code.$i"
	} &
	starting="${starting:-} $!"
done
# shellcheck disable=SC2086
wait $starting
is "$(cat "$T"/code.* | sort | uniq -c | tr -d ' ')" 60 \
	"six that start it at once all have their way"
run stop

done_testing
