#!/bin/sh
# SPDX-License-Identifier: MIT
# The client's end of the socket: daemons that misbehave, texts that are not
# to be trusted, what is sent, and starting a daemon.
. tests/lib/test-lib.sh

python=$(command -v python3) || skip_all "no python3"

export VESPER_SOCKET="$T/run/vesper/socket"

# serve BEHAVIOUR: a listener that behaves like that
serve() {
	"$python" tests/cli/answer.py "$VESPER_SOCKET" "$1" "$T/answers" &
	server=$!
	pids="$pids $server"
	wait_for test -S "$VESPER_SOCKET"
}

unserve() {
	kill "$server" 2>/dev/null
	wait "$server" 2>/dev/null
	rm -f "$VESPER_SOCKET"
}

# say LINE...: what the listener answers from now on
say() {
	printf '%s\n' "$@" >"$T/answers.new"
	rm -f "$T/answers.heard"
	mv "$T/answers.new" "$T/answers"
}

run() {
	out=$(vesper "$@" 2>"$T/err" </dev/null)
	code=$?
	err=$(cat "$T/err")
}

# --- daemons that misbehave
say '{}'
serve garbage
run status
is "$code" 3 "a stranger on the socket"
like "$err" "no vesperd that this program knows" "is called one"
unserve
serve protocol
run status
is "$code $err" "3 vesper: status: the daemon speaks protocol 99, this program 1: run vesper stop, then vesper start" \
	"another protocol"
say '{"id":1,"ok":true,"said":"vesperd ends."}'
run stop
is "$code $out$err" "0 vesperd ends." "which can be told to stop all the same"
unserve
serve close
run status
like "$code $err" "^3 vesper: status: (the daemon closed the connection|cannot read from the daemon)" \
	"a connection that is closed"
unserve
serve endless
run status
like "$code $err" "^3 vesper: status: the daemon" "an answer without an end"
unserve
mkdir -p "$T/run/vesper"
VESPER_SOCKET="$T/run/$(printf '%0120d' 0)/socket" run status
is "$code" 3 "a path that is too long for a socket"
like "$err" "longer than 107 bytes" "is said to be one"
: >"$T/run/vesper/socket"
run status
is "$code" 3 "a plain file at the socket's place"
rm -f "$T/run/vesper/socket"

serve full
run status
is "$code" 3 "a queue that is full"
like "$err" "vesper: status: the daemon did not answer" "does not hold the client for ever"
unserve

# --- what is sent and what is said
say '{}'
serve answer
heard() {
	jq -cS . "$T/answers.heard" 2>/dev/null
}
say '{"id":1,"ok":true,"said":"the end is 18:45"}'
run extend until 18:45 -m 'fix "it"'
is "$code $out$err" "0 the end is 18:45" "an order is answered"
is "$(heard)" '{"do":"extend","id":1,"when":"until 18:45","why":"fix \"it\""}' \
	"and was sent as typed"
say '{"id":1,"refused":"no extensions left today"}'
run extend 30m
is "$code $out$err" "1 vesper: extend: no extensions left today" "a refusal"
say '{"id":1,"error":"extend: what is \"soon\"?"}'
run extend soon
is "$code $out$err" '2 vesper: extend: extend: what is "soon"?' "a mistake"
say '{"notice":"warn","n":1}\n{"id":1,"ok":true,"said":"noted"}'
run carry until 20:00
is "$code $out$err" "0 noted" "a line that is not ours is passed over"
say '{"id":1,"ok":true,"said":"as you say"}'
run off 2026-12-24..2026-12-26 --undo
is "$(heard)" '{"dates":"2026-12-24..2026-12-26","do":"off","id":1,"undo":true}' "off"
say '{"id":1,"ok":true,"said":"as you say"}'
run today 09:00-17:00
is "$(heard)" '{"do":"today","id":1,"window":"09:00-17:00"}' "today"
say '{"id":1,"ok":true}'
run stop
is "$code $out" "0 vesperd was stopped" "stop"
say '{"id":1,"ok":true,"said":""}'
run carry
is "$code$out$err $(heard)" '0 {"do":"carry","id":1}' "carry alone"
say '{}'
run extend "$(printf 'a\377b')"
is "$code $err" "2 vesper: extend: an argument is not UTF-8
usage: vesper extend UNTIL|LENGTH [-m WHY]" "what is not UTF-8 is not sent"

# --- texts of others
say '{"id":1,"day":"2026-11-18","text":"a\u001b]0;x\u0007b\u202ec\n","more":false}'
run note 2026-11-18
is "$out" "a?]0;x?b?c" "no escape sequence of a note reaches the terminal"
say '{"id":1,"more":true,"text":"one\n"}\n{"id":1,"text":"two\n"}'
run why
is "$out" "one
two" "an answer in several lines is one"

# --- status
status='{"id":1,"day":{"date":"2026-11-18","kind":"work","name":"","start":1794988800,"end":1795021200,"effective_end":1795021200,"closed":false},"regime":"normal","present":true,"busy":false,"stretch":{"start":1795017600,"length":2400,"limit":5400},"worked":22320,"extensions_left":2,"next":{"notice":"warn","at":1795020600},"sources":[{"name":"vim","last":1795020000},{"name":"watch","last":1794900000}],"version":"0.1.0","now":1795020000,"clock":"real","oncall_until":null,"carry_until":null,"snooze_until":1795023000,"problems":1,"note_waiting":true}'
say "$status"
run status
is "$out" "Wed 2026-11-18: 09:00-18:00
now 17:40, 0:20 to the end
worked 6:12, 0:40 without a break
next: a word before the end, 17:50
no stretch notices until 18:30
last heard of: vim 17:40, watch yesterday 08:20
a note is waiting: vesper morning hands it back
problems in the config: 1; see vesper config check" "status for people"
for format in "tmux:18:00 -0:20" "{worked} {regime} {nope}:6:12 normal {nope}"; do
	say "$status"
	run status --format "${format%%:*}"
	is "$out" "${format#*:}" "--format ${format%%:*}"
	done
say "$status"
run status --format waybar
is "$(printf '%s' "$out" | jq -r .text)" "18:00 -0:20" "--format waybar is JSON"
say "$status"
run status --json
is "$(printf '%s' "$out" | jq -c '[.regime, .day.end, .id]')" \
	'["normal",1795021200,null]' "--json is the object"

# --- merge in an editor
draft='{"id":1,"day":"2026-11-18","path":"/n","text":"\n# open: x.c\n"}'
cat >"$T/edit" <<-'SH'
	#!/bin/sh
	echo "$1" >"$T/edited"
	ls -ld "${1%/*}" | cut -c1-10 >>"$T/edited"
	cp "$1" "$T/draft"
	printf '\nnext: "tests"\n# a comment\n\nlast\n\n' >"$1"
SH
chmod +x "$T/edit"
export T TMPDIR="$T"
export EDITOR=false VISUAL="$T/edit"
say "$draft"
run merge
is "$code" 3 "merge with a daemon that dies while one writes"
kept=$(sed -n 's/.*is kept in //p' "$T/err")
is "$(sed -n 2p "$kept" 2>/dev/null)" 'next: "tests"' "keeps what was written"
rm -rf "${kept%/*}"
is "$(cat "$T/draft")" "
# open: x.c" "the editor was given the draft"
is "$(sed -n 2p "$T/edited")" drwx------ "in a directory of its own"
export VISUAL='f() { :; }; f' # an editor that changes nothing, through sh
say "$draft"
run merge
is "$code" 1 "an empty note"
like "$err" "^vesper: merge: the note is empty" "merges nothing"
export VISUAL='' EDITOR=false
say "$draft"
run merge --day 2026-11-18
is "$code" 1 "an editor that fails"
like "$err" "the day is not merged" "merges nothing"
is "$(heard)" '{"day":"2026-11-18","draft":true,"get":"note","id":1}' "for that day"
is "$(find "$T" -mindepth 1 -name 'vesper-*' | wc -l)" 0 "no note is left lying about"
say '{"id":1,"ok":true,"said":"merged"}'
run merge -m "done"
is "$code $out $(heard)" '0 merged {"do":"merge","id":1,"note":"done"}' "merge -m"
say '{"id":1,"ok":true,"said":"open again"}'
run merge --undo
is "$(heard)" '{"do":"merge","id":1,"undo":true}' "merge --undo"

unserve

# --- starting a daemon: the one beside the program
mkdir "$T/bin"
cp "$O/vesper" "$T/bin/vesper"
export ANSWERS="$T/answers" PYTHON="$python" TREE="$TOP"
cat >"$T/bin/vesperd" <<-'SH'
	#!/bin/sh
	links=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)
	{
		pwd
		ps -o sid= -p $$ | tr -d ' '
		echo $$
		echo "$links"
	} >"$T/daemon"
	eval "exec $VESPER_STARTER>&-"
	exec "$PYTHON" "$TREE/tests/cli/answer.py" "$VESPER_SOCKET" answer "$ANSWERS"
SH
chmod +x "$T/bin/vesperd"
say '{"id":1,"ok":true,"said":"so be it"}'
mkfifo "$T/fifo"
is "$("$T/bin/vesper" extend 30m 2>&1 9<>"$T/fifo")" "so be it" "an order starts the daemon"
pids="$pids $(sed -n 3p "$T/daemon")"
is "$(sed -n 1p "$T/daemon")" / "in /"
is "$(sed -n 2p "$T/daemon")" "$(sed -n 3p "$T/daemon")" "in a session of its own"
is "$(sed -n 4,6p "$T/daemon" | sort -u)" /dev/null "cut off from the terminal"
is "$(readlink /proc/"$(sed -n 3p "$T/daemon")"/fd/* | grep -c -e fifo -e pipe:)" 0 \
	"and from every pipe of its caller"
is "$("$T/bin/vesper" start 2>&1)" "vesperd runs already" "start when one runs"
kill "$(sed -n 3p "$T/daemon")"
wait_for sh -c "! kill -0 $(sed -n 3p "$T/daemon")"
rm -f "$VESPER_SOCKET"
is "$("$T/bin/vesper" start 2>&1)" "vesperd was started" "start when none runs"
kill "$(sed -n 3p "$T/daemon")"
rm -f "$VESPER_SOCKET"
printf '#!/bin/sh\nexit 1\n' >"$T/bin/vesperd"
out=$("$T/bin/vesper" start 2>&1)
is "$? $out" "3 vesper: start: vesperd ended at once: vesperd --foreground says why" \
	"a daemon that cannot start"
rm "$T/bin/vesperd"
out=$(PATH=/nowhere "$T/bin/vesper" start 2>&1)
is "$? $out" "3 vesper: start: cannot start vesperd: No such file or directory" \
	"no daemon at all"

done_testing
