#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Clocks: zones changed, clocks set, suspends of any length, nights across a
# change of the clock, 29 February.  What is said is said once and on time, and
# no length is negative or counted twice.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from datetime import datetime
from zoneinfo import ZoneInfo
from day import *

DAY = "[workday]\ndays = Mon-Fri\n[notify]\ndesktop = no\n"
NIGHT = "[workday]\ndays = daily\nstart = 22:00\nmerge = 06:00\n[notify]\ndesktop = no\n"


def wall(t, zone="Europe/Berlin"):
    return datetime.fromtimestamp(t, ZoneInfo(zone)).strftime("%d %H:%M:%S")


def life(name, config, at, zone="Europe/Berlin"):
    day = Day(name, config)
    day.env["TZ"] = zone
    day.start(at)
    return day


def active(day, *times):
    for at in times or (None,):
        if at:
            day.to(at)
        answer = day.link.ask(event="activity", source="vim", project="/src/a")
        assert answer.get("ok"), answer


def works(day, minutes):
    """Keys every minute from now on."""
    for _ in range(minutes):
        assert day.link.ask(clock="+1m").get("ok")
        active(day)


def given(day, zone="Europe/Berlin", but=("stretch",)):
    return [(wall(at, zone), n) for at, n in day.rows("SELECT at, notice FROM notices ORDER BY n") if n not in but]


def ends(day, zone="Europe/Berlin"):
    return wall(day.status()["day"]["effective_end"], zone)


def sane(day, name):
    """No length is negative, none longer than the time that went by."""
    status = day.status()
    first, last = day.rows("SELECT min(at), max(at) FROM events WHERE kind = 'activity'")[0]
    ok(0 <= status["worked"] <= last - first, name + ": worked is no more than elapsed", status["worked"], last - first)
    order = [at for at, in day.rows("SELECT at FROM events ORDER BY id")]
    ok(order == sorted(order), name + ": the record goes on in order")


def zones():
    day = life("zones", DAY, "15:00")
    active(day)
    equal(ends(day), "18 18:00:00", "an end in Berlin")
    answer = day.link.ask(zone="America/New_York")
    equal(ends(day, "America/New_York"), "18 18:00:00", "an end in New York, at once")
    active(day, "23:59:30")
    day.to("24:01")
    equal(given(day, "America/New_York"), [("18 18:00:30", "merge")], "said there at six, once")
    ok("error" in day.link.ask(zone="Mars/Phobos"), "an unknown zone is refused")
    equal(ends(day, "America/New_York"), "18 18:00:00", "which changes nothing")
    day.link.ask(zone="Europe/Berlin")
    equal(len(given(day)), 1, "back home it is not said again")
    sane(day, "zones")


def clock_set():
    for name, back in ("minutes", 600), ("hours", 3 * 3600), ("days", 3 * 86400):
        day = life("back-" + name, DAY, "17:00")
        active(day)
        works(day, 20)
        before = day.status()
        assert day.link.ask(set=before["now"] - back).get("ok")
        after = day.status()
        equal([after["now"], after["worked"], after["stretch"]], [before["now"], 1200, before["stretch"]],
              name + " back: time goes on from where it was")
        equal(day.rows("SELECT data FROM events WHERE kind = 'set'"), [('{"by":%d}' % -back,)], name + " back: noted")
        works(day, 39)
        day.to("18:02")
        equal(given(day), [("18 17:30:00", "warn"), ("18 17:50:00", "warn"), ("18 18:00:00", "merge")],
              name + " back: each word once")
        sane(day, name + " back")
    for name, by, said in (("minutes", 600, [("18 17:30:00", "warn")]),
                           ("hours", 3 * 3600, [("18 18:00:00", "merge")]),
                           ("days", 3 * 86400, [("18 18:00:00", "merge")])):
        day = life("forward-" + name, DAY, "17:00")
        active(day)
        works(day, 20)
        before = day.status()
        assert day.link.ask(set=before["now"] + by).get("ok")
        active(day)
        after = day.status()
        equal([after["now"], after["worked"]], [before["now"] + by, 0 if name == "days" else 1200], name + " forward: is followed, and no work")
        equal([g for g in given(day) if g[1] != "off"], said, name + " forward: each word once")
        day.link.ask(set=before["now"])
        works(day, 2)
        equal([g for g in given(day) if g[1] in ("warn", "merge")], said, name + " forward and back: nothing twice")
        sane(day, name + " forward")


def between_lives():
    """The clock is set back while no daemon runs: by seconds here, since a
    clock that is told begins a new history when told an earlier instant."""
    day = life("lives", DAY, "17:00")
    works(day, 20)
    before = day.status()
    day.kill()
    day.start(str(before["now"] - 3))
    after = day.status()
    equal([after["now"], after["worked"], after["stretch"]], [before["now"], before["worked"], before["stretch"]],
          "set back between two lives: time stands still until then")
    works(day, 1)
    sane(day, "two lives")


def real():
    """The real clock, which was set back by an hour since the last event, or
    by a week."""
    for name, ahead in ("hour", 3600), ("week", 7 * 86400):
        day = Day("real-" + name, DAY)
        instants = []
        for future in (0, ahead):
            if future:
                db = sqlite3.connect(day.home + "/.local/state/vesper/vesper.db")
                db.execute("INSERT INTO events (at, kind, source) VALUES (?, 'activity', 'vim')",
                           (instants[0] + future,))
                db.commit()
                db.close()
            day.daemon = start("vesperd", "--foreground", env=day.env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            assert wait_for(day._linked)
            active(day)
            instants.append(day.status()["now"])
            day.kill()
        gone_on = instants[1] - instants[0]
        ok(gone_on >= 3600 if name == "hour" else gone_on < 3600,
           "set back by a %s: the instant %s" % (name, "does not go back" if name == "hour" else "follows the clock"), gone_on)


def suspends():
    day = life("suspend", DAY, "17:00")
    active(day)
    works(day, 10)
    day.link.ask(suspend="10s")
    equal([r for r, in day.rows("SELECT kind FROM events WHERE source = 'suspend' ORDER BY id")], ["away", "back"],
          "10 s: an absence")
    active(day)
    equal([day.status()["worked"], day.status()["present"]], [610, True], "10 s: work goes on")
    stretch = day.status()["stretch"]["start"]
    day.link.ask(suspend="10m")
    equal(day.status()["present"], False, "a break: nobody is there")
    active(day)
    after = day.status()
    equal([after["worked"], after["stretch"]["start"] > stretch], [610, True], "a break is none of the work")
    active(day, "17:58")
    day.link.ask(suspend="8h")
    equal(given(day), [("18 18:00:00", "merge")], "a night: the end is told once, as of its time")
    active(day)
    after = day.status()
    equal([after["worked"], after["day"]["date"], after["regime"]], [610, "2026-11-18", "over"],
          "a night: still that day, and no work")
    day.link.ask(suspend="7h")
    active(day)
    after = day.status()
    equal([after["worked"], after["day"]["date"]], [0, "2026-11-19"], "and a night more: the next")
    sane(day, "suspends")


def snoozed():
    """Quiet is asked for until an instant, which comes asleep or awake."""
    day = life("snooze", DAY + "[stretch]\nlimit = 30m\n", "14:00")
    active(day)
    works(day, 25)
    assert day.link.ask(do="snooze", when="30m").get("ok")  # until 14:55
    day.link.ask(suspend="8m")  # not long enough for a break
    works(day, 40)
    equal([g for g in given(day, but=()) if g[1] == "stretch"][:1], [("18 14:55:00", "stretch")],
          "a snooze ends when it was said to, whatever was slept of it")


def three_signals():
    """What a lid that closes says, and what the resume says after it."""
    day = life("three", DAY, "14:00")
    active(day)
    works(day, 5)
    before = day.status()
    for kind in ("away", "away", "away"):
        day.link.ask(event=kind, source="desktop")
    day.link.ask(suspend="3m")
    for kind in ("back", "back"):
        day.link.ask(event=kind, source="desktop")
    equal(day.status()["present"], False, "three signals in a row, and nobody is there")
    active(day)
    after = day.status()
    equal([after["worked"], after["stretch"]["start"]], [before["worked"] + 180, before["stretch"]["start"]],
          "are one absence, too short for a break")
    sane(day, "three signals")


def overnight():
    for name, length, want in (("inside", "2h", ["2026-11-18", "normal", 2]), ("after", "8h", ["2026-11-18", "over", 3])):
        day = life("night-" + name, NIGHT, "22:00")
        active(day)
        works(day, 60)
        day.link.ask(suspend=length)
        active(day)
        status = day.status()
        equal([status["day"]["date"], status["regime"], status["worked"] // 1800], [want[0], want[1], 2],
              "resumed %s a night's window" % name)
        equal(given(day), [("19 06:00:00", "merge")] if name == "after" else [], name + ": what was said")
        if name == "inside":
            day.to("30:02")
        equal(len([n for n in given(day) if n[1] == "merge"]), 1, name + ": the end is told once")
        sane(day, name)


def changes():
    for name, at, end, hours in (("spring", "2027-03-27T22:00:00+01:00", "28 06:00:00", 7),
                                 ("autumn", "2026-10-24T22:00:00+02:00", "25 06:00:00", 9)):
        day = life(name, NIGHT, at)
        active(day)
        start = day.status()["now"]
        equal(ends(day), end, name + ": the night ends at six")
        equal(day.status()["day"]["effective_end"] - start, hours * 3600, name + ": after %d hours" % hours)
        works(day, hours * 60 - 1)
        equal(day.status()["worked"], hours * 3600 - 60, name + ": all of them worked")
        day.link.ask(clock="+3m")
        equal([g for g in given(day) if g[1] == "merge"], [(end, "merge")], name + ": told at six, once")
        plan = day.run("vesper", "plan", "--days", "2")[0].splitlines()
        equal([l[4:14] for l in plan if "clock changes" in l],
              ["2027-03-27", "2027-03-28"] if name == "spring" else ["2026-10-24", "2026-10-25"],
              name + ": marked in the plan, the night and the date")
        sane(day, name)
        date = at[:10]
        offer = day.link.ask(get="correct", day=date)
        day.link.ask(do="correct", day=date, text=offer["text"])
        day.link.ask(clock="+20h")
        week = json.loads(day.run("vesper", "report", "%s..%s" % (date[:8] + "20", date[:8] + "31"), "--json")[0])
        equal([d["worked"] for d in week["days"] if d["worked"]], [hours * 3600 - 60],
              name + ": the day after, it is in the report once, and an edit of nothing changed nothing")
    day = life("gap", NIGHT.replace("06:00", "02:30"), "2027-03-27T22:00:00+01:00")
    equal(ends(day), "28 03:00:00", "an end that does not exist is the instant after the gap")
    day = life("twice", NIGHT.replace("06:00", "02:30"), "2026-10-24T22:00:00+02:00")
    equal(day.status()["day"]["effective_end"], 1792888200, "one that exists twice is the first")


def leap():
    day = life("leap", DAY, "2028-02-29T17:00:00+01:00")
    active(day)
    equal(day.status()["day"]["date"], "2028-02-29", "29 February is a day")
    out = day.run("vesper", "plan", "--days", "2")[0].splitlines()
    equal([line[:14] for line in out], ["Tue 2028-02-29", "Wed 2028-03-01"], "and March comes after it")
    out, err, code = day.run("vesper", "off", "2028-02-29..2028-03-01")
    equal(out, "Tue 2028-02-29..Wed 2028-03-01: days off.\n", "which can be a day off")
    equal(day.run("vesper", "off", "2027-02-29")[2], 2, "29 February 2027 is none")


def pushed(day, **line):
    """What a subscriber is sent until the answer to this."""
    sub = Link(socket_of(day.env))
    sub.sock.sendall(b'{"hello":1,"as":"test","subscribe":true,"id":1}\n')
    sub.sock.sendall((json.dumps(dict(line, id="last")) + "\n").encode())
    seen = []
    while not seen or seen[-1].get("id") != "last":
        seen.append(json.loads(sub.file.readline()))
    sub.close()
    return [m["notice"] for m in seen if "notice" in m]


def past():
    """What was due in a time that is over is recorded, not shown."""
    day = life("past", DAY + "[protect]\ndays = daily\nfrom = 16:00\nto = 17:00\n", "16:10")
    active(day)
    equal(pushed(day, clock="+70m"), [], "a block that is over is no news")
    equal(given(day), [("18 16:11:00", "protect")], "but in the record")
    day = life("present", DAY, "17:59:30")
    active(day)
    equal(pushed(day, clock="+2h"), ["merge"], "an end that still holds is said")


for part in (zones, clock_set, between_lives, real, suspends, snoozed, three_signals, overnight, changes, leap, past):
    try:
        part()
    except Exception as error:
        ok(False, part.__name__, repr(error))
done()
