# SPDX-License-Identifier: MIT
# Sourced after test-lib.sh: a private bus, a screen, real notification
# servers, and the program `desktop` with a pipe to each end.  Nothing of it
# survives cleanup(), which test-lib.sh runs at exit.

SCREENS=$O/screens
NOTIFY="-d org.freedesktop.Notifications -o /org/freedesktop/Notifications"

# need PROGRAM...: skips the whole test when one is missing
need() {
	for program; do
		command -v "$program" >/dev/null 2>&1 ||
			skip_all "no $program here"
	done
}

need_python() {
	python=/usr/bin/python3
	"$python" -c "import $1" 2>/dev/null ||
		skip_all "no python3 with $1 here"
}

# start_bus NAME: a bus that can start nothing but what lies in
# $T/NAME-services; sets bus_address and bus_pid
start_bus() {
	mkdir -p "$T/$1-services"
	cat >"$T/$1.conf" <<-CONF
	<!DOCTYPE busconfig PUBLIC
	 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
	 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
	<busconfig><type>session</type>
	<listen>unix:path=$T/$1.socket</listen>
	<servicedir>$T/$1-services</servicedir>
	<policy context="default"><allow send_destination="*"/>
	<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
	CONF
	dbus-daemon --config-file="$T/$1.conf" --nofork --nopidfile \
		>"$T/$1.log" 2>&1 &
	bus_pid=$!
	pids="$pids $bus_pid"
	bus_address=unix:path=$T/$1.socket
	wait_for test -S "$T/$1.socket"
}

start_session_bus() {
	start_bus session
	export DBUS_SESSION_BUS_ADDRESS="$bus_address"
}

start_screen() {
	Xvfb -displayfd 9 -screen 0 800x600x24 -nolisten tcp -noreset \
		9>"$T/display" >"$T/xvfb.log" 2>&1 &
	pids="$pids $!"
	wait_for test -s "$T/display"
	DISPLAY=:$(cat "$T/display")
	export DISPLAY GDK_BACKEND=x11
}

# The user in front of dunst's menu: keeps what the menu offers, and picks the
# line that $T/pick names.
start_dunst() {
	cat >"$T/menu" <<-MENU
	#!/bin/sh
	cat >"$T/offered"
	grep -m1 -F -- "\$(cat "$T/pick")" "$T/offered"
	MENU
	chmod +x "$T/menu"
	cat >"$T/dunstrc" <<-RC
	[global]
	    width = 400
	    offset = 20x20
	    origin = top-right
	    font = DejaVu Sans 11
	    markup = full
	    format = "<b>%s</b>\n%b"
	    dmenu = $T/menu
	    mouse_left_click = do_action
	    mouse_right_click = close_current
	[urgency_normal]
	    timeout = 0
	RC
	dunst -conf "$T/dunstrc" >>"$T/dunst.log" 2>&1 9>&- &
	dunst_pid=$!
	pids="$pids $dunst_pid"
	wait_for has_server
}

has_server() {
	gdbus call --session -d org.freedesktop.DBus \
		-o /org/freedesktop/DBus -m \
		org.freedesktop.DBus.NameHasOwner \
		org.freedesktop.Notifications | grep -q true
}

# kill_now PID: and nobody hears of it
kill_now() {
	kill -KILL "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}

# start_desktop: sets desktop_pid; its lines go to $T/said
start_desktop() {
	rm -f "$T/tell"
	mkfifo "$T/tell"
	: >"$T/said"
	"$O/libexec/desktop" <"$T/tell" >>"$T/said" 2>>"$T/desktop.log" &
	desktop_pid=$!
	pids="$pids $desktop_pid"
	exec 8>"$T/tell"
}

tell() {
	printf '%s\n' "$*" >&8
}

# said LINE: whether it was said, exactly, in the keys' order
said() {
	grep -Fxq -- "$1" "$T/said"
}

says() {
	wait_for said "$1"
	ok $? "$2"
	said "$1" || sed 's/^/# said: /' "$T/said"
}

# says_like PATTERN NAME
says_like() {
	wait_for grep -Eq -- "$1" "$T/said"
	ok $? "$2"
	grep -Eq -- "$1" "$T/said" || sed 's/^/# said: /' "$T/said"
}

# shows N NAME
shows() {
	says_like "^\\{\"shown\":$1," "$2"
}

# how_often LINE: how often it was said
how_often() {
	grep -Fxc -- "$1" "$T/said"
}

# in_step: returns when everything told before was dealt with; what is said
# because of a server may still be under way
in_step() {
	steps=$((${steps:-0} + 1))
	tell "{\"ping\":9$steps}"
	wait_for said "{\"pong\":9$steps}"
}

# forget_said: so that says() means "from now on"
forget_said() {
	in_step
	: >"$T/said"
}

ended() {
	! kill -0 "$1" 2>/dev/null
}

# screenshot NAME
screenshot() {
	mkdir -p "$SCREENS"
	import -window root "$T/$1.png" && cp -f "$T/$1.png" "$SCREENS/"
}

# said_times LINE N
said_times() {
	[ "$(how_often "$1")" -eq "$2" ]
}

# start_fake NAME=VALUE...: the misbehaving server; its calls go to $T/calls
start_fake() {
	rm -f "$T/fake-tell"
	mkfifo "$T/fake-tell"
	/usr/bin/python3 "$TOP/tests/desktop/fake-server" "$T/calls" "$@" \
		<"$T/fake-tell" 2>>"$T/fake.log" &
	fake_pid=$!
	pids="$pids $fake_pid"
	exec 7>"$T/fake-tell"
	wait_for has_server
}

tell_fake() {
	printf '%s\n' "$*" >&7
}

stop_fake() {
	exec 7>&-
	kill_now "$fake_pid"
}

# calls JQ: of the calls so far, e.g. calls 'select(.call=="Notify").title'
calls() {
	jq -rc "$1" "$T/calls" 2>/dev/null
}

notifies() {
	calls 'select(.call == "Notify") | 1' | grep -c 1
}
