#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A whole working day before a real editor and a real notification server: what
# is said, where and when, what a button does, and what is left of it.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("dunst", "dunstctl", "Xvfb", "dbus-daemon", "gdbus", "import")


def morning(day, name):
    """Up to the first warning, the hooks put in."""
    day.repository()
    day.desktop = Desktop(day.env)
    day.desktop.dunst()
    day.start("17:20")
    out, err, status = day.run("vesper", "hooks", "install", "--repo", day.src)
    equal(status, 0, name + ": hooks are installed")
    day.open(name)
    ok(wait_for(day.heard), name + ": opening a file is heard")
    day.touched.append(instant("17:20"))
    day.works("17:25", "17:29")
    equal(day.notices(), [], name + ": nothing is said before 17:30")


def before_the_end(day, name):
    day.works("17:30", "17:38", "17:45")
    equal(day.notices(), [("17:30:00", "warn", 0)], name + ": 17:30, a warning")
    ok("18:00" in day.popup(name), name + ": the editor shows it")
    day.saves("17:47")
    day.to("17:50")
    said, status = day.commit("work")
    equal([said, status], ["", 0], name + ": a commit at 17:50: no word on the terminal")
    day.works("17:50:30", "17:55", "17:59:30")
    equal(day.notices()[1:], [("17:50:00", "warn", 0)], name + ": 17:50, a warning")


def the_end(day, name):
    desktop = day.desktop
    day.works("18:00", "18:00:30")
    equal(len(day.notices()), 2, name + ": 18:00, nothing while somebody types")
    day.to("18:01:29")
    equal(len(day.notices()), 2, name + ": nor within a minute of it")
    day.to("18:01:30")
    equal(day.notices()[2:], [("18:01:30", "merge", 1)], name + ": the merge notice at a seam")
    ok(wait_for(lambda: desktop.displayed() == 1), name + ": dunst shows it", desktop.displayed())
    ok(wait_for(lambda: "1 commit" in desktop.run("dunstctl", "history") or "1 commit" in day.popup(name)),
       name + ": with the day's commit", day.popup(name))
    desktop.screenshot("day-merge-" + name)
    day.to("18:02")
    offered = desktop.press("+15 min")
    ok("Merge" in offered and "+15 min" in offered, name + ": two buttons are offered", offered)
    ok(wait_for(lambda: day.status()["day"]["effective_end"] != instant("18:00")), name + ": the press is heard")
    equal(clock(day.status()["day"]["effective_end"]), "18:17:00", name + ": the end is 15 minutes after the press")
    ok(wait_for(lambda: desktop.displayed() == 0), name + ": and the notice is gone")
    ok(wait_for(lambda: "merge" not in day.popup(name)), name + ": from the editor, too", day.popup(name))


def the_evening(day, name):
    day.works("18:03", "18:07", "18:16:30", "18:17")
    equal(day.notices()[3:], [("18:07:00", "warn", 0)], name + ": a warning before the new end")
    day.to("18:18")
    equal(day.notices()[4:], [("18:18:00", "merge", 1)], name + ": the merge notice at the new end")
    day.works("18:26", "18:30", "18:35")
    day.saves("18:39:30")
    day.to("18:40")
    said, status = day.commit("late work")
    equal(status, 0, name + ": a commit at 18:40 succeeds")
    equal([said.count("\n"), said[:6], "23 min" in said], [0, "vesper", True],
          name + ": with one sentence that says how late it is: " + said)
    equal(day.notices()[5:], [("18:33:00", "late", 1)], name + ": between them one late notice, in a lull")
    out, err, status = day.run("vesper", "merge", "-m", "tomorrow: the parser")
    equal([err, status], ["", 0], name + ": vesper merge -m: " + out.strip())
    note = day.home + "/.local/share/vesper/clock-notes/2026-11-18.md"
    ok("tomorrow: the parser" in read(note), name + ": the note is written", read(note))
    equal(day.status()["day"]["closed"], True, name + ": the day is closed")
    ok(wait_for(lambda: day.desktop.displayed() == 0), name + ": nothing is left on the screen")


def opened(day):
    return day.editor.eval("bufwinnr('^vesper://merge$')") > 0


def the_button(day, name):
    """The other button: the note opens in the editor, and closes the day."""
    equal(day.run("vesper", "merge", "--undo")[2], 0, name + ": vesper merge --undo")
    day.works("18:50", "18:54:30", "18:55")
    day.to("18:56")
    equal(day.notices()[6:], [("18:40:00", "merge", 1), ("18:56:00", "late", 1)],
          name + ": the day is open again, and past its end")
    ok(wait_for(lambda: day.desktop.displayed() == 1), name + ": dunst shows it")
    # dunst offers what is up; pressed again when it was still the one before
    ok(wait_for(lambda: day.desktop.press("Merge") and wait_for(lambda: opened(day), 1)),
       name + ": Merge opens the note in the editor, beside what is typed")
    ok("tomorrow: the parser" in day.editor.eval("join(getbufline('vesper://merge', 1, '$'))"),
       name + ": with what was written before")
    day.editor.keys(":Vesper merge\r")
    day.editor.keys("ggOsleep well\x1b:w\r")
    ok(wait_for(lambda: day.status()["day"]["closed"]), name + ": :w closes the day")
    note = read(day.home + "/.local/share/vesper/clock-notes/2026-11-18.md")
    ok("tomorrow: the parser" in note and "sleep well" in note, name + ": nothing of the note is lost", note)
    equal(day.editor.eval("v:errmsg"), "", name + ": and Vim has no complaint")


def the_report(day, name):
    report = day.report()
    log = day.git("log", "--since=2026-11-18T04:00:00+0100", "--format=%H", "--shortstat").splitlines()
    oids = [line for line in log if len(line) == 40]
    inserted = sum(int(n) for line in log for n in re.findall(r"(\d+) insertion", line))
    deleted = sum(int(n) for line in log for n in re.findall(r"(\d+) deletion", line))
    src = [r for r in report["repositories"] if r["path"] == day.src]
    equal([report["commits"], src[0]["commits"], src[0]["insertions"], src[0]["deletions"]],
          [len(oids), len(oids), inserted, deleted], name + ": the report counts as git log does")
    equal([c["oid"] for c in report["late_commits"]], oids[:1], name + ": and knows the late commit")
    equal([clock(report["first"]), clock(report["last"])], ["17:20:00", "18:40:00"], name + ": first and last")
    work = day.expected_work()
    ok(abs(report["worked"] - work) <= REPORT_S, name + ": worked as long as keys were typed",
       report["worked"], work)
    return report


def the_replay(day, name):
    got, want = replayed(day, "18:57")
    equal(got[0], want[0], name + ": the stored day replayed gives the same notices")
    equal(got[1], want[1], name + ": and verdicts")


for name in sys.argv[1:] or EDITORS:
    day = Day(name)
    for part in (morning, before_the_end, the_end, the_evening, the_report, the_button, the_replay):
        try:
            part(day, name)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (name, part.__name__), repr(error))
    ok(day.editor.quit(), name + ": quits", day.editor.screen()[-800:])
    unsaid = [line for line in day.log().splitlines() if "running as root" not in line]
    equal(unsaid, [], name + ": the daemon had nothing to complain of")
done()
