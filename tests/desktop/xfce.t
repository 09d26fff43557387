#!/bin/sh
# SPDX-License-Identifier: MIT
# A server that draws buttons: they are clicked where they are on the screen.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need Xvfb dbus-daemon gdbus xdotool import convert

services=/usr/share/dbus-1/services
notifyd=$(sed -n 's/^Exec=//p' \
	$services/org.xfce.xfce4-notifyd.Notifications.service 2>/dev/null)
[ -x "${notifyd:-/none}" ] || skip_all "no xfce4-notifyd here"
[ -f $services/org.xfce.Xfconf.service ] || skip_all "no xfconfd here"

mkdir -p "$T/session-services"
cp $services/org.xfce.xfce4-notifyd.Notifications.service \
	$services/org.xfce.Xfconf.service "$T/session-services"
start_screen
export XDG_CONFIG_HOME="$T/config"
start_session_bus
start_desktop

actions='"actions":[["merge","Merge"],["plus","+15 min"]]'
body='"body":"7h 40m <u>today</u> & more"'

popup() {
	xdotool search --onlyvisible --class xfce4-notifyd 2>/dev/null |
		head -n 1
}
windows_are() {
	[ "$(xdotool search --onlyvisible --class xfce4-notifyd 2>/dev/null |
		wc -l)" -eq "$1" ]
}
# press X LINE: clicks in the row of buttons, X pixels from its right end,
# until LINE is said
press() {
	eval "$(xdotool getwindowgeometry --shell "$(popup)")"
	clicks "$((X + WIDTH - $1))" "$((Y + HEIGHT - 31))" "$2"
}
clicks() {
	n=0
	until said "$3" || [ "$n" -gt 20 ]; do
		xdotool mousemove "$1" "$2" click 1
		sleep 0.1
		n=$((n + 1))
	done
}
# black pixels of the screen turn into a popup that is painted
painted() {
	import -window root "$T/screen.png" &&
		[ "$(convert "$T/screen.png" -format '%[fx:mean*1000>20]' \
			info:)" = 1 ]
}

tell "{\"show\":1,\"title\":\"It is 18:00 & <b>\",$body,$actions}"
shows 1 "the server is started by the notice"
says_like '"server":"Xfce Notify Daemon"' "and is the one of Xfce"
wait_for windows_are 1
wait_for painted
screenshot xfce
press 150 '{"action":1,"key":"merge"}'
says '{"action":1,"key":"merge"}' "the left button is the first action"
says_like '^\{"closed":1,"reason":[1-4]\}$' "and takes the notice away"
wait_for windows_are 0 # it fades

tell "{\"show\":2,\"title\":\"two\",$body,$actions}"
shows 2 "another one"
tell "{\"show\":3,\"replaces\":2,\"title\":\"three\",$body,$actions}"
shows 3 "and one in its place"
wait_for windows_are 1
ok $? "one window is up"
press 57 '{"action":3,"key":"plus"}'
says '{"action":3,"key":"plus"}' "the right button is the second action"
is "$(grep -c '"key":"default"' "$T/said")" 0 "no third button is drawn"

tell '{"watch":{"dnd":true}}'
says '{"dnd":false,"by":"xfce"}' "do-not-disturb that was never set is off"
gdbus call --session -d org.xfce.Xfconf -o /org/xfce/Xfconf \
	-m org.xfce.Xfconf.SetProperty xfce4-notifyd /do-not-disturb \
	'<true>' >/dev/null
says '{"dnd":true,"by":"xfce"}' "it is followed"
tell '{"dnd":false}'
says '{"dnd_set":false,"was":true,"by":"xfce"}' "and switched"
done_testing
