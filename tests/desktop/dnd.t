#!/bin/sh
# SPDX-License-Identifier: MIT
# Do-not-disturb of desktops that do not run here, spoken as they speak; dunst
# and Xfce are tried for real in their own tests.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dbus-daemon gdbus jq gsettings glib-compile-schemas
need_python gi

start_session_bus
# Before the program starts: settings in a file, and two schemas of which
# the keys mean the opposite of each other.
export GSETTINGS_BACKEND=keyfile XDG_CONFIG_HOME="$T/config"
export GSETTINGS_SCHEMA_DIR="$T/schemas"
mkdir -p "$T/config/glib-2.0/settings" "$T/schemas"
schema() {
	cat >"$T/schemas/$1.gschema.xml" <<-XML
	<schemalist><schema id="$1" path="/$2/"><key name="$3" type="b">
	<default>$4</default></key></schema></schemalist>
	XML
}
schema org.gnome.desktop.notifications gnome show-banners true
schema org.mate.NotificationDaemon mate do-not-disturb false
glib-compile-schemas "$T/schemas" || skip_all "no schemas can be compiled"

start_desktop
tell '{"dnd":true}'
says '{"dnd_set":null,"why":"there is no notification server"}' \
	"without a server there is nothing to switch"
tell '{"watch":{"dnd":true}}'

# over the bus: NAME BY, with the server's own switch
over_the_bus() {
	forget_said
	: >"$T/calls"
	start_fake name="$1" also="$2"
	says "{\"dnd\":false,\"by\":\"$2\"}" "$2: read"
	if [ "$2" != mako ]; then # an old mako does not tell of changes
		tell_fake dnd 1
		says "{\"dnd\":true,\"by\":\"$2\"}" "$2: followed"
		tell_fake dnd 0
		wait_for said_times "{\"dnd\":false,\"by\":\"$2\"}" 2
	fi
	tell '{"dnd":true}'
	says "{\"dnd_set\":true,\"was\":false,\"by\":\"$2\"}" "$2: switched on"
	tell '{"dnd":false}'
	says "{\"dnd_set\":false,\"was\":true,\"by\":\"$2\"}" "$2: and off"
}
over_the_bus Plasma plasma
is "$(calls 'select(.cookie).cookie')" 5 "plasma: by the cookie it gave"
forget_said
tell_fake dnd 1
says '{"dnd":true,"by":"plasma"}' "plasma: somebody else's"
tell '{"dnd":false}'
says_like '^\{"dnd_set":null,"why":' "plasma: is not ours to switch off"
stop_fake
says '{"dnd":false,"by":"plasma","gone":true}' \
	"plasma: it ends with its server"

over_the_bus SwayNotificationCenter swaync
stop_fake
over_the_bus mako mako
is "$(calls 'select(.modes).modes' | tr '\n' ' ')" \
	'["default","do-not-disturb"] ["default"] ' "mako: other modes stay"
stop_fake

# in the settings: SERVER BY SCHEMA KEY ON OFF
in_the_settings() {
	forget_said
	start_fake name="$1"
	says "{\"dnd\":false,\"by\":\"$2\"}" "$2: read"
	gsettings set "$3" "$4" "$5"
	says "{\"dnd\":true,\"by\":\"$2\"}" "$2: followed"
	tell '{"dnd":false}'
	says "{\"dnd_set\":false,\"was\":true,\"by\":\"$2\"}" "$2: switched off"
	wait_for setting_is "$3" "$4" "$6"
	ok $? "$2: for everybody"
	wait_for said_times "{\"dnd\":false,\"by\":\"$2\"}" 2
	tell '{"dnd":true}'
	says "{\"dnd_set\":true,\"was\":false,\"by\":\"$2\"}" "$2: and on"
	forget_said
	stop_fake
	says_like '"dnd":false' "$2: over when the server leaves"
}
setting_is() {
	[ "$(gsettings get "$1" "$2")" = "$3" ]
}
in_the_settings gnome-shell gnome org.gnome.desktop.notifications \
	show-banners false true
in_the_settings "Notification Daemon" mate org.mate.NotificationDaemon \
	do-not-disturb true false

# a missing schema would end the program, were it not looked up first
forget_said
start_fake name=cinnamon
says_like '"server":"cinnamon"' "a desktop without its schema"
tell '{"dnd":true}'
says_like '^\{"dnd_set":null,"why":"cinnamon ' "has nothing to switch"
is "$(grep -c '"dnd"' "$T/said")" 0 "and nothing to say"
stop_fake
unlike "$(cat "$T/desktop.log")" . "nothing on stderr"
done_testing
