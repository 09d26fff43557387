#!/bin/sh
# SPDX-License-Identifier: MIT
# Notices on a real screen, answered the ways a person answers them.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dunst dunstctl Xvfb dbus-daemon gdbus xdotool import

start_session_bus
start_screen
start_dunst
start_desktop

says '{"bus":true}' "the session bus is met"
says_like '^\{"server":"dunst","version":"[^"]+","capabilities":\[.*"actions"' \
	"the server is named with what it can"
tell '{"ping":5}'
says '{"pong":5}' "a ping is answered"

displayed() {
	dunstctl count displayed | tr -dc 0-9
}
displays() {
	[ "$(displayed)" = "$1" ]
}

actions='"actions":[["merge","Merge"],["plus","+15 min"]]'
tell '{"show":17,"notice":"merge","level":1,"title":"18:00: <b>done</b> & <i>/src/a&b",' \
	'"body":"branch <u>evil</u> & \"x\" has 3 commits\nסיום היום: מיזוג",' \
	"$actions,\"urgency\":\"normal\",\"transient\":false}"
shows 17 "a notice is shown"
is "$(displayed)" 1 "one popup is up"
screenshot dunst-markup

echo '+15 min' >"$T/pick"
dunstctl context
says '{"action":17,"key":"plus"}' "the second button's press arrives"
like "$(cat "$T/offered")" 'Merge' "the first label is offered"
like "$(cat "$T/offered")" '\+15 min' "the second label is offered"
says_like '^\{"closed":17,"reason":[1-4]\}$' "and that it is gone"

# replaced, not stacked
tell "{\"show\":18,\"title\":\"one\",\"body\":\"b\",$actions}"
shows 18 "the next one is shown"
tell "{\"show\":19,\"replaces\":18,\"title\":\"two\",\"body\":\"b\",$actions}"
shows 19 "another takes its place"
is "$(displayed)" 1 "still one popup is up"
tell '{"close":18}'
in_step
is "$(displayed)" 1 "the replaced number closes nothing"
xdotool mousemove 650 50 click 1
says '{"action":19,"key":"default"}' "a left click is the harmless action"
is "$(grep -c '"closed":18\|"action":18' "$T/said")" 0 \
	"the replaced one says nothing more"
says_like '^\{"closed":19,' "the clicked one is gone"

tell '{"show":20,"title":"dismissed","body":""}'
shows 20 "one without buttons is shown"
xdotool mousemove 650 50 click 3
says '{"closed":20,"reason":2}' "a right click is told as dismissed"

tell '{"show":21,"title":"answered elsewhere","body":"b"}'
shows 21 "one to be closed by order"
tell '{"close":21}'
says '{"closed":21,"reason":3}' "it is closed by order"
wait_for displays 0
ok $? "and off the screen"
tell '{"close":21}'
tell '{"close":4711}'
in_step
is "$(how_often '{"closed":21,"reason":3}')" 1 "it is told once"

# hints, as dunst keeps them in its history
history=$(gdbus call --session $NOTIFY \
	-m org.dunstproject.cmd0.NotificationListHistory)
like "$history" "'appname': <'Vesper'>" "the program is Vesper"
like "$history" "'category': <'x-vesper.boundary'>" "the category is ours"
like "$history" '&lt;u&gt;evil&lt;/u&gt; &amp;' "markup in names is text"

# killed while it shows: what is up, is found again
tell '{"show":30,"title":"first","body":"b"}'
shows 30 "one more"
kill_now "$desktop_pid"
start_desktop
tell '{"show":30,"title":"again","body":"b"}'
shows 30 "and again by another process"
is "$(displayed)" 1 "is up once even when its place was lost"

tell '{"show":31,"title":"other","body":"b"}'
shows 31 "one that was not said to replace it"
says_like '^\{"closed":30,"reason":[1-4]\}$' "replaces it, too, and that is said"
is "$(displayed)" 1 "one notice at a time"

tell '{"show":22,"title":"now","body":"b","urgency":"critical"}'
shows 22 "a critical one is shown"
screenshot dunst-critical
exec 8>&-
wait_for ended "$desktop_pid"
ok $? "the end of its input ends it"
wait "$desktop_pid"
is $? 0 "with success"
wait_for displays 0
ok $? "and takes its notice off the screen"

# do-not-disturb
start_desktop
tell '{"watch":{"dnd":true}}'
says '{"dnd":false,"by":"dunst"}' "do-not-disturb is read"
dunstctl set-paused true
says '{"dnd":true,"by":"dunst"}' "and followed"
dunstctl set-paused false
wait_for said_times '{"dnd":false,"by":"dunst"}' 2
forget_said
tell '{"dnd":true}'
says '{"dnd_set":true,"was":false,"by":"dunst"}' "and switched"
is "$(dunstctl is-paused)" true "dunst is paused"
says '{"dnd":true,"by":"dunst"}' "which is heard of, too"
is "$(grep -o 'dnd[_set]*' "$T/said" | tr '\n' ' ')" "dnd_set dnd " \
	"after the answer"
forget_said
tell '{"dnd":true}'
says '{"dnd_set":true,"was":true,"by":"dunst"}' "once more changes nothing"
tell '{"dnd":false}'
says '{"dnd_set":false,"was":true,"by":"dunst"}' "and back"
is "$(dunstctl is-paused)" false "dunst is not paused"
tell '{"watch":{}}'
forget_said
dunstctl set-paused true
dunstctl set-paused false
gdbus call --session $NOTIFY -m org.freedesktop.DBus.Peer.Ping >/dev/null
in_step
is "$(grep -c '"dnd"' "$T/said")" 0 "no more of it when not asked for"

# TERM is at once, whatever it is doing
kill -TERM "$desktop_pid"
wait_for ended "$desktop_pid"
ok $? "TERM ends it"
done_testing
