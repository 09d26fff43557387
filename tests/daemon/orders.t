#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Orders as a person types them: what was understood is said, a refusal has its
# reason and its number, and all of it holds after a kill.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

CONFIG = """[workday]
days = Mon-Fri
[stretch]
break = 15m
[notify]
desktop = no
"""


def typed(day, line, want, status=0):
    """What the client says to a line typed, on either stream."""
    words = line.split(" ")
    out, err, code = day.run("vesper", *words)
    said = (out if code == 0 else err.replace("vesper: %s: " % words[0], "", 1)).splitlines()
    equal([code, said[0] if said else ""], [status, want], "vesper " + line)


def end(day):
    return clock(day.status()["day"]["effective_end"])


def window(day):
    d = day.status()["day"]
    return d["kind"], d["start"] and clock(d["start"]), d["end"] and clock(d["end"])


def again(day):
    """kill -9, and a new one at the same instant."""
    now = day.status()["now"]
    day.kill()
    day.start(clock(now))


NO_TIME = "that is neither a time (18:45, tomorrow 09:00, Fri) nor a length (30m, 1h30m)"
NO_WINDOW = "from when to when? Write HH:MM-HH:MM, such as 09:00-17:00"
NO_DAY = "which day? Write today, yesterday, Fri or 2026-11-18"
NO_RANGE = (" is neither day, week, month nor year, nor a day (today, yesterday, Fri, 2026-11-18), "
            "nor two days with .. between")
NO_DATES = "which dates? Write today, tomorrow, Fri, 2026-12-24, or a range: Fri..Sun"


def extend(day):
    day.start("15:00")
    for words in ("soon", "90", "24:00", "9:5", "1h90m", "5", "18:60", "until", "30m 10m"):
        typed(day, "extend " + words, NO_TIME, 2)
    typed(day, "extend -5m", "there is no option -5m", 2)
    typed(day, "extend", "an argument is missing", 2)
    typed(day, "extend 0m", "that is not after the end of the day. It ends at 18:00. Extensions left today: 2.", 1)
    for past in ("until 17:00", "14:00", "15:00"):
        typed(day, "extend " + past,
              "that is not after the end of the day. It ends at 18:00. Extensions left today: 2.", 1)
    typed(day, "extend 1h1m", "that is more than one extension may be. At most 1 h. Extensions left today: 2.", 1)
    typed(day, "extend Fri", "that is more than one extension may be. At most 1 h. Extensions left today: 2.", 1)
    equal(end(day), "18:00:00", "refused ones change nothing")
    typed(day, "extend 30m", "The day now ends at 18:30. Extensions left today: 1.")
    again(day)
    equal([end(day), day.status()["extensions_left"]], ["18:30:00", 1], "which a restart remembers")
    typed(day, "extend until 18:45 -m deploy", "The day now ends at 18:45. Extensions left today: 0.")
    typed(day, "extend 18:50", "no extensions are left today: `vesper carry` carries on without one", 1)
    equal(day.rows("SELECT data FROM events WHERE kind = 'extend' ORDER BY id DESC LIMIT 2")[1][0].count("deploy"),
          1, "the reason is kept")


def until(day):
    day.start("15:00")
    typed(day, "carry until 20:30", "Carrying on until 20:30.")
    typed(day, "carry 1h", "Carrying on until 16:00.")
    typed(day, "carry 14:00", "Carrying on until tomorrow 14:00.")
    typed(day, "carry", "No further word about the time today.")
    typed(day, "snooze 45m", "No word about breaks before 15:45.")
    typed(day, "snooze for 1h30m", "No word about breaks before 16:30.")
    typed(day, "snooze", "an argument is missing", 2)
    typed(day, "snooze later", NO_TIME, 2)
    typed(day, "break", "A break, until 15:15.")
    typed(day, "break today", "that time is over", 1)
    typed(day, "break 0m", "that time is over", 1)
    typed(day, "break 20m", "A break, until 15:20.")
    typed(day, "oncall until 20:30 -m rota", "On call until 20:30.")
    typed(day, "oncall 30m", "On call until 15:30.")
    typed(day, "oncall until 14:00", "On call until tomorrow 14:00.")
    typed(day, "oncall tomorrow", "On call until tomorrow 04:00.")
    typed(day, "oncall tomorrow 09:00", "On call until tomorrow 09:00.")
    typed(day, "oncall Wed", "On call until Wed 2026-11-25 04:00.")
    typed(day, "oncall 2026-11-18T12:00:00Z", "that time is over", 1)
    typed(day, "oncall Fri 12:00", "On call until Fri 2026-11-20 12:00.")
    before = day.status()
    again(day)
    after = day.status()
    for key in "oncall_until", "carry_until", "snooze_until", "regime", "present":
        equal(after[key], before[key], "a restart remembers: " + key)
    equal(after["regime"], "oncall", "the regime at once")
    typed(day, "oncall off", "No longer on call.")
    equal(day.status()["regime"], "normal", "and not, at once")


def off(day):
    day.start("15:00")
    typed(day, "off someday", NO_DATES, 2)
    typed(day, "off", NO_DATES, 2)
    typed(day, "off Sun..", NO_DATES, 2)
    typed(day, "off 2026-12-26..2026-12-24", "the second date lies before the first", 2)
    typed(day, "off 2026-12-26..2027-12-31",
          "a range may be a year long: give the rest in a second command", 2)
    typed(day, "off 2026-11-17", "those dates are over", 1)
    typed(day, "off --undo", "no days off are left to undo here: name the dates, as in `vesper off Fri --undo`", 1)
    typed(day, "off tomorrow", "Thu 2026-11-19: a day off.")
    typed(day, "off Fri..Sun", "Fri 2026-11-20..Sun 2026-11-22: days off.")
    typed(day, "off 2026-12-24 .. 2027-01-01", "Thu 2026-12-24..Fri 2027-01-01: days off.")
    typed(day, "off --undo", "Thu 2026-12-24..Fri 2027-01-01: as the config says.")
    typed(day, "off today", "Wed 2026-11-18: a day off.")
    equal(window(day), ("off", None, None), "today's plan is another at once")
    typed(day, "extend 30m", "today is a day off and has no end to move: "
          "`vesper today HH:MM-HH:MM` makes it a working day", 1)
    again(day)
    equal(window(day), ("off", None, None), "and after a restart")
    kinds = [d["kind"] for d in day.link.ask(get="plan", days=7)["days"]]
    equal(kinds, ["off"] * 5 + ["work"] * 2, "the plan has them all")
    typed(day, "off --undo Fri", "Fri 2026-11-20: as the config says.")
    typed(day, "off today --undo", "Wed 2026-11-18: as the config says.")
    equal(window(day), ("work", "09:00:00", "18:00:00"), "undone at once")


def today(day):
    day.start("15:00")
    for words in ("9:00-17:00", "10:00", "10:00-25:00", "10:00-17:00-18:00", "-", "10:00-17:0"):
        typed(day, "today -- " + words, NO_WINDOW, 2)
    typed(day, "today 10:00-17:00", "Today is from 10:00 to 17:00.")
    equal(window(day), ("work", "10:00:00", "17:00:00"), "at once")
    typed(day, "today 10:00 - 16:30", "Today is from 10:00 to 16:30.")
    again(day)
    equal(window(day), ("work", "10:00:00", "16:30:00"), "a restart remembers")
    typed(day, "today 16:00-09:30", "that would overlap the working time of a day beside it", 1)
    equal(window(day), ("work", "10:00:00", "16:30:00"), "refused, it changes nothing")
    typed(day, "today 16:00 08:30", "Today is from 16:00 to tomorrow 08:30.")
    typed(day, "off Thu", "Thu 2026-11-19: a day off.")
    typed(day, "today 22:00-10:00", "Today is from 22:00 to tomorrow 10:00.")
    typed(day, "off Thu --undo", "that would overlap the working time of a day beside it", 1)
    typed(day, "off Wed --undo", "Wed 2026-11-18: as the config says.")
    equal(window(day), ("work", "09:00:00", "18:00:00"), "the config's window again")
    day.to("26:30")  # half past two, still Wednesday's working day
    typed(day, "today 10:00-15:00", "Today is from yesterday 10:00 to yesterday 15:00.")


def back(day):
    """Days as one names them who looks back, on a Wednesday."""
    day.start("15:00")
    notes = day.home + "/.local/share/vesper/clock-notes/2026-11-%d.md"
    typed(day, "note", "there is no note yet", 1)
    typed(day, "note today", "there is no note of that day", 1)
    typed(day, "merge --day yesterday -m later", "The note is in %s." % (notes % 17))
    equal(day.status()["day"]["closed"], False, "which closes nothing today")
    typed(day, "note", "2026-11-17")
    for words in ("merge --day Mon --no-edit", "merge --undo --day yesterday"):
        typed(day, words, "that day is over and stays closed: `vesper day edit` puts it right", 1)
    typed(day, "merge --day tomorrow -m x", NO_DAY, 2)
    typed(day, "merge --day 2026-11-19 -m x", "that day has not begun", 1)
    typed(day, "merge --day today -m done", "The day is closed. The note is in %s." % (notes % 18))
    typed(day, "note", "2026-11-18")
    typed(day, "merge --undo --day Wed", "The day is open again. It ends at 18:00.")
    typed(day, "report yesterday", "Tue 2026-11-17: a working day")
    typed(day, "report Tue", "Tue 2026-11-17: a working day")
    typed(day, "report Mon..Fri", "Work, 2026-11-16..2026-11-20")
    typed(day, "report Tue..yesterday", "Work, 2026-11-17")
    typed(day, "report today..yesterday", '"today..yesterday"' + NO_RANGE, 2)
    typed(day, "report now", '"now"' + NO_RANGE, 2)
    typed(day, "day edit Thu --undo", "2026-11-12 is as it was recorded.")
    typed(day, "day edit 2026-10-24 --work 23:00-05:00", "2026-10-24: corrections kept beside the record: 1.")
    equal(day.link.ask(get="report", day="2026-10-24")["worked"], 7 * 3600, "over a night of 25 hours")
    typed(day, "day edit Mon --start 09:00 --end 08:00", "'end 08:00' does not end after it begins", 2)
    typed(day, "day edit Mon --start 09:00", "2026-11-16: corrections kept beside the record: 1.")
    typed(day, "day edit Mon --end 08:00", "'end 08:00' does not end after it begins", 2)
    typed(day, "day edit Mon --work 13:00-13:00", "'work 13:00-13:00' does not end after it begins", 2)
    typed(day, "day edit Mon --work 14:00-13:00", "'work 14:00-13:00' does not end after it begins", 2)
    typed(day, "day edit Wed --work 13:00-16:00", "'work 13:00-16:00' lies in the future", 2)
    typed(day, "day edit Tue --work 12:00-15:00 --pause 12:30-13:00 --work 12:45-12:50",
          "2026-11-17: corrections kept beside the record: 3.")
    equal(day.link.ask(get="report", day="2026-11-17")["worked"], 9300, "several of a kind, in their order")
    typed(day, "forget --before tomorrow", NO_DAY, 2)
    typed(day, "forget --before 2026-11-19", "only days before today can be forgotten", 1)
    typed(day, "forget --before today",
          "Forgotten: 0 events, and what was summed up of them. Notes are your own files and stay.")


def late(day):
    """What an extension is refused for after the end."""
    day.start("18:20")
    typed(day, "extend 18:10", "that time is over. Extensions left today: 2.", 1)
    typed(day, "extend 19:30", "that is more than one extension may be. At most 1 h. Extensions left today: 2.", 1)
    typed(day, "extend 19:20", "The day now ends at 19:20. Extensions left today: 1.")


def forget(day):
    """What was ordered before and is still to come is not forgotten."""
    day.start("15:00")
    typed(day, "off 2026-11-20..2026-11-21", "Fri 2026-11-20..Sat 2026-11-21: days off.")
    typed(day, "oncall 2026-11-20", "On call until Fri 2026-11-20 04:00.")
    typed(day, "oncall off", "No longer on call.")
    typed(day, "off Thu", "Thu 2026-11-19: a day off.")
    typed(day, "oncall Sat -m weekend", "On call until Sat 2026-11-21 04:00.")
    day.to("44:00")
    typed(day, "off --undo Thu", "Thu 2026-11-19: as the config says.")
    day.to("68:00")
    typed(day, "forget --before today",
          "Forgotten: 4 events, and what was summed up of them. Notes are your own files and stay.")
    before = day.link.ask(get="plan", days=4)["days"], day.status()["regime"]
    again(day)
    equal((day.link.ask(get="plan", days=4)["days"], day.status()["regime"]), before, "the same after a kill")
    equal([d["kind"] for d in before[0]], ["off", "off", "off", "work"], "days off stay days off")
    equal(before[1], "oncall", "and who is on call is on call")
    typed(day, "forget --project /src/nothing",
          "No event was recorded of /src/nothing; if that is not its path, nothing of the project is forgotten.")
    equal(day.link.ask(do="forget", project="/src/a", before="2026-11-01")["error"],
          "name either --before DATE or --project PATH", "not both at once")


def night(day):
    """A night shift, and work that went on through the turn, are forgotten whole."""
    day.configure("[workday]\ndays = Mon-Fri\nstart = 22:00\nmerge = 06:00\n[notify]\ndesktop = no\n")
    day.start("22:00")
    for k in range(17 * 12):  # until three in the afternoon: its cut is at two
        day.link.ask(event="activity", source="vim", project="/src/a")
        day.link.ask(clock="+5m")
    day.to("46:00")
    day.link.ask(event="activity", source="vim", project="/src/a")
    typed(day, "forget --before today",
          "Forgotten: 204 events, and what was summed up of them. Notes are your own files and stay.")
    equal(day.rows("SELECT kind, count(*) FROM events GROUP BY kind"),
          [("activity", 1), ("config", 1), ("zone", 1)], "nothing is left of the day before")


for part in (extend, late, until, off, today, back, forget, night):
    try:
        part(Day(part.__name__, CONFIG))
    except Exception as error:
        ok(False, part.__name__, repr(error))
done()
