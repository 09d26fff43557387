#!/bin/sh
# SPDX-License-Identifier: MIT
# Session buses that are missing, dead, mute or end, and servers that have to
# be started.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dbus-daemon gdbus jq
need_python gi

# runs_out NAME: it leaves by itself, with success
runs_out() {
	wait_for ended "$desktop_pid"
	ok $? "$1: it ends"
	wait "$desktop_pid"
	is $? 0 "$1: with success"
	exec 8>&-
}

# a mute bus first: its limit runs while the others are tried
/usr/bin/python3 -c '
import socket, sys, signal
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(9)
signal.pause()
' "$T/mute" &
pids="$pids $!"
wait_for test -S "$T/mute"
mkfifo "$T/mute-tell"
DBUS_SESSION_BUS_ADDRESS=unix:path=$T/mute "$O/libexec/desktop" \
	<"$T/mute-tell" >"$T/mute-said" &
mute_desktop=$!
pids="$pids $mute_desktop"
exec 6>"$T/mute-tell"
echo '{"ping":1}' >&6
wait_for grep -q pong "$T/mute-said"
is "$(cat "$T/mute-said")" '{"pong":1}' "a mute bus does not make it deaf"

start_desktop
says_like '^\{"bus":false,"why":"there is no session bus' "no bus is said"
runs_out "no bus"

# with a display GIO would start one by dbus-launch
mkdir "$T/bin"
printf '#!/bin/sh\necho launched >>"%s"\n' "$T/launched" >"$T/bin/dbus-launch"
chmod +x "$T/bin/dbus-launch"
PATH=$T/bin:$PATH
export DISPLAY=:99
start_desktop
says_like '^\{"bus":false,' "a display is no bus"
runs_out "a display"
export DBUS_SESSION_BUS_ADDRESS=autolaunch:
start_desktop
says_like '^\{"bus":false,' "nor is one to be launched"
runs_out "autolaunch"
test ! -e "$T/launched"
ok $? "no bus was started"
unset DISPLAY

export DBUS_SESSION_BUS_ADDRESS="unix:path=$T/nothing-here"
start_desktop
says_like '^\{"bus":false,"why":"[^"]' "a dead address is said"
runs_out "a dead address"

# found without an address, as systemd and elogind leave it
start_bus session
unset DBUS_SESSION_BUS_ADDRESS
ln -s "$T/session.socket" "$XDG_RUNTIME_DIR/bus"
start_desktop
says '{"bus":true}' "the runtime directory's bus is found"
rm "$XDG_RUNTIME_DIR/bus"
export DBUS_SESSION_BUS_ADDRESS="$bus_address"
says '{"server":null}' "with nobody to show a notice"
tell 'not json'
tell '[1]'
tell '{"what":"is this"}'
says '{"error":"not an object"}' "what is no object is refused"
is "$(grep -c '"error"' "$T/said")" 2 "and what is no JSON; the rest ignored"
tell '{"show":"x","title":"t"}'
says '{"error":"show: not a number"}' "nor has a notice any other name"
kill -STOP "$bus_pid"
tell '{"show":1,"title":"t","body":"b"}'
tell '{"ping":7}'
says '{"pong":7}' "a bus that stops does not make it deaf"
kill -CONT "$bus_pid"
kill "$bus_pid"
says_like '^\{"bus":false,"why":"[^"]' "the end of the bus is said"
runs_out "the end of the bus"

# --- servers that are started when needed ---------------------------------
service() {
	mkdir -p "$T/session-services"
	cat >"$T/session-services/n.service" <<-SERVICE
	[D-BUS Service]
	Name=org.freedesktop.Notifications
	Exec=$*
	SERVICE
}

cat >"$T/hang" <<HANG
#!/bin/sh
echo \$\$ >"$T/hang-pid"
exec sleep 600
HANG
chmod +x "$T/hang"
rm -f "$T/session.socket"
service "$T/hang"
start_session_bus
start_desktop
says '{"server":null}' "a server that could be started is not, unasked"
test ! -e "$T/hang-pid"
ok $? "really"
tell '{"show":1,"title":"t","body":"b"}'
wait_for test -s "$T/hang-pid"
tell '{"ping":2}'
says '{"pong":2}' "a start that hangs does not make us deaf"
says_like '^\{"server":null,"why":"[^"]' "after a while it is said"
kill "$(cat "$T/hang-pid")"
exec 8>&-
wait_for ended "$desktop_pid"
kill_now "$bus_pid"

rm -f "$T/session.socket"
service /bin/false
start_session_bus
start_desktop
tell '{"show":2,"title":"t","body":"b"}'
says_like '^\{"server":null,"why":"[^"]' "a start that fails is said"
: >"$T/calls"
start_fake
shows 2 "and the notice kept until one comes"
stop_fake
exec 8>&-
wait_for ended "$desktop_pid"
kill_now "$bus_pid"

rm -f "$T/session.socket" "$T/calls"
service "$TOP/tests/desktop/fake-server" "$T/calls" name=started
start_session_bus
start_desktop
tell '{"show":3,"title":"t","body":"b"}'
shows 3 "a server that can be started is, for a notice"
says_like '"server":"started"' "and met"
is "$(notifies)" 1 "it is given it once"
exec 8>&-
wait_for ended "$desktop_pid"
kill_now "$bus_pid" # the server leaves with its bus

says_mute() {
	grep -q '"bus":false,"why":"the bus does not answer"' "$T/mute-said"
}
wait_for says_mute
ok $? "a mute bus is given up"
wait_for ended "$mute_desktop"
ok $? "and it ends"
wait "$mute_desktop"
is $? 0 "with success"
done_testing
