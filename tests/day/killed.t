#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The same day twice, without a desktop: once as it comes, once with the daemon
# killed in the middle of it, again and again.  Nothing is said twice, nothing
# is lost, and the totals are the same.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *


def crash(day, *, again):
    day.kill()
    day.start(again)


def shows(day):
    ok(wait_for(lambda: "the end of today" in day.popup("vim")), day.name + ": Vim shows the merge notice")


def live(day, kills, first=False):
    """kills: at which of these times the daemon dies, and when it is back; first:
    whether the editor was there before it."""
    day.repository()
    if first:
        day.open("vim")
        day.editor.keys("jk")
        ok(wait_for(day.editor.ready), day.name + ": Vim is there before the daemon")
    day.start("17:20")
    if not first:
        day.open("vim")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    for at, what in (("17:20", day.types), ("17:29", day.types), ("17:30", day.types), ("17:38", day.types),
                     ("17:47", day.types), ("17:50", day.types), ("17:52", lambda: day.saves("17:52")),
                     ("17:53", lambda: day.commit("work")), ("17:59:30", day.types), ("18:00:20", day.types), ("18:01:30", lambda: shows(day)),
                     ("18:02", lambda: day.run("vesper", "extend", "15m")), ("18:03", day.types),
                     ("18:14:30", day.types), ("18:15", day.types),
                     ("18:24", day.types), ("18:33", day.types), ("18:36", lambda: day.saves("18:36")),
                     ("18:40", lambda: day.commit("late")),
                     ("18:45", lambda: day.run("vesper", "merge", "-m", "enough"))):
        if at in kills:
            crash(day, again=kills[at])
        day.to(at)
        what()


def gone_by(day):
    """What is left of the day, without the names of its places."""
    report = day.report()
    for repository in report["repositories"]:
        repository["path"] = "src"
    report["projects"] = {os.path.basename(p): s for p, s in report["projects"].items()}
    for late in report["late_commits"]:
        late["project"] = "src"
    return report


def said(day):
    """The titles on the terminal of the daemon."""
    return [line for line in day.log().splitlines() if re.match(r"\d\d:\d\d: ", line)]


calm, shaken = Day("calm"), Day("shaken")
live(calm, {}, first=True)
live(shaken, {
    "17:38": "17:31",     # between two notices
    "18:00:20": "17:59:59",
    "18:02": "18:01:50",  # with the merge notice up
    "18:24": "18:20",     # the second merge notice came due with nobody there
    "18:40": "18:36:00",  # at the very instant of the last event
})
notices = calm.notices()
equal(notices, [("17:30:00", "warn", 0), ("17:50:00", "warn", 0), ("18:01:20", "merge", 1),
                ("18:07:00", "warn", 0), ("18:17:00", "merge", 1), ("18:34:00", "late", 1)],
      "the notices of an undisturbed day")
equal(shaken.notices(), notices, "killed five times: the same notices at the same times")
equal(gone_by(shaken), gone_by(calm), "the same report to the last key")
commits = shaken.git("log", "--since=2026-11-18T04:00:00+0100", "--format=%H").splitlines()
equal(gone_by(shaken)["commits"], len(commits), "as many commits as git knows")
equal(said(shaken), said(calm), "the terminal was told the same")
equal(len(said(calm)), len(notices), "each once")
equal(shaken.rows("PRAGMA integrity_check"), [("ok",)], "the history is whole")
equal([calm.editor.eval("v:errmsg"), shaken.editor.eval("v:errmsg")], ["", ""], "and Vim has no complaint")
ok(calm.editor.quit() and shaken.editor.quit(), "both Vims quit")
equal([calm.kill(signal.SIGTERM), shaken.kill(signal.SIGTERM)], [0, 0], "both daemons end well")
ok(not os.path.exists(socket_of(calm.env)), "and take their socket with them")
done()
