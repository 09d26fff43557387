#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The daemon's children: clean, closed, never left behind."""
import json
import os
import signal
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lib"))
from tap import *

DIGEST = """#!/usr/bin/python3
import json, os, signal, subprocess, sys
mode = open(os.environ["HOME"] + "/mode").read()
state = {"fds": sorted(map(int, os.listdir("/proc/self/fd"))), "env": dict(os.environ),
         "pid": os.getpid(), "umask": os.umask(0o77),
         "pipe": signal.getsignal(signal.SIGPIPE) == signal.SIG_IGN}
jobs = [json.loads(line) for line in sys.stdin]
if mode == "orphan":
    state["left"] = subprocess.Popen(["sleep", "1000"]).pid
with open(os.environ["HOME"] + "/state.new", "w") as f:
    json.dump(state, f)
os.rename(os.environ["HOME"] + "/state.new", os.environ["HOME"] + "/state")
if mode == "hang":
    signal.pause()
if mode == "flood":
    while True:
        sys.stdout.write("x" * 100000)
for job in jobs:
    print(json.dumps({"path": job["repository"], "commits": 3}))
"""

# deaf to what it is asked, as what it starts is
ON = """#!/bin/sh
trap "" TERM
sleep 1000 &
echo $$ $! >"$HOME/on.new"
mv "$HOME/on.new" "$HOME/on.pid"
wait
"""

DESKTOP = """#!/usr/bin/python3
import json, os, signal, sys, time
log = open(os.environ["HOME"] + "/desktop.log", "a", buffering=1)
log.write(json.dumps({"pid": os.getpid(), "at": time.monotonic()}) + "\\n")
if os.path.exists(os.environ["HOME"] + "/die"):
    sys.exit(1)
signal.signal(signal.SIGUSR2, lambda *a: log.write('{"orphaned":true}\\n'))
def say(**m):
    print(json.dumps(m), flush=True)
say(bus=True)
say(server="fake", version="1", capabilities=["actions"])
for line in sys.stdin:
    log.write(line)
    m = json.loads(line)
    if "show" in m:
        say(shown=m["show"], place=[":1.5", 7])
log.write('{"ended":true}\\n')
"""


def program(path, text):
    with open(path, "w") as f:
        f.write(text.replace("/usr/bin/python3", sys.executable))
    os.chmod(path, 0o755)


libexec = T + "/libexec"
os.mkdir(libexec)
program(libexec + "/digest", DIGEST)
program(libexec + "/desktop", DESKTOP)
program(T + "/on", ON)
env = scratch_env("home", VESPER_LIBEXEC=libexec, GIT_DIR="/nowhere", GIT_INDEX_FILE="/x",
                  LISTEN_FDS="0", DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere",
                  VESPER_CONFIG=T + "/config.ini", ASAN_OPTIONS="detect_leaks=0")
home = env["HOME"]
with open(T + "/config.ini", "w") as f:
    f.write('[workday "w"]\ndays = daily\nstart = 09:00\nmerge = 18:00\n'
            "[git]\nrepositories = " + T + "/repository\n[on merge]\nrun = " + T + "/on\n")


def mode(name):
    with open(home + "/mode", "w") as f:
        f.write(name)
    if os.path.exists(home + "/state"):
        os.unlink(home + "/state")


def connect():
    s = socket.socket(socket.AF_UNIX)
    try:
        s.connect(socket_of(env))
        return s
    except OSError:
        s.close()
        return None


def begin():
    global daemon, talk
    daemon = start(O + "/vesperd", "--clock", "2026-11-18T17:50:00+01:00,step", env=env,
                   stdin=subprocess.DEVNULL, stderr=open(home + "/log", "ab"))
    s = wait_for(connect)
    s.settimeout(20)
    talk = s.makefile("rw")
    s.close()
    ask({"hello": 1, "as": "test"})


def ask(message):
    talk.write(json.dumps(message) + "\n")
    talk.flush()
    return json.loads(talk.readline())


def until_the_end():
    """The day is over, and said to be."""
    ask({"event": "activity", "source": "vim", "human": True, "id": 1})
    for _ in range(11):
        ask({"clock": "+1m"})
        ask({"event": "activity", "source": "vim", "human": True, "id": 2})


def command():
    """The pids of what [on merge] started."""
    return [int(pid) for pid in (wait_for(lambda: read(home + "/on.pid")) or "").split()]


def report():
    return ask({"get": "report"})["repositories"]


def stat_of(pid):
    """(state, parent) or None."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            rest = f.read().rpartition(")")[2].split()
        return rest[0], int(rest[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def gone(pid):
    return stat_of(pid) is None or stat_of(pid)[0] == "Z" and stat_of(pid)[1] != daemon.pid


def zombies():
    return [p for p in map(int, filter(str.isdigit, os.listdir("/proc")))
            if (stat_of(p) or ("", 0)) == ("Z", daemon.pid)]


def state():
    return wait_for(lambda: json.loads(read(home + "/state") or "null"))


def lines(key):
    return [m for m in map(json.loads, read(home + "/desktop.log").splitlines()) if key in m]


mode("answer")
begin()
equal(report(), [{"path": T + "/repository", "commits": 3, "machine": 0}], "digest answers")
child = state()
equal([f for f in child["fds"] if f > 3], [], "it has stdin, stdout and stderr only")
equal([k for k in child["env"] if k.startswith(("GIT_", "LISTEN_"))], [],
      "nothing of git's or systemd's in its environment")
equal(oct(child["umask"]), "0o22", "and the usual umask")
equal(wait_for(lambda: not zombies()), True, "no zombie is left")

mode("orphan")
ok("unread" not in report()[0], "digest ends, what it started holds its pipe: it is answered")
ok(wait_for(lambda: gone(state()["left"])), "and that is ended, too")

mode("flood")
equal(report()[0].get("unread"), "did not answer", "a line without end ends it")
ok(wait_for(lambda: gone(state()["pid"])), "it is killed")
equal(wait_for(lambda: not zombies()), True, "and waited for")

# The desktop helper: what is up, and where, survives it.
until_the_end()
shown = wait_for(lambda: [m for m in lines("show") if m.get("notice") == "merge"])
ok(shown and "place" not in shown[0], "the notice is given to the desktop helper")
count_before = len(lines("show"))
pid = lines("pid")[-1]["pid"]
ask({"get": "status"})
os.kill(pid, signal.SIGKILL)
again = wait_for(lambda: [m for m in lines("show")[count_before:] if "place" in m])
equal([(m["notice"], m["place"]) for m in again or []], [("merge", [":1.5", 7])],
      "killed, the next one is told where it is")
ok(lines("pid")[-1]["pid"] != pid, "which is another one")
equal(len([l for l in read(home + "/log").splitlines() if "desktop helper" in l]), 1,
      "its death is said once")
on = command()
ok(on and not any(map(gone, on)), "the command of the notice runs")
daemon.terminate()
daemon.wait(10)
ok(wait_for(lambda: all(map(gone, on))), "and is ended with the daemon, with what it started, willing or not")
os.unlink(home + "/on.pid")
equal(lines("ended"), [{"ended": True}], "ended politely: by its stdin")

# A daemon that is killed takes them along.
mode("hang")
begin()
until_the_end()
on = command()
helper = lines("pid")[-1]["pid"]
talk.write('{"get":"report"}\n')
talk.flush()
child = state()
daemon.kill()
daemon.wait()
ok(wait_for(lambda: gone(child["pid"])), "digest dies with the daemon")
ok(on and wait_for(lambda: all(map(gone, on))), "so does the command of a notice, with what it started")
ok(wait_for(lambda: gone(helper)), "and the desktop helper ends by itself")

# One that cannot live is tried ever more rarely, and that is said once.
open(home + "/die", "w").close()
open(home + "/log", "w").close()
started = len(lines("pid"))
begin()
ok(wait_for(lambda: len(lines("pid")) >= started + 3, 30), "a helper that dies at once is started again")
at = [m["at"] for m in lines("pid")[started:]]
ok(at[1] - at[0] > 0.7 and at[2] - at[1] > 1.7, "later each time", at)
equal(len([l for l in read(home + "/log").splitlines() if "desktop helper" in l]), 1, "which is said once")
equal(wait_for(lambda: not zombies()), True, "and no zombie is left")
os.unlink(home + "/die")
mode("answer")
equal(report()[0]["commits"], 3, "all the while the daemon does what it did")

if os.environ.get("VESPER_NIGHTLY"):
    mode("hang")
    talk.write('{"get":"report"}\n')
    talk.flush()
    child = state()
    ok(wait_for(lambda: gone(child["pid"]), 40), "digest has its time, and is killed after it")
    equal(json.loads(talk.readline())["repositories"][0].get("unread"), "did not answer", "who asked is answered")
else:
    skip("the time limit of digest takes 30 s: make nightly")
daemon.terminate()
equal(daemon.wait(10), 0, "the daemon ends in good order")
done()
