#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What holds notices back, by name: said once when the last holder has gone,
# and not at all when it no longer holds.  Do-not-disturb mutes the desktop and
# nobody else.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("dunst", "dunstctl", "Xvfb", "dbus-daemon", "gdbus")

day = Day("vim")
day.desktop = desktop = Desktop(day.env)
desktop.dunst()
day.start("17:20")
ok(wait_for(lambda: any(c["name"] == "notifications" and "dunst" in c["text"]
                        for c in day.link.ask(get="doctor")["checks"])), "dunst is met")


class Listener:
    """A subscriber, as an editor is."""

    def __init__(self, **hello):
        self.link = Link(socket_of(day.env))
        self.link.sock.sendall((json.dumps(dict({"hello": 1, "as": "vim", "subscribe": True}, **hello)) + "\n").encode())
        self.link.sock.settimeout(0.3)
        self.lines = []

    def notices(self):
        try:
            for line in iter(self.link.file.readline, ""):
                self.lines.append(json.loads(line))
        except OSError:
            self.link.file = self.link.sock.makefile("r")  # a timeout ends the old one
        return [line["notice"] for line in self.lines if "notice" in line]


def tell(**event):
    equal(day.link.ask(**event).get("ok"), True, "told: %s" % event)


def works(*times):
    for at in times:
        day.to(at)
        day.link.ask(event="activity", source="vim", project="/p")


def held():
    return [(h["what"], h["by"]) for h in day.status()["held"]]


editor = Listener()
works("17:21", "17:25", "17:29")

# two holders, one after the other
tell(event="busy", source="desktop", by="fullscreen")
tell(event="busy", source="meeting", by="call")
equal(held(), [("fullscreen", "desktop"), ("call", "meeting")], "status names the holders")
works("17:32", "17:36", "17:40")
equal(day.notices(), [], "nothing is said while they hold")
works("17:50", "17:55", "17:59")
day.to("18:01")
why = day.link.ask(get="why")["text"]
ok("held by a full screen, a call" in why, "why names them", why)
tell(event="free", source="desktop", by="fullscreen")
day.to("18:02")
equal([day.notices(), day.status()["busy"]], [[], True], "one of two is not enough")
tell(event="free", source="meeting", by="call")
day.to("18:03")
equal([n[1:] for n in day.notices()], [("merge", 1)], "after the last one: the end of the day, once, no stale warning")
ok(wait_for(lambda: desktop.displayed() == 1), "on the screen", desktop.displayed())
equal(held(), [], "nobody holds any more")

# [notify] hold
day.configure(CONFIG + "[notify]\nhold = call\n")
equal(day.link.ask(do="reload").get("ok"), True, "hold = call")
tell(event="busy", source="desktop", by="fullscreen")
equal([held(), day.status()["busy"]], [[], False], "full screen holds no longer")
day.configure(CONFIG)
day.link.ask(do="reload")
equal([held(), day.status()["busy"]], [[("fullscreen", "desktop")], True], "until the config says so again")
tell(event="free", source="desktop", by="fullscreen")
# the listed notice goes when it is answered
n = day.status()["notice"]["n"]
equal(day.status()["notice"]["notice"], "merge", "status has the notice that is up")
day.link.ask(do="answer", n=n, action="seen")
ok(wait_for(lambda: desktop.displayed() == 0), "answered, it goes")

# do-not-disturb of dunst
desktop.run("dunstctl", "set-paused", "true")
ok(wait_for(lambda: held() == [("dnd", "dunst")]), "do-not-disturb is known by whose it is", held())
before = len(editor.notices())
works("18:14", "18:17", "18:20")
day.to("18:22")
equal([n[1] for n in day.notices()], ["merge", "late"], "it holds nothing back")
ok(wait_for(lambda: editor.notices()[before:] == ["late"]), "editors show it", editor.notices())
ok("Do-not-disturb is on (dunst)" in day.link.ask(get="why")["text"], "why says why the screen stays empty")
ok(wait_for(lambda: desktop.run("dunstctl", "count", "waiting").strip() == "1"), "the desktop has it waiting")
equal(desktop.displayed(), 0, "and shows nothing")
desktop.run("dunstctl", "set-paused", "false")
ok(wait_for(lambda: desktop.displayed() == 1), "afterwards it is shown, once", desktop.displayed())
ok(wait_for(lambda: held() == []), "and nobody holds")
desktop.run("dunstctl", "set-paused", "true")
ok(wait_for(lambda: held() != []), "once more")
day.link.ask(do="extend-now", when="30m")
ok(wait_for(lambda: desktop.run("dunstctl", "count", "waiting").strip() == "0"),
   "what no longer holds does not wait")
desktop.run("dunstctl", "set-paused", "false")
equal(desktop.displayed(), 0, "and is not shown afterwards")
equal(day.kill(signal.SIGTERM), 0, "the daemon ends in good order")
done()
