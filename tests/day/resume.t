#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The end of the day passes while the machine sleeps: on resume one notice, the
# right one, on the screen and in the editor.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("dunst", "dunstctl", "Xvfb", "dbus-daemon", "gdbus")
# nobody is there, so it lies in the tray from the end on, whenever that is told
given = [("18:00:00", "merge", 1)]
for length in ("20m", "3h"):
    day = Day("resume-" + length)
    day.desktop = desktop = Desktop(day.env)
    desktop.dunst()
    day.start("17:25")
    ok(wait_for(lambda: "dunst" in str(day.link.ask(get="doctor"))), length + ": dunst is met")
    for at in ("17:25", "17:31", "17:40", "17:45"):
        day.to(at)
        day.link.ask(event="activity", source="vim", project="/p")
    before = day.notices()
    equal([n[1] for n in before], ["warn"], length + ": a warning before")
    answer = day.link.ask(suspend=length)
    ok(answer.get("ok"), length + ": asleep", answer)
    equal(day.notices()[1:], given, length + ": one notice on resume, the right one")
    ok(wait_for(lambda: desktop.displayed() == 1), length + ": on the screen", desktop.displayed())
    day.link.ask(event="activity", source="vim", project="/p")
    equal(day.notices()[1:], given, length + ": nothing more when somebody types again")
    equal(day.kill(signal.SIGTERM), 0, length + ": the daemon ends in good order")
done()
