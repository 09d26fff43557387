#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SwayNotificationCenter on a headless sway: the end of the day looks right, and
# do-not-disturb is followed, switched, and switched back after a crash.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from screens import *

need("sway", "swaync", "swaync-client", "grim", "dbus-daemon", "gdbus")
with_nobody()


class Swaync(Sway):
    name = "swaync"

    def server(self):
        self.env.update(GSETTINGS_BACKEND="memory", XDG_CONFIG_HOME=self.dir + "/.config")
        self.program("swaync")

    def dnd(self, *on):
        return self.run("swaync-client", *(on or ("--get-dnd",))).strip() == "true"


day = Day("swaync", CONFIG + "warn =\n[boundary]\nquiet = yes\n")
screen = Swaync(day.env)


def types(*times):
    for at in times:
        day.to(at)
        day.link.ask(event="activity", source="vim", project="/p")


def muted():
    return "(swaync)" in day.run("vesper", "why")[0]


day.start("17:50")
ok(wait_for(lambda: "SwayNotificationCenter" in str(day.link.ask(get="doctor"))), "swaync is met")
ok(not muted(), "do-not-disturb is off")
screen.dnd("--dnd-on")
ok(wait_for(muted), "switched on by hand: vesper why names swaync", day.run("vesper", "why")[0])
screen.dnd("--dnd-off")
ok(wait_for(lambda: not muted()), "and off")
types("17:50", "17:55", "18:00")
day.to("18:02")
ok(wait_for(lambda: day.status()["notice"]), "the end of the day")
screen.picture("merge")
day.run("vesper", "merge", "--no-edit")
ok(wait_for(screen.dnd), "quiet: the closed day switches it on")
day.kill()
ok(screen.dnd(), "a crash leaves it on")
day.start("33:00")
types("33:01")
ok(wait_for(lambda: not screen.dnd()), "the next day switches it back")
equal(day.kill(signal.SIGTERM), 0, "the daemon ends in good order")
done()
