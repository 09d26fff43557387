#!/bin/sh
# SPDX-License-Identifier: MIT
# Nothing to do means nothing done, and a thousand notices leave nothing.
. tests/lib/test-lib.sh
. tests/desktop/desktop-lib.sh
need dbus-daemon gdbus jq
need_python gi

start_session_bus
start_bus system
export DBUS_SYSTEM_BUS_ADDRESS="$bus_address"
start_fake
start_desktop
tell '{"watch":{"lock":true,"sleep":true,"dnd":true}}'
wait_for grep -q '"logind":false' "$T/said"
tell '{"show":1,"title":"t","body":"b"}'
shows 1 "a notice"
tell '{"close":1}'
says '{"closed":1,"reason":3}' "and none"
in_step

# How often any of its threads slept and was woken.
wakeups() {
	cat /proc/"$desktop_pid"/task/*/status |
		awk '/^voluntary_ctxt/ { n += $2 } END { print n }'
}
threads_rest() {
	before=$now
	now=$(wakeups)
	[ "$before" = "$now" ]
}
now=
wait_for threads_rest
for i in $(seq 50); do
	tell_fake action $((1000 + i)) merge
	tell_fake closed $((1000 + i)) 2
done
# somebody else's notice comes and goes; when it was closed, all is said
gdbus call --session $NOTIFY -m org.freedesktop.Notifications.Notify other 0 \
	'' t b '[]' '{}' -- -1 >/dev/null
gdbus call --session $NOTIFY -m \
	org.freedesktop.Notifications.CloseNotification 2 >/dev/null
# Hearing them costs dozens; on a busy machine what was before may
# still have been on its way.
woken=$(($(wakeups) - now))
[ "$woken" -lt 10 ]
ok $? "other programs' notices do not wake it"
echo "# $woken wakeups over a hundred signals"
exec 8>&-
wait_for ended "$desktop_pid"

if grep -q __asan_init "$O/libexec/desktop"; then
	skip "memory: a sanitized build keeps what was freed"
	done_testing
fi
/usr/bin/python3 - "$O/libexec/desktop" >"$T/growth" <<'PY'
import json, subprocess, sys
p = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, text=True, bufsize=1)


def until(key, value):
    for line in p.stdout:
        if json.loads(line).get(key) == value:
            return


def dirty():
    with open('/proc/%d/smaps_rollup' % p.pid) as f:
        return next(int(line.split()[1]) for line in f
                    if line.startswith('Private_Dirty'))


def notices(first, n):
    for i in range(first, first + n):
        p.stdin.write(json.dumps({'show': i, 'title': 't%d' % i, 'body': 'b',
                                  'actions': [['merge', 'Merge'],
                                              ['plus', '+15 min']]}) + '\n')
        until('shown', i)
        if i % 2:
            p.stdin.write('{"close":%d}\n' % i)
            until('closed', i)
        else:
            p.stdin.write('{"show":%d,"replaces":%d,"title":"r"}\n'
                          '{"close":%d}\n' % (i + 10**6, i, i + 10**6))
            until('closed', i + 10**6)


notices(1, 300)
before = dirty()
notices(1000, 1000)
print(dirty() - before, before)
p.stdin.close()
p.wait()
PY
read -r growth before <"$T/growth"
[ "${growth:-9999}" -le 256 ]
ok $? "a thousand notices cost at most 256 kB"
echo "# $growth kB more than $before kB of private dirty memory"
done_testing
