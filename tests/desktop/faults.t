#!/bin/sh
# SPDX-License-Identifier: MIT
# What notification servers do to their clients, and that nothing is lost and
# nothing doubled by it.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dbus-daemon gdbus jq
need_python gi

start_session_bus
start_desktop
: >"$T/calls"

# nobody there yet
says '{"server":null}' "that there is no server is said"
tell '{"show":1,"title":"kept","body":"b"}'
says_like '^\{"server":null,"why":' "none can be started, and why"
tell '{"show":2,"title":"closed meanwhile","body":"b"}'
tell '{"close":2}'
says '{"closed":2,"reason":3}' "what is closed before is closed"
tell '{"show":3,"title":"older","body":"b"}'
tell '{"show":4,"replaces":3,"title":"newest","body":"b"}'
start_fake
says_like '^\{"server":"fake","version":"1.0","capabilities":\["actions",' \
	"a server that appears is met"
shows 4 "and shown what was missed"
is "$(calls .title | tr '\n' ' ')" "kept newest " \
	"in order, each once, but what no longer holds"

# what it is told
body=$(printf '<b>%0400d' 0)
tell '{"show":5,"title":"a <b>\tc","body":"'"$body"'","urgency":"critical",' \
	'"transient":true,"sound":true,"more":"ignored","actions":[["merge","Merge"],' \
	'["plus","+15 minutes more"],["third","Third"]]}'
shows 5 "one with everything is shown"
tail -n 1 "$T/calls" >"$T/last"
last() {
	jq -rc "$1" "$T/last"
}
is "$(last '[.app,.icon,.expire,.title]')" \
	'["Vesper","appointment-soon",-1,"a <b> c"]' \
	"name, icon, the server's own time, a plain title"
is "$(last .actions)" \
	'["default","Show","merge","Merge","plus","+15 minutes…"]' \
	"two actions, short, and a harmless one"
is "$(last '[.hints.urgency,.types.urgency]')" '[2,"y"]' "urgency is a byte"
is "$(last '[.hints.category,.hints["desktop-entry"],.hints.transient]')" \
	'["x-vesper.boundary","vesper",true]' "the other hints"
is "$(last '[.hints["sound-name"],.hints["suppress-sound"]]')" \
	'["message-new-instant",null]' "and a sound"
is "$(last '.body | gsub("&lt;";"<") | gsub("&gt;";">") | length')" 300 \
	"a body has at most 300 characters"
like "$(last .body)" '^&lt;b&gt;0+…$' "escaped where it is markup"

# signals
tell_fake action 99 merge
gdbus emit --session -o /org/freedesktop/Notifications \
	-s org.freedesktop.Notifications.ActionInvoked 3 "'merge'"
tell_fake action 3 plus
tell_fake action 3 plus
says '{"action":5,"key":"plus"}' "our action arrives"
says '{"closed":5,"reason":3}' "what is answered is taken away"
is "$(grep -c '"action"' "$T/said")" 1 \
	"other ids, other senders and a second press are nobody's"
is "$(tail -n 1 "$T/calls")" '{"call": "CloseNotification", "id": 3}' \
	"by its own number"

# its number is told, so that whoever comes after us takes that place
place=$(sed -n 's/.*"shown":4,"place":\(\[.*\]\)}/\1/p' "$T/said")
like "$place" '^\["[0-9a-f]+ :[^"]+",2\]$' "the place of a notice is told"
kill_now "$desktop_pid"
start_desktop
tell "{\"show\":4,\"title\":\"newest\",\"body\":\"b\",\"place\":$place}"
shows 4 "after a sudden end a notice is shown again"
is "$(tail -n 1 "$T/calls" | jq .replaces)" 2 "in its old place"
elsewhere=$(printf %s "$place" | sed 's/"[0-9a-f]*/"0123/')
tell "{\"show\":6,\"title\":\"t\",\"body\":\"b\",\"place\":$elsewhere}"
shows 6 "a place on another bus"
is "$(tail -n 1 "$T/calls" | jq .replaces)" 0 "is none"
# it goes, and another comes: the old numbers are void
stop_fake
says '{"forgotten":[4,6]}' "what was up is forgotten with its server"
forget_said
start_fake caps=body name=other
says_like '"server":"other"' "the next server is met"
tell '{"close":4}'
tell '{"show":4,"title":"again & <again>","body":"a & <b>",' \
	'"actions":[["merge","Merge"]]}'
shows 4 "what still holds is shown anew"
tail -n 1 "$T/calls" >"$T/last"
is "$(last '[.replaces,.body,.actions]')" '[0,"a & <b>",[]]' \
	"as new, plain, without buttons, as this server wants it"
stop_fake

: >"$T/calls"
start_fake notify=refuse-once
tell '{"show":10,"title":"t","body":"b"}'
shows 10 "what was refused as one too many is tried again"
is "$(notifies)" 2 "once"
stop_fake

: >"$T/calls"
start_fake notify=refuse
tell '{"show":11,"title":"t","body":"b"}'
says_like '^\{"failed":11,"why":' "refused twice has failed"
is "$(notifies)" 2 "after two attempts"
stop_fake

start_fake notify=wrong
tell '{"show":12,"title":"t","body":"b"}'
says_like '^\{"failed":12,"why":"[^"]' "a senseless reply has failed"
stop_fake

: >"$T/calls"
start_fake notify=die
tell '{"show":13,"title":"t","body":"b"}'
wait_for ended "$fake_pid"
stop_fake
in_step
start_fake
shows 13 "a notice its server died over is kept"
is "$(notifies)" 2 "and shown once by the next"
stop_fake

# hung: stopped in its tracks
: >"$T/calls"
start_fake
says_like '"server":"fake"' "a server"
forget_said
kill -STOP "$fake_pid"
tell '{"show":14,"title":"t","body":"b"}'
tell '{"ping":1}'
says '{"pong":1}' "a hung server does not make us deaf"
is "$(grep -c server "$T/said")" 0 "nor are we at once impatient"
says '{"server":null,"why":"the notification server does not answer"}' \
	"after a while that is said"
tell '{"show":15,"replaces":14,"title":"newer","body":"b"}'
in_step
kill -CONT "$fake_pid"
shows 15 "when it wakes up it is given what holds"
says_like '"server":"fake"' "and met again"
is "$(calls .title)" newer "only that"
stop_fake

start_fake notify=slow:1
tell '{"show":16,"title":"t","body":"b"}'
shows 16 "a slow server is waited for"
stop_fake
# what who was here before us left on the screen
: >"$T/calls"
start_fake
tell '{"show":40,"title":"left","body":"b"}'
shows 40 "one that stays up when we are killed"
place=$(sed -n 's/.*"shown":40,"place":\(\[.*\]\)}/\1/p' "$T/said")
kill_now "$desktop_pid"
start_desktop
tell "{\"close\":40,\"place\":$(printf %s "$place" | sed 's/"[0-9a-f]*/"0123/')}"
tell "{\"close\":40,\"place\":$place}"
tell '{"show":41,"title":"t","body":"b"}'
shows 41 "can be closed by who comes after us"
is "$(calls 'select(.call == "CloseNotification").id' | tr '\n' ' ')" "1 " \
	"once, and nothing that another bus numbered so"
place=$(sed -n 's/.*"shown":41,"place":\(\[.*\]\)}/\1/p' "$T/said")
for then in '{"close":41}' '{"show":42,"replaces":41,"title":"t","body":"b"}'; do
	kill_now "$desktop_pid"
	: >"$T/calls"
	start_desktop
	tell "{\"show\":41,\"title\":\"t\",\"body\":\"b\",\"place\":$place}"
	tell "$then"
	tell '{"show":43,"title":"t","body":"b"}'
	shows 43 "what was to be taken over"
	calls '[.call, .id // .replaces]' | tr -d '\n' >>"$T/taken"
done
is "$(cat "$T/taken")" '["CloseNotification",2]["Notify",0]["Notify",2]["Notify",0]' \
	"is closed when that comes first, or goes to who replaces it"
stop_fake

# GNOME Shell takes the buttons off a banner it updates
: >"$T/calls"
start_fake name=gnome-shell
forget_said
tell '{"show":50,"title":"one","body":"b"}'
shows 50 "on GNOME"
place=$(sed -n 's/.*"shown":50,"place":\(\[.*\]\)}/\1/p' "$T/said")
forget_said
tell '{"show":50,"title":"two","body":"b"}'
shows 50 "what changes"
is "$(calls '[.call, .title, .replaces, .id]' | tr -d '\n')" \
	'["Notify","one",0,null]["CloseNotification",null,null,1]["Notify","two",0,null]' \
	"is closed and shown as new"
is "$(grep -c closed "$T/said")" 0 "which is nobody's answer"
kill_now "$desktop_pid"
: >"$T/calls"
start_desktop
tell "{\"show\":50,\"title\":\"two\",\"body\":\"b\",\"place\":$place}"
shows 50 "after a sudden end"
is "$(calls '[.call, .replaces, .id]' | tr -d '\n')" \
	'["CloseNotification",null,1]["Notify",0,null]' "as well"
stop_fake

start_fake notify=slow:600
: >"$T/calls"
tell '{"show":17,"title":"t","body":"b"}'
wait_for grep -q Notify "$T/calls"
kill -TERM "$desktop_pid"
wait_for ended "$desktop_pid"
ok $? "TERM ends it even while it waits for such a server"
stop_fake
unlike "$(cat "$T/desktop.log")" . "nothing on stderr"
done_testing
