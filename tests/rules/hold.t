#!/bin/sh
# SPDX-License-Identifier: MIT
# contrib/hold: full screen on a real X server, and calls as pactl tells them,
# reach the real daemon by name and end as they began.
. tests/lib/test-lib.sh
for program in Xvfb xprop xev; do
	command -v $program >/dev/null || skip_all "no $program here"
done

for f in fullscreen-x11 fullscreen-sway call; do
	if command -v shellcheck >/dev/null; then
		is "$(shellcheck "$TOP/contrib/hold/$f" 2>&1)" "" "$f: sound"
	else
		skip "no shellcheck here"
	fi
done
start_daemon --clock 2026-11-18T17:20:00+01:00,step
held() {
	vesper status --format '{held}'
}
is_held() {
	[ "$(held)" = "$1" ]
}
becomes() { # WHAT NAME
	wait_for is_held "$1"
	is "$(held)" "$1" "$2"
}

# two windows, and who would be their manager
Xvfb -displayfd 9 -screen 0 400x300x24 -nolisten tcp -noreset 9>"$T/display" \
	>"$T/xvfb.log" 2>&1 &
screen=$!
pids="$pids $screen"
wait_for test -s "$T/display"
DISPLAY=:$(cat "$T/display")
export DISPLAY
window() { # NAME: sets $window
	xev -name "$1" >"$T/xev-$1" 2>&1 &
	pids="$pids $!"
	wait_for xwininfo -name "$1"
	window=$(xwininfo -name "$1" | grep -o '0x[0-9a-f]*' | head -n 1)
}
activate() {
	xprop -root -f _NET_ACTIVE_WINDOW 32x -set _NET_ACTIVE_WINDOW "$1"
}
state() { # WINDOW STATE
	xprop -id "$1" -f _NET_WM_STATE 32a -set _NET_WM_STATE "$2"
}
window slides
slides=$window
window editor
editor=$window
xprop -id "$editor" -f WM_CLASS 8s -set WM_CLASS Alacritty
# the manager of a real screen has made these names before
activate "$editor"
state "$slides" _NET_WM_STATE_ABOVE
setsid "$TOP/contrib/hold/fullscreen-x11" kitty Alacritty 2>"$T/hold.err" &
hold=$!
activate "$slides"
state "$slides" _NET_WM_STATE_FULLSCREEN
becomes fullscreen "a window goes full screen: held"
state "$slides" _NET_WM_STATE_ABOVE
becomes "" "and back"
state "$slides" _NET_WM_STATE_FULLSCREEN
becomes fullscreen "again"
activate "$editor"
becomes "" "another window is active"
state "$editor" _NET_WM_STATE_FULLSCREEN
activate "$slides"
becomes fullscreen "the first again"
activate "$editor"
becomes "" "a terminal does not count"
activate "$slides"
becomes fullscreen "once more"
kill "$screen"
becomes "" "when the screen ends, nothing is held any more"
kill -TERM -- "-$hold" 2>/dev/null

# calls
mkdir -p "$T/bin"
cat >"$T/bin/pactl" <<SH
#!/bin/sh
case "\$*" in
subscribe) exec cat "$T/events" ;;
'list short sources') printf '1\tspeaker.monitor\tx\n2\tmicrophone\tx\n' ;;
'list source-outputs') cat "$T/outputs" ;;
esac
SH
chmod +x "$T/bin/pactl"
mkfifo "$T/events"
: >"$T/outputs"
PATH=$T/bin:$PATH "$TOP/contrib/hold/call" noise 2>>"$T/hold.err" &
pids="$pids $!"
exec 7>"$T/events"
output() { # SOURCE NAME
	printf 'Source Output #7\n\tDriver: x\n\tSource: %s\n\tProperties:\n\t\tapplication.name = "%s"\n' \
		"$1" "$2" >"$T/outputs"
	echo "Event 'new' on source-output #7" >&7
}
output 2 Meeting
becomes call "a microphone in use: a call"
: >"$T/outputs"
echo "Event 'remove' on source-output #7" >&7
becomes "" "its end"
output 1 pavucontrol
output 2 "noise filter"
echo "Event 'change' on sink #1" >&7
output 2 Meeting
becomes call "monitors and what is left out are none, the next is"
exec 7>&-
becomes "" "when the sound server ends, so does the call"
is "$(vesper why --json | jq -c .held)" "[]" "nobody is left"
is "$(grep -vE 'Terminated|X connection|XIO|requests' "$T/hold.err")" "" "nothing on stderr"
done_testing
