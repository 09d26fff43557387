#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A random week of somebody who does all there is to do, with a daemon that dies
# now and then: what it did must be what `vesper replay` says of the events it
# stored, to the second.  A failure names its seed: replay.t SEED.
import random
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

WEEK = """[workday "day"]
days = Mon-Fri
start = 09:00
merge = 18:00
[workday "short"]
days = Fri
start = 09:00
merge = 14:00
limit = 4h
"""
OTHER = WEEK.replace("18:00", "17:00").replace("[workday \"day\"]", "[vesper]\npatience = 2m\n[workday \"day\"]")
DAYS = 3


def rfc(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def order(day, dice):
    """One of the things a person says to Vesper."""
    day.link.ask(**dice.choice([
        {"do": "extend", "when": "30m"}, {"do": "extend", "when": "15m"}, {"do": "extend-now", "when": "15m"},
        {"do": "merge"}, {"do": "reopen"}, {"do": "snooze", "when": "20m"}, {"do": "break"},
        {"do": "carry", "when": "1h"}, {"do": "oncall", "when": "1h"}, {"do": "oncall", "when": "off"},
        {"do": "today", "window": "10:00-16:00"}, {"do": "off", "dates": "tomorrow"},
        {"do": "off", "dates": "tomorrow", "undo": True}]))


def crash(day, dice, now):
    day.kill()
    now += dice.choice([0, 1, 600])
    day.start_at(rfc(now))
    return now


def week(day, seed):
    dice = random.Random(seed)
    now = instant("08:30")
    end = now + DAYS * 86400
    while now < end:
        now += dice.choice([0, 0, 1, 20, 20, 60, 60, 120, 240, 300, 300, 900, 3600])
        assert day.link.ask(clock=rfc(now)).get("ok")
        what = dice.random()
        if what < 0.75:
            day.link.ask(event="activity", source="vim", project=day.src, human=dice.random() < 0.95)
        elif what < 0.77:
            day.git("commit", "-q", "--allow-empty", "-m", "work")
        elif what < 0.85:
            day.link.ask(event=dice.choice(["away", "back", "busy", "free"]))
        elif what < 0.92:
            order(day, dice)
        elif what < 0.94:
            assert day.link.ask(suspend="%dm" % dice.choice([1, 30, 600])).get("ok")
            now = day.status()["now"]
        elif what < 0.96:
            day.configure(dice.choice([WEEK, OTHER]))
            day.link.ask(do="reload")
        elif what < 0.97:
            day.link.ask(zone=dice.choice(["Europe/Berlin", "America/New_York"]))
        elif what < 0.99:
            now = crash(day, dice, now)
        now = day.status()["now"]
    return now


def difference(got, want):
    for i, (g, w) in enumerate(zip(got, want)):
        if g != w:
            return "first at %d: replay %r, daemon %r" % (i, got[i:i + 3], want[i:i + 3])
    return "replay %d, daemon %d: %r" % (len(got), len(want), (got[len(want):] + want[len(got):])[:3])


for seed in [int(a) for a in sys.argv[1:]] or [1, 4, 7]:
    day = Day("week-%d" % seed, WEEK)
    day.repository()
    day.start("08:30")
    try:
        got, want = replayed(day, week(day, seed))
    except Exception as error:
        ok(False, "seed %d" % seed, repr(error), day.log()[-600:])
        continue
    ok(len(want[0]) > 5 and want[1], "seed %d: days with %d events and %d notices and %d verdicts" % (
        seed, day.rows("SELECT count(*) FROM events")[0][0], len(want[0]), len(want[1])))
    ok(got[0] == want[0], "seed %d: replay gives the same notices" % seed, difference(got[0], want[0]))
    ok(got[1] == want[1], "seed %d: and the same verdicts" % seed, difference(got[1], want[1]))
    day.kill(signal.SIGTERM)
done()
