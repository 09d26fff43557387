#!/bin/sh
# SPDX-License-Identifier: MIT
# The config while running: read again when it is saved or on SIGHUP; a file
# that cannot be used as a whole leaves the old one in force.
. tests/lib/test-lib.sh
mkdir -p "$HOME/.config/vesper"
C=$HOME/.config/vesper/config.ini
printf '[workday]\nmerge = 17:00\n' >"$C"
end() { vesper status --json | jq -r '.day.effective_end | strflocaltime("%H:%M")'; }
ends() { [ "$(end)" = "$1" ]; }

start_daemon --clock 2026-11-18T10:00:00+01:00,step
is "$(end)" 17:00 "the config's end"
printf '[workday]\nmerge = 16:30\n' >"$C"
wait_for ends 16:30
ok $? "a saved file is read"
chmod 000 "$C" && rm -f "$C" && mkdir "$C"
kill -HUP "$daemon_pid"
wait_for grep -q 'config in force stays' "$T/daemon.log"
ok $? "a directory in its place is named"
is "$(end)" 16:30 "and the old one stays in force"
bad_config() {
	vesper doctor >"$T/doctor"
	is "$? $(grep -c '^wrong  config: .*is a directory' "$T/doctor")" "1 1" \
		"doctor names it$1"
	like "$(cat "$T/doctor")" '^ok +history: ' "and the history is well"
	is "$(LANGUAGE=de vesper doctor --json |
		jq '[.checks[] | select(.name == "config")] | length')" 1 \
		"once, under its name, in any language"
	is "$(vesper status --json | jq .problems)" 1 "status counts it"
}
bad_config ""
like "$(cat "$T/daemon.log")" "^The config could not be read" \
	"and a notice says so"
stop_daemon
start_daemon --clock 2026-11-18T10:00:00+01:00,step
bad_config ", at the start as well"
rmdir "$C"
printf '[workday]\nmerge = 25:00\nstart = 08:00\n[wrkday]\nx = 1\n' >"$C"
wait_for grep -q 'config.ini:2' "$T/daemon.log"
ok $? "a bad value is named with its line"
like "$(cat "$T/daemon.log")" 'config.ini:4.*workday' "a bad section with the nearest name"
is "$(vesper status --json | jq -r '.day.start | strflocaltime("%H:%M")')" 08:00 "the rest works"
is "$(end)" 18:00 "the bad value keeps its default"
vesper doctor >"$T/doctor"
is $? 1 "doctor says something is wrong"
like "$(cat "$T/doctor")" '25:00' "and what"
rm "$C"
no_problems() { vesper status --json | jq -e '.problems == 0'; }
wait_for no_problems
ok $? "no file is all defaults"
mv "$HOME/.config/vesper" "$T/away"
mkdir "$HOME/.config/vesper"
printf '[workday]\nmerge = 15:00\n' >"$C"
wait_for ends 15:00
ok $? "another directory in its place is read"
stop_daemon

rm -rf "$HOME/.config"
mkdir -p "$HOME/.config/vesper"
printf '[workday]\nmerge = 25:00\n' >"$C"
: >"$T/daemon.log"
start_daemon --clock 2026-11-18T10:00:00+01:00,step
is "$(grep -c 'merge = 25:00' "$T/daemon.log")" 1 "a mistake is told once in a terminal"
stop_daemon
rm -r "$HOME/.config"
start_daemon --clock 2026-11-18T10:00:00+01:00,step
mkdir "$HOME/.config" && mkdir "$HOME/.config/vesper"
printf '[workday]\nmerge = 17:30\n' >"$C"
wait_for ends 17:30
ok $? "the first config is read, and its directories are new"
rm -r "$HOME/.config"
wait_for ends 18:00
ok $? "they go, and all is default"
mkdir -p "$T/new/vesper"
printf '[workday]\nmerge = 14:00\n' >"$T/new/vesper/config.ini"
mv "$T/new" "$HOME/.config"
wait_for ends 14:00
ok $? "they come back with a config in them"
stop_daemon
done_testing
