#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The daemon is a fold over what it stored: killed after any step of two days
# and started again, it is in the same state, says nothing twice and forgets
# nothing; and `vesper replay` of the record says what the daemon said.
#
# With VESPER_NIGHTLY=1 a run of its own for a kill after every single step.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

CONFIG = """[workday]
days = Mon-Fri
[workday "short"]
days = Thu
limit = 3h
[stretch]
limit = 1h
[protect "choir"]
days = Wed
from = 20:00
to = 21:00
[notify]
desktop = no
"""


def steps():
    """Two days of somebody's life, an item a thing that happens."""
    def at(time):
        return {"clock": stamp(time)}

    def active(first, last, every=4):
        first, last = instant(first), instant(last)
        for t in range(first, last + 1, every * 60):
            yield at(clock(t))
            yield {"event": "activity", "source": "vim", "project": "/src/a"}

    yield from active("09:02", "09:30")
    yield {"do": "snooze", "when": "10m"}
    yield from active("09:34", "10:26")  # a stretch notice waits for a seam
    yield at("10:26:30")
    yield {"event": "busy", "source": "obs", "by": "call"}
    yield from active("10:27", "10:31", 2)
    yield {"event": "free", "source": "obs"}
    yield {"suspend": "10s"}
    yield from active("10:32", "10:36", 2)
    yield {"suspend": "12m"}
    yield {"event": "activity", "source": "vim", "project": "/src/a", "human": False}
    yield from active("16:58", "17:58", 7)
    yield {"do": "extend", "when": "30m", "why": "deploy"}
    yield {"do": "extend", "when": "5h"}  # refused
    yield from active("18:00", "18:36", 3)
    yield {"event": "away", "source": "desktop"}
    yield at("18:40")
    yield {"event": "back", "source": "desktop"}
    yield from active("18:41", "19:10", 4)
    yield {"do": "carry", "when": "19:40"}
    yield from active("19:12", "20:12", 4)
    yield {"do": "oncall", "when": "until 22:00"}
    yield from active("20:16", "20:48", 8)
    yield {"set": instant("20:10")}  # back, which is not followed
    yield from active("22:01", "22:40", 3)
    yield {"do": "merge", "note": "the parser"}
    yield {"do": "reopen"}
    yield {"do": "merge", "note": "the parser, really"}
    yield from active("25:00", "28:20", 6)  # through the turn
    yield {"suspend": "4h"}
    yield {"set": instant("32:50")}  # forward
    yield from active("33:00", "33:20", 5)  # the note is handed back
    yield {"do": "off", "dates": "Fri..Sun"}
    yield {"do": "today", "window": "10:00-17:30"}
    yield {"zone": "Europe/London"}
    yield from active("33:30", "37:10", 5)  # the limit of three hours
    yield {"do": "carry"}
    yield from active("37:14", "37:40", 5)
    yield at("55:30")
    yield {"event": "activity", "source": "nvim", "project": "/src/b"}
    yield at("55:32")


def tables(day):
    events = [row for row in day.rows("SELECT at, kind, source, human, data, verdict, past FROM events ORDER BY at, id")]
    return {"events": events,
            "notices": day.rows("SELECT at, notice, level, day, about FROM notices ORDER BY n"),
            "days": day.rows("SELECT * FROM days ORDER BY day")}


def why(day):
    return {k: v for k, v in day.link.ask(get="why").items() if k != "id"}


def look(day):
    # what is up on screens is not put up again by a restart
    return dict(day.status(), id=0, notice=None, why=why(day), notices=day.notices())


def live(name, killed):
    """The state after every step, and the tables; a kill after those steps."""
    day = Day(name, CONFIG)
    day.start("09:00")
    states, answers = [], []
    for i, step in enumerate(steps()):
        if "zone" in step:
            day.env["TZ"] = step["zone"]
        answer = {k: v for k, v in day.link.ask(**step).items() if k != "id"}
        answers.append(json.dumps(answer).replace(day.home, "~"))
        if i in killed:
            now = day.status()["now"]
            day.kill()
            day.start(str(now))
        states.append(look(day))
    return day, states, answers


def same(name, killed, calm):
    day, states, answers = live(name, killed)
    wrong = [(i, key, a[key], b[key]) for i, (a, b) in enumerate(zip(states, calm[1]))
             for key in b if a[key] != b[key]][:3]
    ok(not wrong, name + ": the same state after every step", *wrong)
    wrong = [(i, a, b) for i, (a, b) in enumerate(zip(answers, calm[2])) if a != b][:1]
    ok(not wrong, name + ": the same answers", *wrong)
    for table, rows in tables(day).items():
        want = tables(calm[0])[table]
        wrong = [(a, b) for a, b in zip(rows, want) if a != b][:1]
        ok(not wrong and len(rows) == len(want), "%s: the same %s" % (name, table), len(rows), len(want), *wrong)
    day.kill()


def replayed(day):
    events = day.home + "/events.jsonl"
    with open(events, "w") as f:
        for at, kind, source, human, data, verdict, past in tables(day)["events"]:
            line = dict(json.loads(data), at=at, event=kind)
            if kind in ("activity", "commit", "push"):
                line["human"] = bool(human)
            f.write(json.dumps(line) + "\n")
    out, err, status = day.run("vesper", "replay", "--until", str(day.status()["now"]), events,
                               env=dict(day.env, TZ="Europe/Berlin"))
    equal([err, status], ["", 0], "the record can be replayed")
    lines = [json.loads(line) for line in out.splitlines()]
    equal([[l["at"], l["notice"], l["level"], l["day"]] for l in lines if "notice" in l],
          [list(n[:4]) for n in tables(day)["notices"]], "with the same notices")
    equal([[l["day"], l["ended"], l["worked"], l["longest"]] for l in lines if "ended" in l],
          [list(d) for d in tables(day)["days"]], "and the same days")
    equal(len([l for l in lines if "refused" in l]), 1, "and the same refusal")


calm = live("calm", ())
n = len(calm[1])
kinds = {row[1] for row in tables(calm[0])["notices"]}
equal(sorted(kinds), ["late", "merge", "morning", "off", "protect", "protect-warn", "stretch", "warn"],
      "every notice is given in these days")
replayed(calm[0])
same("killed after every step", range(n), calm)
same("killed after every third", range(1, n, 3), calm)

if os.environ.get("VESPER_NIGHTLY"):
    for i in range(n):
        same("killed after step %d" % i, (i,), calm)
done()
