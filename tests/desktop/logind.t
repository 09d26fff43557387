#!/bin/sh
# SPDX-License-Identifier: MIT
# Lock and sleep, as a logind (of python-dbusmock) tells them.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dbus-daemon gdbus jq
need_python dbusmock

start_session_bus
start_bus system
export DBUS_SYSTEM_BUS_ADDRESS="$bus_address"
unset XDG_SESSION_ID

# login1 PATH METHOD ARG...: calls the mock
login1() {
	path=$1
	shift
	gdbus call --system -d org.freedesktop.login1 \
		-o "/org/freedesktop/login1$path" -m "$@"
}
mock() {
	path=$1 method=$2
	shift 2
	login1 "$path" "org.freedesktop.DBus.Mock.$method" "$@"
}
prepare_for_sleep() {
	mock '' EmitSignal org.freedesktop.login1.Manager PrepareForSleep b \
		"[<$1>]"
}
# a signal of session $1
session_says() {
	mock "/session/$1" EmitSignal org.freedesktop.login1.Session "$2" '' \
		'@av []'
}
hint() {
	mock "/session/$1" UpdateProperties org.freedesktop.login1.Session \
		"{'LockedHint': <$2>}"
}
# what logind calls the user's display
display() {
	login1 "/user/$uid" org.freedesktop.DBus.Properties.Set \
		org.freedesktop.login1.User Display \
		"<('$1', objectpath '/org/freedesktop/login1/session/$1')>"
}
inhibited() {
	login1 '' org.freedesktop.login1.Manager.ListInhibitors |
		grep -q "'sleep', 'Vesper'.*'delay'"
}
free() {
	! inhibited
}
has_logind() {
	login1 '' org.freedesktop.DBus.Peer.Ping
}

# without it
start_desktop
tell '{"watch":{"lock":true,"sleep":true}}'
says_like '^\{"logind":false,"why":"[^"]' "no logind is said"
tell '{"ping":1}'
says '{"pong":1}' "and everything else works"
exec 8>&-
wait_for ended "$desktop_pid"

(DBUS_SYSTEM_BUS_ADDRESS=unix:path=$T/none
export DBUS_SYSTEM_BUS_ADDRESS
start_desktop
tell '{"watch":{"lock":true,"sleep":true}}'
wait_for grep -q '"logind":false' "$T/said"
in_step
cat "$T/said" >"$T/no-system-bus")
like "$(cat "$T/no-system-bus")" '^\{"logind":false,"why":"[^"]' \
	"nor is a system bus needed"

/usr/bin/python3 -m dbusmock --system --template logind >"$T/mock.log" 2>&1 &
pids="$pids $!"
wait_for has_logind
uid=$(id -u)
mock '' AddSession c1 seat0 "$uid" me true >/dev/null
mock '' AddSession c2 seat0 4711 other true >/dev/null
mock '' AddMethod org.freedesktop.login1.Manager GetUser u o \
	"ret = dbus.ObjectPath('/org/freedesktop/login1/user/' + str(args[0]))" \
	>/dev/null
display c1 >/dev/null
hint c1 true >/dev/null

start_desktop
in_step
free
ok $? "sleep is not delayed unasked"
tell '{"watch":{"lock":true,"sleep":true}}'
says '{"logind":true}' "logind is met"
says '{"lock":true}' "a lock that holds already is said"
wait_for inhibited
ok $? "sleep is delayed for us"
forget_said
hint c1 false >/dev/null
says '{"lock":false}' "the hint is followed"
forget_said
session_says c2 Lock >/dev/null
hint c2 true >/dev/null
session_says c1 Lock >/dev/null
says '{"lock":true}' "Lock is heard"
session_says c1 Unlock >/dev/null
says '{"lock":false}' "Unlock is heard"
is "$(grep -c lock "$T/said")" 2 "of our own session only"

prepare_for_sleep true >/dev/null
says '{"sleep":true}' "sleep is announced"
in_step
inhibited
ok $? "and waits"
tell '{"sleep_ok":true}'
wait_for free
ok $? "until the daemon has written"
prepare_for_sleep false >/dev/null
says '{"sleep":false}' "waking up is said"
wait_for inhibited
ok $? "and the next sleep delayed again"

# another session takes the place of ours
forget_said
mock '' AddSession c3 seat0 "$uid" me true >/dev/null
display c3 >/dev/null
mock '' EmitSignal org.freedesktop.login1.Manager SessionRemoved so \
	"[<'c1'>, <objectpath '/org/freedesktop/login1/session/c1'>]" >/dev/null
locks_c3() {
	session_says c3 Lock && grep -q lock "$T/said"
}
wait_for locks_c3
ok $? "a new session is followed"

tell '{"watch":{}}'
in_step
wait_for free
ok $? "what is not asked for any more is let go"
forget_said
session_says c3 Lock >/dev/null
prepare_for_sleep true >/dev/null
in_step
is "$(grep -c 'lock\|sleep' "$T/said")" 0 "and not said"
exec 8>&-
wait_for ended "$desktop_pid"

# by the session's own name
export XDG_SESSION_ID=c2
start_desktop
tell '{"watch":{"lock":true}}'
says '{"lock":true}' "the session we run in goes first"
in_step
free
ok $? "sleep is not delayed for the lock's sake"
done_testing
