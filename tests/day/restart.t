#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The daemon ends, in good order or not, with a notice up: the next one puts it
# up again where it was, until it is answered; nothing is doubled and nothing
# that is over stays on the screen.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from screens import *

need("dbus-daemon", "gdbus")
if subprocess.run([PYTHON, "-c", "import gi"], stderr=subprocess.DEVNULL).returncode:
    skip_all("no python3 with gi here")


class Fake(Screen):
    """Keeps a journal of what it is told."""

    def begin(self):
        self.calls = self.dir + "/calls"
        start(PYTHON, TOP + "/tests/desktop/fake-server", self.calls, env=self.env, stdin=subprocess.PIPE,
              stderr=self.log)
        self.owned()

    def heard(self):
        """(number, title): the numbers that are up, and their titles, in order."""
        up, last = {}, 0
        for call in (json.loads(line) for line in read(self.calls).splitlines()):
            if call.get("call") == "Notify":
                n = call["replaces"] or last + 1
                last = max(last, n)
                up[n] = call["title"]
            elif call.get("call") == "CloseNotification":
                up.pop(call["id"], None)
        return list(up.items())


day = Day("restart", CONFIG + "warn =\n[vesper]\nrepeat = 20m\n")
screen = Fake(day.env)
END, LATE = "18:00: the end of today's work", "18:21: 21 min past the end"


def sounds():
    """Of all that was shown: the sound, and whether the server is not to make one of its own."""
    return {(c["hints"].get("sound-name"), c["hints"].get("suppress-sound"))
            for c in (json.loads(line) for line in read(screen.calls).splitlines()) if c.get("call") == "Notify"}


def children():
    pids = read("/proc/%d/task/%d/children" % (day.daemon.pid, day.daemon.pid)).split()
    return [int(pid) for pid in pids if read("/proc/%s/comm" % pid).strip() == "desktop"]


def die(all=False):
    """all: its desktop program dies with it, and can close nothing."""
    ok(wait_for(lambda: not screen.heard() or day.rows("SELECT value FROM meta WHERE name = 'place'")),
       "killed" + " with all its programs" * all)
    below = children() if all else []
    for pid in below:
        os.kill(pid, signal.SIGSTOP)
    day.kill()
    for pid in below:
        os.kill(pid, signal.SIGKILL)


def up(want, name):
    ok(wait_for(lambda: screen.heard() == want), name, screen.heard())
    equal((day.status()["notice"] or {}).get("title"), want[0][1] if want else None, name + ", says the daemon")


def types(*times):
    for at in times:
        day.to(at)
        day.link.ask(event="activity", source="vim", project="/p")


day.start("17:50")
types("17:50", "17:55", "18:00")
day.to("18:02")
up([(1, END)], "the end of the day is up")
die()
ok(wait_for(lambda: not screen.heard()), "it leaves nothing on the screen")
day.start("18:03")
up([(1, END)], "after that it is up again")
equal(day.kill(signal.SIGTERM), 0, "an end in good order")
ok(wait_for(lambda: not screen.heard()), "takes it off the screen")
day.start("18:04")
up([(2, END)], "and the next start brings it back")
die(all=True)
equal(screen.heard(), [(2, END)], "it is left on the screen")
day.start("18:05")
up([(2, END)], "and taken over")
equal(len(day.notices()), 1, "all the while it was given once")
day.link.ask(do="answer", n=day.status()["notice"]["n"], action="seen")
up([], "answered, it is gone")
die()
day.start("18:06")
up([], "and stays so")
types("18:10", "18:15", "18:20")
day.to("18:22")
up([(3, LATE)], "the next one")
die(all=True)
equal(screen.heard(), [(3, LATE)], "left on the screen over night")
day.start("33:00")
up([], "it is closed in the morning")
equal(sounds(), {(None, True)}, "all without a sound")
with open(day.home + "/.config/vesper/config.ini", "a") as f:
    f.write("[notify]\nsound = yes\n")
day.link.ask(do="reload")
types("41:50", "41:55", "42:00")
day.to("42:02")
ok(wait_for(lambda: END in (title for _, title in screen.heard())), "the end of the next day")
ok(wait_for(lambda: sounds() == {(None, True), ("message-new-instant", None)}), "with sound = yes it makes one", sounds())
equal(day.kill(signal.SIGTERM), 0, "the daemon ends in good order")
done()
