#!/bin/sh
# SPDX-License-Identifier: MIT
# [on NOTICE] run: words without a shell, the facts in the environment, a time
# limit, a clean environment, output to the log.
. tests/lib/test-lib.sh

mkdir -p "$HOME/.config/vesper" "$HOME/bin"
cat >"$HOME/bin/note" <<'SH'
#!/bin/sh
# each argument on a line, then what is known
for word; do printf 'word: %s\n' "$word"; done >"$HOME/args"
env | grep -E '^(VESPER_|GIT_|NOTIFY_|LISTEN_)' | sort >"$HOME/facts"
pwd >"$HOME/where"
ls /proc/self/fd >"$HOME/fds"
grep -i '^SigIgn' /proc/self/status >"$HOME/ignored"
readlink /proc/self/fd/0 >"$HOME/stdin"
echo 'to the log'; printf 'and\033[31m this' >&2
exit 3
SH
chmod +x "$HOME/bin/note"
cat >"$HOME/.config/vesper/config.ini" <<'INI'
[on warn]
run = ~/bin/note one 'two words' "$HOME" `id` *  $(id) \; a;b
[on merge]
run = sh -c 'echo "$VESPER_NOTICE $VESPER_TITLE" >"$HOME/shell"; echo $$ >"$HOME/pid"; sleep 300 & wait'
[on late]
run = /nonexistent/program
[on stretch]
run = # no command
INI
export VESPER_REASON='of whoever started the daemon' GIT_DIR=/x GIT_WORK_TREE=/y LISTEN_FDNAMES=z
start_daemon --clock 2026-11-18T17:20:00+01:00,step
ask() {
	python3 tests/lib/say.py "$@"
}
at() {
	ask "{\"clock\":\"2026-11-18T$1:00+01:00\"}"
}
works() {
	ask '{"event":"activity","source":"vim","project":"/p"}'
}

works
at 17:29
works
at 17:30
wait_for test -s "$HOME/stdin"
ok $? "the command of a notice is started"
is "$(cat "$HOME/args")" 'word: one
word: two words
word: $HOME
word: `id`
word: *
word: $(id)
word: ;
word: a;b' "its words are a shell's, but no shell reads them"
fact() {
	sed -n "s/^VESPER_$1=//p" "$HOME/facts"
}
is "$(fact NOTICE) $(fact LEVEL) $(fact DAY) $(fact END)" \
	"warn 0 2026-11-18 18:00" "notice, level, day, end"
is "$(fact AT) $(fact END_AT) $(fact NEXT_AT) $(fact WORKED)" \
	"1795019400 1795021200 1795075200 540" "instants in seconds"
is "$(fact TITLE)" "18:00: the day ends in 30 min" "the title"
like "$(fact BODY)" 'vesper extend' "the body"
is "$(grep -c -E '^(GIT_|LISTEN_|NOTIFY_)' "$HOME/facts")" 0 \
	"nothing of git's or systemd's"
is "$(fact REASON)" "" "no reason is given for what it commits"
is "$(cat "$HOME/where")" "$HOME" "it begins at home"
is "$(grep -vxE '[0-3]' "$HOME/fds")" "" "with no file of ours open"
is "$(cat "$HOME/stdin")" /dev/null "and nothing to read"
unlike "$(cat "$HOME/ignored")" '[13579bdf]...$' "and with SIGPIPE as usual"
wait_for grep -q 'ended with status 3' "$T/daemon.log"
ok $? "that it failed is in the log"
like "$(cat "$T/daemon.log")" '\[on warn\] run: to the log' "what it said, too"
like "$(cat "$T/daemon.log")" 'and\?\[31m this' "made safe to show"

works
at 18:00
at 18:02
wait_for test -s "$HOME/pid"
is "$(cat "$HOME/shell")" "merge 18:00: the end of today's work" \
	"a shell where one was asked for"
is "$(vesper status --format '{regime}')" over "and nobody waits for it"
pid=$(cat "$HOME/pid")

at 18:16
works
at 18:17
works
at 18:21
wait_for grep -q 'on late.*cannot be started' "$T/daemon.log"
ok $? "a program that is missing is named in the log"
kill -0 "$pid" 2>/dev/null
ok $? "the other one still runs"
if [ -n "${VESPER_NIGHTLY:-}" ]; then
	n=0
	until grep -q 'ended after 30 seconds' "$T/daemon.log" ||
		[ $((n += 1)) -gt 400 ]; do
		sleep 0.1
	done
	wait_for grep -q 'on merge.*ended by signal 15' "$T/daemon.log"
	ok $? "after its time it is asked to end"
else
	skip "the time limit takes 30 s: make nightly"
fi
stop_daemon
gone() {
	! kill -0 "$pid" 2>/dev/null
}
wait_for gone
ok $? "when the daemon ends, it is asked to"
done_testing
