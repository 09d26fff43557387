#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Everything a notification server or a bus can do to us, with the real
daemon: it answers all the while, the editor shows the notice, and the desktop
shows it once, as soon as it can.  `faults.t --bench` prints the longest time
that an answer took in each case."""
import sys
import os
import threading
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("dbus-daemon", "gdbus")
if subprocess.run(["/usr/bin/python3", "-c", "import gi"], stderr=subprocess.DEVNULL).returncode:
    skip_all("no python3 with gi here")
BENCH = "--bench" in sys.argv
BUS = ("<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN'"
       " 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
       "<busconfig><type>session</type><listen>unix:path=%s</listen><servicedir>%s</servicedir>"
       "<policy context='default'><allow send_destination='*'/><allow eavesdrop='true'/>"
       "<allow own='*'/></policy></busconfig>")
DEAF_S = 1.0  # a call of libnotify would take 3, 25, or for ever
gaps = []


class Probe(threading.Thread):
    """Asks every 5 ms, and keeps the longest time an answer took."""

    def __init__(self, day):
        super().__init__(daemon=True)
        self.link = Link(socket_of(day.env))
        self.longest, self.going = 0, True
        self.start()

    def run(self):
        while self.going:
            began = time.monotonic()
            self.link.ask(get="status")
            self.longest = max(self.longest, time.monotonic() - began)
            time.sleep(0.005)

    def end(self):
        self.going = False
        self.join()
        self.link.close()
        return self.longest


class Case:
    def __init__(self, name, bus=True):
        self.name = name
        self.day = day = Day(name.replace(" ", "-"), CONFIG + "warn =\n")
        self.calls = day.home + "/calls"
        self.services = day.home + "/services"
        os.makedirs(self.services)
        self.path = day.home + "/bus"
        if bus:
            with open(day.home + "/bus.conf", "w") as f:
                f.write(BUS % (self.path, self.services))
            day.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + self.path

    def bus(self):
        start("dbus-daemon", "--config-file=" + self.day.home + "/bus.conf", "--nofork", "--nopidfile",
              env=self.day.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(self.path))

    def owned(self):
        return b"true" in subprocess.run(
            ["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus", "-m",
             "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.Notifications"], env=self.day.env,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def server(self, **options):
        p = start("/usr/bin/python3", TOP + "/tests/desktop/fake-server", self.calls,
                  *["%s=%s" % o for o in options.items()], env=self.day.env, stdin=subprocess.PIPE,
                  stderr=open(self.day.home + "/fake.log", "a"), bufsize=0)
        if not wait_for(self.owned):
            raise RuntimeError("no server: " + read(self.day.home + "/fake.log"))
        return p

    def away(self, server):
        server.kill()
        server.wait()
        wait_for(lambda: not self.owned())

    def met(self, name="fake"):
        return any(c["name"] == "notifications" and c["text"] == name
                   for c in self.day.link.ask(get="doctor")["checks"])

    def begin(self, met=True):
        day = self.day
        day.start("17:52")
        if met:
            wait_for(self.met)
        self.editor = Link(socket_of(day.env))
        self.editor.sock.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
        self.probe = Probe(day)

    def give(self):
        """The end of the day comes; the editor has it, whatever else."""
        day = self.day
        day.link.ask(event="activity", source="vim", project="/p")
        day.to("17:59")
        day.link.ask(event="activity", source="vim", project="/p")
        day.to("18:00")
        day.to("18:01")
        heard = ""
        while '"merge"' not in heard:
            heard = self.editor.file.readline()
        ok('"title"' in heard, self.name + ": the editor has the notice")

    def shown(self, since=0):
        """Popups made (not replaced) for the notice."""
        lines = [json.loads(line) for line in read(self.calls).splitlines()] if os.path.exists(self.calls) else []
        return len([l for l in lines[since:] if l.get("call") == "Notify" and "end of today" in l["title"]
                    and not l["replaces"]])

    def lines(self):
        return len(read(self.calls).splitlines()) if os.path.exists(self.calls) else 0

    def comes(self, n, since=0, name="shown on the desktop, once"):
        wait_for(lambda: self.shown(since) >= n, 25)
        equal(self.shown(since), n, "%s: %s" % (self.name, name))

    def end(self):
        longest = self.probe.end()
        ok(longest < DEAF_S, self.name + ": the daemon answers all the while", longest)
        gaps.append((longest * 1000, self.name))
        equal(self.day.kill(signal.SIGTERM), 0, self.name + ": and ends in good order")


def healthy():
    c = Case("healthy")
    c.bus(), c.server()
    c.begin(), c.give(), c.comes(1), c.end()


def refusing():
    c = Case("refusing")
    c.bus()
    server = c.server(notify="refuse")
    c.begin(), c.give()
    wait_for(lambda: c.lines() >= 2)
    equal(c.shown(), 2, "refusing: tried twice")
    since = c.lines()
    c.away(server), c.server()
    c.comes(1, since, "by the next server, once")
    c.end()


def wrong():
    c = Case("wrong reply")
    c.bus()
    server = c.server(notify="wrong")
    c.begin(), c.give()
    c.comes(1, 0, "tried once")
    since = c.lines()
    c.away(server), c.server()
    c.comes(1, since, "by the next server, once")
    c.end()


def slow():
    c = Case("slow")
    c.bus(), c.server(notify="slow:3")
    c.begin(), c.give(), c.comes(1), c.end()


def hung():
    c = Case("hung")
    c.bus()
    server = c.server()
    c.begin()
    server.send_signal(signal.SIGSTOP)
    c.give()
    wait_for(lambda: not c.met(), 15)
    server.send_signal(signal.SIGCONT)
    c.comes(1, 0, "when it wakes up, once")
    c.end()


def dying():
    c = Case("dying")
    c.bus()
    server = c.server(notify="die")
    c.begin(), c.give()
    wait_for(lambda: server.poll() is not None)
    since = c.lines()
    c.server()
    c.comes(1, since, "by the next server, once")
    c.end()


def foreign():
    c = Case("foreign id")
    c.bus()
    server = c.server()
    c.begin(), c.give(), c.comes(1)
    end = c.day.status()["day"]["effective_end"]
    server.stdin.write(b"action 4711 plus\n")
    server.stdin.write(b"closed 4711 2\n")
    subprocess.run(["gdbus", "emit", "--session", "-o", "/org/freedesktop/Notifications", "-s",
                    "org.freedesktop.Notifications.ActionInvoked", "1", "'plus'"], env=c.day.env)
    server.stdin.write(b"action 4712 plus\n")
    time.sleep(0.1)
    ok(c.day.status()["day"]["effective_end"] == end and c.day.status()["notice"], "foreign id: nobody's")
    server.stdin.write(b"action 1 plus\n")
    ok(wait_for(lambda: c.day.status()["day"]["effective_end"] != end), "foreign id: ours is heard")
    c.end()


def absent():
    c = Case("absent")
    c.bus()
    c.begin(met=False), c.give()
    c.server()
    c.comes(1, 0, "when one appears, once")
    c.end()


def activation(name, program):
    c = Case(name)
    with open(c.services + "/n.service", "w") as f:
        f.write("[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=%s\n" % program)
    c.bus()
    c.begin(met=False), c.give()
    time.sleep(0.5)
    c.end()


def no_bus():
    c = Case("no bus", bus=False)
    c.begin(met=False), c.give(), c.end()


def dead_socket():
    c = Case("dead socket")
    s = socket.socket(socket.AF_UNIX)
    s.bind(c.path)
    s.close()
    c.begin(met=False), c.give(), c.end()


def mute():
    c = Case("mute socket")
    s = socket.socket(socket.AF_UNIX)
    s.bind(c.path)
    s.listen(8)
    c.begin(met=False), c.give()
    time.sleep(1)
    c.end()
    s.close()


def two():
    c = Case("two in turn")
    c.bus()
    server = c.server()
    c.begin(), c.give(), c.comes(1)
    since = c.lines()
    c.away(server)
    server = c.server(name="other")
    c.comes(1, since, "again by the next one, once")
    c.away(server)
    n = c.day.status()["notice"]["n"]
    c.day.link.ask(do="answer", n=n, action="seen")
    since = c.lines()
    c.server()
    wait_for(c.met)
    equal(c.shown(since), 0, "two in turn: what was answered meanwhile is not shown by the third")
    c.end()


def killed():
    """Not the server but our own program ends."""
    c = Case("helper killed")
    c.bus(), c.server()
    c.begin()
    pid = c.day.daemon.pid
    child = int(read("/proc/%d/task/%d/children" % (pid, pid)).split()[0])
    os.kill(child, signal.SIGKILL)
    c.give()
    c.comes(1, 0, "by the one that took its place, once")
    c.end()


def activation_hangs():
    activation("activation hangs", "/bin/sleep 600")


def activation_fails():
    activation("activation fails", "/bin/false")


wanted = [name for name in sys.argv[1:] if name[0] != "-"]
for case in (healthy, refusing, wrong, slow, hung, dying, foreign, absent, activation_hangs, activation_fails, no_bus,
             dead_socket, mute, two, killed):
    if wanted and case.__name__ not in wanted:
        continue
    try:
        case()
    except Exception as error:
        ok(False, case.__name__, repr(error))
    for child in children:
        if child.poll() is None:
            child.kill()
            child.wait()
if BENCH:
    for gap, name in gaps:
        print("# %-18s longest gap %6.1f ms" % (name, gap))
    print("# longest of all     %6.1f ms, goal 20, limit 50" % max(gaps)[0])
done()
