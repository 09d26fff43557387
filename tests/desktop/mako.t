#!/bin/sh
# SPDX-License-Identifier: MIT
# mako on a headless sway: Wayland, and a server that tells everybody.  sway
# does not run as root, so root becomes nobody first.
if [ "$(id -u)" -eq 0 ] && [ -z "${VESPER_NOBODY:-}" ]; then
	O=${O:-$PWD/build}
	out=$(mktemp -d) && chmod 777 "$out"
	VESPER_NOBODY=$out O=$O setpriv --reuid 65534 --regid 65534 \
		--clear-groups --no-new-privs sh "$0"
	status=$?
	mkdir -p "$O/screens"
	cp "$out"/*.png "$O/screens/" 2>/dev/null
	rm -rf "$out"
	exit "$status"
fi
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need sway mako makoctl grim dbus-daemon gdbus
[ -x "$O/libexec/desktop" ] || skip_all "the build cannot be read by nobody"
SCREENS=${VESPER_NOBODY:-$SCREENS}

start_session_bus
echo 'output * resolution 800x600 bg #444444 solid_color
xwayland disable' >"$T/sway.conf"
WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \
	LIBSEAT_BACKEND=noop sway -c "$T/sway.conf" >"$T/sway.log" 2>&1 &
pids="$pids $!"
socket_is_there() {
	WAYLAND_DISPLAY=$(cd "$T/run" && ls -d wayland-? 2>/dev/null)
	[ -S "$T/run/$WAYLAND_DISPLAY" ]
}
wait_for socket_is_there || skip_all "sway does not start here"
export WAYLAND_DISPLAY
printf '[mode=do-not-disturb]\ninvisible=1\n' >"$T/mako.conf"
mako -c "$T/mako.conf" >"$T/mako.log" 2>&1 &
pids="$pids $!"
wait_for has_server
start_desktop
says_like '"server":"mako"' "mako is met"

actions='"actions":[["merge","Merge"],["plus","+15 min"]]'
tell "{\"show\":1,\"title\":\"It is 18:00 & <b>\",\"body\":\"7h 40m <u>today</u> & more\nסיום היום\",$actions}"
shows 1 "a notice is shown"
tell "{\"show\":2,\"replaces\":1,\"title\":\"It is 18:05 & <b>\",\"body\":\"7h 45m <u>today</u> & more\nסיום היום\",$actions}"
shows 2 "another takes its place"
is "$(makoctl list | grep -c '"app-name"')" 1 "one is up"
mkdir -p "$SCREENS"
painted() {
	grim "$T/screen.png" && [ "$(stat -c %s "$T/screen.png")" -gt 4000 ]
}
wait_for painted
cp "$T/screen.png" "$SCREENS/mako.png"
makoctl invoke plus
says '{"action":2,"key":"plus"}' "a button's press arrives"
says_like '^\{"closed":2,"reason":[1-4]\}$' "and takes it away"
tell "{\"show\":3,\"title\":\"three\",\"body\":\"b\",$actions}"
shows 3 "one more"
makoctl dismiss -a
says '{"closed":3,"reason":2}' "is dismissed"

tell '{"watch":{"dnd":true}}'
says '{"dnd":false,"by":"mako"}' "do-not-disturb is read"
tell '{"dnd":true}'
says '{"dnd_set":true,"was":false,"by":"mako"}' "switched on"
like "$(makoctl mode)" '^do-not-disturb$' "mako is in that mode"
tell '{"dnd":false}'
says '{"dnd_set":false,"was":true,"by":"mako"}' "and off"
unlike "$(makoctl mode)" 'do-not-disturb' "and out of it"
done_testing
