#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# vesper why and vesper plan: what was said and by which rule, what is due, who
# holds it back, what comes next; and the days to come.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

CONFIG = """[workday "day"]
days = Mon-Thu
[workday "short"]
days = Fri
merge = 14:00
warn = 20m
limit = 4h
[protect "therapy"]
days = Thu
from = 18:30
to = 19:30
private = no
[protect]
days = Fri
from = 23:00
to = 01:00
[notify]
desktop = no
"""


def says(day, command, want, name):
    out, err, code = day.run("vesper", *command.split())
    equal([out, err, code], [want, "", 0], name)


def active(day, at=None):
    if at:
        day.to(at)
    day.link.ask(event="activity", source="vim", project="/src/a")


def held(day, notice):
    return [p for p in day.link.ask(get="why")["pending"] if p["notice"] == notice][0]


def why(day):
    day.start("17:20")
    says(day, "why", """Nothing was said yet.
Now: working time until 18:00
Nothing is due.
Next:
  a word before the end         17:30
  a word before the end         17:50
  a word about the late hour    18:00
  a word before protected time  tomorrow 18:00
  protected time                tomorrow 18:30
  a word before protected time  Fri 2026-11-20 22:30
""", "before anything happened")
    for at in ("17:25", "17:30", "17:50", "17:59:30", "18:00"):
        active(day, at)
    says(day, "why", """Said last: a word before the end, 17:50
  before the end of the day, or of the hours set for it: `warn` and `limit` in [workday]
Now: the day is over
Due, and held back:
  the end of the day            18:00  waits for a pause or a commit, until 18:05
Next:
  a break is offered            19:20
  a word before protected time  tomorrow 18:00
  protected time                tomorrow 18:30
  a word before protected time  Fri 2026-11-20 22:30
""", "due, waiting for a seam")
    day.link.ask(event="busy", source="desktop", by="call")
    out = day.run("vesper", "why")[0]
    ok("  the end of the day            18:00  held by a call\n" in out, "the holder is named", out)
    ok("\nHolds notices back: a call.\n" in out, "as it is when nothing is due", out)
    equal([held(day, "merge")["held"], held(day, "merge")["holder"]], [["busy"], "a call"], "in JSON, too")
    day.link.ask(event="free", source="desktop", by="call")
    day.link.ask(event="busy", source="obs")
    ok("held by obs\n" in day.run("vesper", "why")[0], "whoever it is")
    day.link.ask(event="free", source="obs")
    day.run("vesper", "oncall", "30m")
    out = day.run("vesper", "why")[0]
    ok("  the end of the day            18:00  not now: on call until 18:30\n" in out, "the rule that holds is named", out)
    equal(held(day, "merge")["held"], ["regime"], "in JSON, too")
    day.run("vesper", "oncall", "off")
    day.to("18:06")
    day.run("vesper", "snooze", "2h")
    day.run("vesper", "carry", "until", "20:30")
    active(day)
    says(day, "why", """Said last: the end of the day, 18:01
  the end of the day: `merge` in [workday], or where it was moved to
Now: the day is over
Nothing is due.
Next:
  a break is offered            20:06  you asked for quiet until 20:06
  a word about the late hour    20:30  you carry on until 20:30
  a word before protected time  tomorrow 18:00
  protected time                tomorrow 18:30
  a word before protected time  Fri 2026-11-20 22:30
""", "and why not before")
    given = day.notices()[-1]
    equal([day.status()["next"]["notice"], given[:2]], ["stretch", ("18:01:00", "merge")],
          "status and the record agree")


def due(day):
    """Work without a break across the end: the next break would be offered at
    18:10, which after the end is not what comes next."""
    day.start("16:30")
    for minute in range(16 * 60 + 40, 18 * 60 + 14, 4):
        active(day, "%02d:%02d" % divmod(minute, 60))
    equal([held(day, "stretch")["held"], day.status()["next"]["notice"]], [["regime"], "late"],
          "what has no place now is not what comes next")
    ok("next: a word about the late hour, 18:" in day.run("vesper", "status")[0], "and at which time")


def plan(day):
    day.start("15:00")
    for order in ("off Mon..Tue", "today 10:00-17:00", "extend 30m", "oncall until 16:00"):
        day.run("vesper", *order.split())
    says(day, "plan", """On call until 16:00
Wed 2026-11-18  10:00-17:00 day, moved to 17:30, warnings at 17:00, 17:20  (an exception you made)
Thu 2026-11-19  09:00-18:00 day, warnings at 17:30, 17:50
                therapy 18:30-19:30
Fri 2026-11-20  09:00-14:00 short, at most 4h of work, warnings at 13:40
                protected time 23:00-01:00
Sat 2026-11-21  day off
Sun 2026-11-22  day off
Mon 2026-11-23  day off  (an exception you made)
Tue 2026-11-24  day off  (an exception you made)
""", "a week")
    out = day.run("vesper", "plan", "--days", "140")[0].splitlines()
    equal([line[:14] for line in out if "the clock changes" in line], ["Sun 2027-03-28"], "the clock changes once")
    days = day.link.ask(get="plan", days=2)["days"]
    equal([clock(t) for t in days[0]["warn"]], ["17:00:00", "17:20:00"], "instants in JSON")
    equal([clock(days[0]["end"]), clock(days[0]["effective_end"])], ["17:00:00", "17:30:00"], "both ends")
    equal([days[0]["exception"], days[1]["exception"]], [True, False], "exceptions")
    day.to("17:35")
    active(day)
    given = [n for n in day.notices()]
    equal([n for n in given if n[1] == "warn"], [], "no one there at 17:00 and 17:20")
    for words, code in (("0", 2), ("367", 2), ("week", 2), ("366", 0)):
        equal(day.run("vesper", "plan", "--days", words)[2], code, "plan --days " + words)


for part in (why, due, plan):
    try:
        part(Day(part.__name__, CONFIG))
    except Exception as error:
        ok(False, part.__name__, repr(error))
done()
