#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# [boundary] quiet with a real dunst: on when the day is closed, back when the
# next one starts, as it was before, whatever happens in between.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("dunst", "dunstctl", "Xvfb", "dbus-daemon", "gdbus")

QUIET = CONFIG + "[boundary]\nquiet = yes\n"
day = Day("vim", QUIET)
day.desktop = desktop = Desktop(day.env)
desktop.dunst()


def paused():
    return desktop.run("dunstctl", "is-paused").strip()


def becomes(want, name):
    ok(wait_for(lambda: paused() == want), name, paused())


def met():
    return any(c["name"] == "notifications" and "dunst" in c["text"]
               for c in day.link.ask(get="doctor")["checks"])


def meta():
    return day.rows("SELECT value FROM meta WHERE name = 'quiet'")


def at(time):
    """HH:MM of a later date: 'D HH:MM', D in November."""
    date, time = time.split()
    answer = day.link.ask(clock="2026-11-%sT%s:00+01:00" % (date, time))
    assert answer.get("ok"), answer


def works():
    day.link.ask(event="activity", source="vim", project="/p")


def start_at(time):
    day.start(time)
    ok(wait_for(met), "dunst is met")


def again(time):
    """Starts it on a later date."""
    date, time = time.split()
    with open(day.home + "/daemon.log", "a") as log:
        day.daemon = start("vesperd", "--foreground", "--clock", "2026-11-%sT%s:00+01:00,step" % (date, time),
                           env=day.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    ok(wait_for(day._linked), "started again: " + time)
    ok(wait_for(met), "dunst is met")


start_at("17:20")
works()
equal(paused(), "false", "during the day nothing is touched")
day.link.ask(do="merge", note="x")
becomes("true", "when the day is closed, do-not-disturb is on")
day.link.ask(do="merge", undo=True)
becomes("false", "a mistake undone: off again")
ok(wait_for(lambda: meta() == []), "and nothing to remember")
day.link.ask(do="merge", note="x")
becomes("true", "closed again")
ok(wait_for(lambda: any(h["what"] == "dnd" for h in day.status()["held"])), "status says so")
equal(json.loads(meta()[0][0])["was"], 0, "what it was is in the database")

# the daemon dies and comes back
day.kill(signal.SIGKILL)
equal(paused(), "true", "kill -9: it stays")
start_at("17:20")
equal(paused(), "true", "and after the restart, too")
at("19 03:00")
equal(paused(), "true", "through the night")
at("19 08:59")
equal(paused(), "true", "until the next day starts")
at("19 09:00")
becomes("false", "at its start without anybody there: back")
ok(wait_for(lambda: meta() == []), "and forgotten")

# earlier, by the first activity; dead at that instant
works()
at("19 17:00")
works()
day.link.ask(do="merge", note="y")
becomes("true", "the second evening")
day.kill(signal.SIGKILL)
again("20 08:10")
equal(paused(), "true", "nobody there yet: still quiet")
works()
becomes("false", "the first activity brings back what was")

# dead over the start of the day: put back at once when it lives again
day.link.ask(do="merge", note="z")
becomes("true", "Friday is closed")
at("21 12:00")
works()
equal(paused(), "true", "a day off is no start")
day.kill(signal.SIGKILL)
again("23 10:00")
becomes("false", "put back at once")

# somebody's own hand goes before ours
works()
day.link.ask(do="merge", note="m")
becomes("true", "Monday is closed")
desktop.run("dunstctl", "set-paused", "false")
ok(wait_for(lambda: json.loads(meta()[0][0])["mine"] is False), "switched off by hand: noticed")
works()
at("23 22:00")
equal(paused(), "false", "and left alone")
at("24 09:30")
works()
desktop.run("dunstctl", "set-paused", "true")
ok(wait_for(lambda: any(h["what"] == "dnd" for h in day.status()["held"])), "on by hand before the end")
day.link.ask(do="merge", note="t")
at("25 09:30")
works()
ok(wait_for(lambda: meta() == []), "the next day")
equal(paused(), "true", "it is on as it was")
equal(day.kill(signal.SIGTERM), 0, "the daemon ends in good order")
unsaid = [line for line in day.log().splitlines() if "running as root" not in line]
equal(unsaid, [], "the daemon had nothing to complain of")
done()
