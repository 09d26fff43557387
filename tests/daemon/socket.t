#!/bin/sh
# SPDX-License-Identifier: MIT
# The socket: private, polite, and hard to break.
. tests/lib/test-lib.sh

S=$XDG_RUNTIME_DIR/vesper/socket
talk() { # each argument a line; prints what comes back until the end
	/usr/bin/python3 - "$S" "$@" <<'P'
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(5)
s.connect(sys.argv[1])
out = b""
try:
    for line in sys.argv[2:]:
        s.sendall(line.encode("latin-1").decode("unicode_escape").encode("latin-1") + b"\n")
    s.shutdown(socket.SHUT_WR)
except (ConnectionResetError, BrokenPipeError, OSError):
    pass
try:
    while True:
        got = s.recv(65536)
        if not got:
            break
        out += got
except (ConnectionResetError, BrokenPipeError):
    pass
sys.stdout.write(out.decode())
P
}

start_daemon --clock 2026-11-18T10:00:00+01:00,step
ok $? "the daemon starts"
is "$(stat -c %a "$XDG_RUNTIME_DIR/vesper") $(stat -c %a "$S")" "700 600" \
	"directory 0700, socket 0600"

H='{"hello":1,"as":"test"}'
like "$(talk "$H")" '^\{"hello":1,"version":"[0-9.]+","every":0.1,"now":[0-9]+,"today":"2026-11-18","clock":"step"\}$' "hello"
like "$(talk '{"get":"status"}')" '"error":"say hello first' "hello comes first"
like "$(talk '{"hello":9}')" 'another protocol' "another protocol is said"
like "$(talk "$H" '{"dance":1,"id":7}')" 'unknown verb.*"id":7' "unknown verb"
like "$(talk "$H" '{"do":"dance"}')" 'unknown order' "unknown order"
like "$(talk "$H" '{"get":"dance"}')" 'unknown question' "unknown question"
like "$(talk "$H" '{"get":"export","from":"x"}')" 'must be the ..next' \
	"no page of an export"
like "$(talk "$H" '{"zone":"Europe/Nowhere"}')" 'no time zone' "no time zone"
like "$(talk "$H" 'nonsense' '{"get":"status"}')" 'not JSON' "bad JSON"
is "$(talk "$H" 'nonsense' '{"get":"status"}' | wc -l)" 2 "ends the connection"
like "$(talk "$H" '{"a":"\xff\xfe"}')" 'not UTF-8' "bad UTF-8"
long=$(/usr/bin/python3 -c 'print("{\"a\":\"" + "x" * 70000 + "\"}")')
like "$(talk "$H" "$long")" 'longer than 64 KiB' "a line too long"
like "$(talk "$H" '{"event":"activity","id":3,"future":{"x":[1]}}')" \
	'"ok":true,"id":3' "unknown keys are ignored"
like "$(talk "$H" '{"get":"status","id":"a"}')" '"id":"a"' \
	"an id is echoed, whatever it is"
like "$(talk "$H" '{"get":"status","id":0.123456789}')" '"id":0.123456789\}' \
	"to the last digit"

# Members of another type than they must be, in all kinds of lines.
wrong() { # LINE KEY WANTED
	is "$(talk "$H" "$1" | tail -n +2)" "{\"error\":\"\\\"$2\\\" must be $3\"}" "$1"
}
wrong '{"do":"correct","day":"today","lines":5}' lines "a list"
wrong '{"do":"off","dates":"Fri","undo":"yes"}' undo "true or false"
wrong '{"do":"extend","when":30}' when "a string"
wrong '{"do":"merge","note":["a"]}' note "a string"
wrong '{"do":"answer","n":"1","action":"seen"}' n "a whole number"
wrong '{"do":"import","intervals":{}}' intervals "a list"
wrong '{"do":["extend"]}' "do" "a string"
wrong '{"get":"plan","days":"7"}' days "a whole number"
wrong '{"get":"export","from":1.5}' from "a whole number or a string"
wrong '{"get":"note","draft":1}' draft "true or false"
wrong '{"event":"activity","human":"no"}' human "true or false"
wrong '{"event":"activity","line":"12"}' line "a whole number"
wrong '{"clock":10}' clock "a string"
like "$(talk '{"hello":1,"as":5}' '{"get":"status"}' | tr -d '\n')" \
	'"as\\" must be a string.*say hello first' "nor is such a hello one"
like "$(talk "$H" '{"get":"plan","days":null,"id":8}')" '"id":8' \
	"null is as good as nothing"
is "$(talk "$H" '{"get":"export","id":9}' | grep -c activity)" 1 \
	"nothing of it was recorded"
is "$(talk "$H" '{"get":"export","id":[2]}' |
	tail -n 2 | sed 's/.*,"more"/"more"/')" '"more":true,"id":[2]}
{"next":null,"id":[2]}' "all lines of a long answer but the last have more"
like "$(talk "$H" '{"do":"correct","day":"today","lines":[5]}')" '"error"' \
	"nor is a number a line"

is "$(vesperd --foreground 2>&1 | tail -1)" "vesperd: a vesperd runs already" \
	"a second one says so"
vesper status >/dev/null
ok $? "and the first one stays"
SUDO_UID=1000 vesperd >"$T/sudo" 2>&1
is $? 1 "refused under sudo"

like "$(talk "$H" '{"clock":"-10m"}')" error "a clock does not go back"
like "$(talk "$H" '{"clock":"+90"}')" error "a length needs a unit"
like "$(talk "$H" '{"clock":"+90m","id":1}' '{"get":"status"}')" \
	'"now":1794997800' "a step clock is moved"

/usr/bin/python3 - "$S" <<'P'
import socket, sys
many = []
for i in range(1000):
    s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); many.append(s)
for s in many:
    s.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
for s in many:
    s.settimeout(5); assert b'hello' in s.recv(4096)
slow = many[0]
for i in range(2000):
    many[1].sendall(b'{"event":"activity","source":"vim","id":%d}\n' % i)
f = many[1].makefile()
n = 0
for line in f:
    if '"ok":true' in line:
        n += 1
        if n == 2000: break
P
ok $? "1000 editors, one of them busy, none of the others reading"
vesper status >/dev/null
ok $? "it still answers"

mv "$S" "$T/moved"
is "$(vesperd --foreground 2>&1 | tail -1)" "vesperd: a vesperd runs already" \
	"nor does a second one begin when the socket was moved away"
wait_for vesper status
ok $? "and the first one has made another there"
mv "$T/moved" "$S"
wait_for vesper status
ok $? "over which nobody moves a dead one for long"
rm -rf "$XDG_RUNTIME_DIR/vesper"
wait_for vesper status
ok $? "nor takes the directory away"
is "$(stat -c %a "$XDG_RUNTIME_DIR/vesper") $(stat -c %a "$S")" "700 600" \
	"as private as they were"
VESPER_SOCKET=$T/$(printf '%0120d' 1)/s vesperd >"$T/out" 2>&1
like "$(cat "$T/out")" 'longer than 107 bytes' "a path too long is refused"

stop_daemon
ok $? "TERM ends it with success"
[ ! -e "$S" ]
ok $? "and takes the socket away"

: >"$S"
like "$(vesperd --foreground 2>&1 | tail -1)" 'not a socket of yours' \
	"a strange file in its place is refused"
rm "$S"
ln -s "$T/elsewhere" "$S"
like "$(vesperd --foreground 2>&1 | tail -1)" 'not a socket of yours' \
	"and a link"
rm "$S"
mkdir -m 1777 "$T/everybody"
like "$(VESPER_SOCKET=$T/everybody/s vesperd --foreground 2>&1 | tail -1)" \
	'others may write' "and a directory that is everybody's"
is "$(stat -c %a "$T/everybody")" 1777 "which stays as it is"
like "$(VESPER_SOCKET=$T/everybody/s vesper start 2>&1)" \
	'could not start: .*others may write' "who started it hears why"
like "$(SUDO_UID=1000 vesper start 2>&1)" 'could not start: .*without sudo' \
	"under sudo, too"
mkdir "$T/alone"
cp "$O/vesper" "$T/alone/"
like "$(PATH=/usr/bin:/bin "$T/alone/vesper" start 2>&1)" \
	'cannot start vesperd: No such file' "or that there is none"

# One history, however many sockets; whose is gone for good gives it up.
start_daemon
VESPER_SOCKET=$T/other/s vesperd >"$T/out" 2>&1
is "$?" 1 "nor does one begin at another socket, on the same history"
like "$(cat "$T/out")" "kept by another vesperd \(process $daemon_pid\)" \
	"which is told whose it is"
like "$(VESPER_SOCKET=$T/other/s vesper start 2>&1)" \
	'could not start: .*another vesperd.*VESPER_SOCKET' "who started it, too"
[ ! -e "$T/other/s" ]
ok $? "and it leaves no socket"
kill -STOP "$daemon_pid"
rm -rf "$XDG_RUNTIME_DIR/vesper"
: >"$XDG_RUNTIME_DIR/vesper"
kill -CONT "$daemon_pid"
wait "$daemon_pid"
is $? 0 "a socket that cannot be made anew ends it in good order"
like "$(cat "$T/daemon.log")" 'cannot be made anew .*not a directory of yours.*vesperd ends' \
	"and it says so"
rm "$XDG_RUNTIME_DIR/vesper"
mkdir -m 700 "$XDG_RUNTIME_DIR/vesper"

mv "$XDG_RUNTIME_DIR/vesper" "$T/real"
ln -s "$T/real" "$XDG_RUNTIME_DIR/vesper"
vesperd >"$T/out" 2>&1
is $? 1 "and a directory that is a link"
rm "$XDG_RUNTIME_DIR/vesper"
mv "$T/real" "$XDG_RUNTIME_DIR/vesper"
if [ "$(id -u)" -eq 0 ]; then
	chown nobody "$XDG_RUNTIME_DIR/vesper"
	vesperd >"$T/out" 2>&1
	is $? 1 "and one of somebody else"
	# Who squats the socket hears nothing from us.
	chmod 711 "$T" "$T/run"
	su nobody -s /bin/sh -c "exec /usr/bin/python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(8)
while True:
    print(s.accept()[0].recv(65536).decode(), flush=True)' '$S'" >"$T/squatter" &
	pids="$pids $!"
	wait_for test -S "$S"
	like "$(vesper status 2>&1)" 'not yours' "another's daemon is not spoken to"
	echo '{"hello":1,"as":"vim"}
{"event":"activity","source":"vim","project":"/secret"}' | vesper attach >"$T/out"
	unlike "$(cat "$T/squatter")" 'secret' "and learns nothing"
	pkill -P "$!" 2>/dev/null
	kill "$!" 2>/dev/null
	rm -rf "$XDG_RUNTIME_DIR/vesper"
fi

# Floods: lines without end, from a thousand at once, and a reader that sleeps.
start_daemon --clock 2026-11-18T10:00:00+01:00,step
/usr/bin/python3 - "$S" "$daemon_pid" <<'P'
import socket, sys, time
def resident():
    return next(int(l.split()[1]) for l in open("/proc/%s/status" % sys.argv[2]) if l.startswith("VmRSS"))
def connect():
    s = socket.socket(socket.AF_UNIX); s.settimeout(20); s.connect(sys.argv[1])
    s.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
    s.recv(4096)
    return s
quick = connect()
f = quick.makefile()
many = [connect() for i in range(1000)]
refused = 0
for s in many:
    try:
        s.sendall(b'{"event":"' + b"x" * 60000)  # and never more
    except OSError:
        refused += 1
sleeper = connect()
try:
    for i in range(3000):
        sleeper.sendall(b'{"get":"plan","days":366}\n')
        if i == 500: break
except OSError:
    pass
quick.sendall(b'{"get":"status","id":1}\n')
while '"now"' not in f.readline():
    pass
for s in many:
    s.setblocking(False)
end = time.monotonic() + 20
while refused <= 500 and time.monotonic() < end:
    for s in many:
        try:
            refused += b"without an end" in s.recv(65536)
        except OSError:
            pass
print("# %d of 1000 refused, %d kB resident" % (refused, resident()))
sanitized = "libasan" in open("/proc/%s/maps" % sys.argv[2]).read()
sys.exit(not (refused > 500 and (sanitized or resident() < 90000)))
P
ok $? "floods: memory stays within its bound, and others are served"

# Many that ask for more than they ever read: each has its turn, and no more.
/usr/bin/python3 - "$S" <<'P'
import socket, sys
def connect():
    s = socket.socket(socket.AF_UNIX); s.settimeout(15); s.connect(sys.argv[1])
    s.sendall(b'{"hello":1,"as":"vim"}\n')
    s.recv(4096)
    return s
quick = connect()
many = [connect() for i in range(40)]
for s in many:
    s.setblocking(False)
    try:
        for i in range(200):
            s.sendall(b'{"get":"plan","days":366}\n')
    except OSError:
        pass
for i in range(3):
    quick.sendall(b'{"get":"status"}\n')
    assert b'"now"' in quick.recv(65536)
P
ok $? "greed: others are served meanwhile"

# One that asks for much and goes: what it told before is heard, and no more
# than a few of its questions are answered to nobody.
/usr/bin/python3 - "$S" "$daemon_pid" <<'P'
import json, socket, sys
def ticks():
    return sum(map(int, open("/proc/%s/stat" % sys.argv[2]).read().split()[13:15]))
def connect():
    s = socket.socket(socket.AF_UNIX); s.settimeout(60); s.connect(sys.argv[1])
    s.sendall(b'{"hello":1,"as":"vim"}\n')
    return s, s.makefile()
quick, answers = connect()
answers.readline()
before = ticks()
for i in range(400):
    quick.sendall(b'{"get":"plan","days":366}\n')
    answers.readline()
cost = ticks() - before  # of a twentieth of what follows
before = ticks()
for i in range(4):
    gone, _ = connect()
    gone.settimeout(0.01)
    try:
        gone.sendall(b'{"get":"plan","days":366}\n' * 2000 + b'{"event":"activity","source":"gone"}\n')
    except OSError:
        pass
    gone.close()
    _.close()
names = []
while "gone" not in names:
    quick.sendall(b'{"get":"status"}\n')
    names = [s["name"] for s in json.loads(answers.readline())["sources"]]
print("# %d ticks, %d for 400 that were answered" % (ticks() - before, cost))
sys.exit(ticks() - before > 5 * cost + 10)
P
ok $? "nobody is answered who has gone"
stop_daemon

# More connections than there are descriptors for.
(ulimit -n 64 && exec vesperd --clock 2026-11-18T10:00:00+01:00,step) &
daemon_pid=$!
pids="$pids $daemon_pid"
wait_for vesper status
/usr/bin/python3 - "$S" "$daemon_pid" <<'P'
import os, socket, sys
def ticks():
    return sum(map(int, open("/proc/%s/stat" % sys.argv[2]).read().split()[13:15]))
many = []
for i in range(200):
    s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect(sys.argv[1]); many.append(s)
closed = 0
for s in many:
    try:
        s.sendall(b'{"hello":1,"as":"vim"}\n')
        closed += s.recv(4096) == b""
    except OSError:
        closed += 1
before = ticks()
many[0].sendall(b'{"get":"status"}\n')
good = b"now" in many[0].recv(65536)
sys.exit(not (closed > 100 and good and ticks() - before < 20))
P
ok $? "with no descriptor left, the others are served"
stop_daemon

# how often editors report, by the real clock: a third of a lull, 20 s at most
every() { # LULL
	printf '[vesper]\nlull = %s\n' "$1" >"$HOME/.config/vesper/config.ini"
	start_daemon --clock 2026-11-18T10:00:00+01:00,x2
	talk "$H" | jq .every
	stop_daemon
}
mkdir -p "$HOME/.config/vesper"
for lull in 1m:10 6s:1 0s:10; do
	is "$(every "${lull%:*}")" "${lull#*:}" "every, of a lull of ${lull%:*}"
done
done_testing
