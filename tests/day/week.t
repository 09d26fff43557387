#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A week and a day, lived in fast time in a real Vim and a real Neovim with a
# real git: a merge, forgotten merges, a night shift with everything killed in
# the middle of it, a weekend, a machine switched off for two days.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

WEEK = """[workday "day"]
days = Mon, Tue, Fri
start = 09:00
merge = 18:00
[workday "night"]
days = Wed
start = 22:00
merge = 06:00
[notify]
desktop = no
"""
need("vim", "nvim")


def at(date, time):
    """The instant of HH:MM[:SS] on a date of that November."""
    return instant(time) + (date - 18) * 86400


def hm(t, date):
    return clock(t - (date - 18) * 86400)[:5] if t is not None else None


class Week(Day):
    date = 16

    def __init__(self):
        super().__init__("week", WEEK)
        self.editors, self.done = {}, {}
        with open(self.home + "/ed", "w") as f:
            f.write('#!/bin/sh\ncp "$1" "$HOME/offered"\nsed -i -e "$HOW" "$1"\n')
        os.chmod(self.home + "/ed", 0o755)

    def moves(self, time):
        self.to(str(at(self.date, time)))

    def sits_at(self, name, *args):
        """The editor that is typed in from now on."""
        self.source = name
        if name not in self.editors:
            self.editors[name] = Editor(name, self.env, *(args or [self.file]), cwd=self.src)
        self.editor = self.editors[name]

    def does(self, *times, keys="kj"):
        for time in times:
            self.moves(time)
            self.types(keys)

    def types(self, keys="kj"):
        self.settled_before = len(self.touched)
        super().types(keys)
        self.done.setdefault(self.date, []).append(self.touched[-1])

    def commits(self, time, line, message):
        self.moves(time)
        with open(self.file, "a") as f:
            f.write(line + "\n")
        said = self.commit(message)
        self.done.setdefault(self.date, []).append(self.touched[-1])
        return said

    def worked(self, date):
        done = sorted(self.done[date])
        return sum(b - a for a, b in zip(done, done[1:]) if b - a < 600)

    def day_json(self, date):
        return json.loads(self.run("vesper", "report", "2026-11-%d" % date, "--json")[0])

    def note(self, date):
        return read(self.home + "/.local/share/vesper/clock-notes/2026-11-%d.md" % date)

    def window(self):
        """What the morning's window says, once it is there."""
        ok(self.editor.comes("bufwinnr('^vesper://morning$') > 0", 1), "%d Nov, %s: a window comes by itself" % (self.date, self.source),
           self.editor.screen()[-300:])
        equal(self.editor.eval("expand('%:t')"), "main.c", "%d Nov: the cursor stays" % self.date)
        return self.editor.eval("join(getbufline('vesper://morning', 1, '$'), \"\\n\")")

    def resumes(self, line):
        self.editor.keys(":call win_gotoid(bufwinid('vesper://morning'))\r\r")
        ok(self.editor.comes("[expand('%:t'), line('.'), bufexists('vesper://morning')]", ["main.c", line, 0]),
           "%d Nov: Enter goes to line %d, where work ended" % (self.date, line), self.editor.screen()[-300:])
        ok(wait_for(lambda: not self.status()["note_waiting"]), "%d Nov: the note was read" % self.date)

    def days(self):
        return [(d, hm(ended, int(d[8:])), worked) for d, ended, worked in
                self.rows("SELECT day, ended, worked FROM days ORDER BY day")]


week = Week()
week.repository()
week.run("git", "init", "-q", "--bare", week.home + "/far.git")
week.git("remote", "add", "far", week.home + "/far.git")
week.git("push", "-q", "-u", "far", "main")
week.start_at(str(at(16, "09:00")))
week.run("vesper", "hooks", "install", "--repo", week.src)


def monday():
    """As it is meant to be: moved once, merged in Vim, one commit after it."""
    week.date = 16
    week.sits_at("vim")
    week.does("09:00", "09:08", "09:16")
    equal(week.commits("09:20", "// TODO: the empty line", "parse: the first half"), ("", 0), "Mon: a commit, and not a word")
    week.does("13:00", "13:09")
    week.does("17:50", "17:57")
    week.moves("18:01")
    equal(week.run("vesper", "extend", "15m", "-m", "the deploy")[2], 0, "Mon: the end is moved")
    week.does("18:04", "18:12")
    week.does("18:13", keys="G")
    week.does("18:19", keys="2G")
    week.editor.keys(":Vesper merge\r")
    ok(week.editor.comes("bufname('')", "vesper://merge"), "Mon: the note opens in Vim")
    week.editor.keys("/First thing\rjothe second half, with a test\x1bZZ")
    ok(wait_for(lambda: week.status()["day"]["closed"]), "Mon: saved is merged")
    said, status = week.commits("18:40", "after hours", "parse: a comment")
    ok(status == 0 and said.startswith("vesper: 18:40, "), "Mon: a commit after it: one sentence", said)
    note = week.note(16)
    name = os.path.basename(week.src)
    for part in ("2026-11-16", name + ":\n- parse: the first half", "main: 1 not pushed", "main.c:4: // TODO: the empty line",
                 "vim was at %s:2" % week.file, "at 18:01: the end at 18:16, the deploy", "last at work at 18:19",
                 "the second half, with a test"):
        ok(part in note, "Mon: the note has: " + part.replace("\n", " / "), note)
    ok("->" not in note and "#" not in note, "Mon: without what was not filled in")


def tuesday():
    """In Neovim; nobody merges."""
    week.date = 17
    week.sits_at("nvim")
    week.does("09:05")
    text = week.window()
    ok("the second half, with a test" in text and "main.c:2" in text, "Tue: Monday's note, with the place", text)
    ok("-16 ended at" not in text, "Tue: a day that was merged is not asked about", text)
    week.resumes(2)
    equal(week.days(), [("2026-11-16", "18:40", week.worked(16))], "Mon ended with its last commit")
    week.does("09:12", "09:20")
    week.commits("16:58", "more", "parse: the second half")
    week.does("17:03", "17:10")
    week.moves("23:00")
    ok(("merge", "2026-11-17") in week.rows("SELECT notice, day FROM notices"), "Tue: the notice waits in the tray")
    equal(week.status()["day"]["closed"], False, "Tue: nobody merges")


def night():
    """A shift from ten to six, with the daemon and Vim killed in it."""
    week.date = 18
    week.sits_at("vim")
    week.does("22:00")
    equal(week.status()["day"]["date"], "2026-11-18", "Wed: the shift is a day of its own")
    equal(week.days()[1:], [("2026-11-17", "17:10", week.worked(17))], "Tue ended by itself, with the last that was typed")
    text = week.window()
    ok("2026-11-17 ended at 17:10" in text, "Wed: Tuesday is offered to be put right", text)
    week.editor.keys(":call win_gotoid(bufwinid('vesper://morning'))\re")
    ok(week.editor.comes("bufname('')", "vesper://day"), "Wed: one key opens it")
    week.editor.keys("Goend 17:45\x1bopause 17:00-17:08\x1b:w\r")
    ok(week.editor.comes("bufexists('vesper://day')", 0), "Wed: :w hands it over", week.editor.screen()[-300:])
    tue = week.day_json(17)
    # from 16:58 to 17:45, but for the pause
    wanted = week.worked(17) - (17 * 60 + 10 - 16 * 60 - 58) * 60 + 47 * 60 - 8 * 60
    equal([hm(tue["last"], 17), tue["worked"], hm(tue["recorded"]["last"], 17), tue["recorded"]["worked"]],
          ["17:45", wanted, "17:10", week.worked(17)], "Tue: put right, with the record beside it")
    week.does("22:08", "22:16")
    week.moves("22:20")
    week.kill()
    week.start_at(str(at(18, "22:21")))
    ok(wait_for(week.editor.ready), "Wed: the daemon is killed; Vim lives on")
    week.does("22:24", "22:31")
    week.editor.kill()
    del week.editors["vim"]
    week.sits_at("vim")
    week.does("22:38")
    ok(True, "Wed: Vim is killed, and another one begun")
    # six hours after midnight belong to the day the shift began
    week.does("25:00", "25:09")
    equal(week.commits("25:15", "// FIXME the night", "parse: at night"), ("", 0), "Wed: a commit at a quarter past one is in time")
    week.does("29:55", keys="G")
    week.does("30:02", keys="3G")
    week.moves("30:04")
    week.run("vesper", "merge", env=dict(week.env, GIT_EDITOR=week.home + "/ed", HOW="/^First thing/,/^$/s/^$/the cache/"))
    note = week.note(18)
    ok("- parse: at night" in note and "the cache" in note and "FIXME the night" in note and "vim was at %s:3" % week.file in note,
       "Wed: merged in the shell, under the date on which the shift began", note)
    equal(week.status()["day"]["closed"], True, "Wed: closed")
    with open(week.home + "/.local/share/vesper/clock-notes/2026-11-18.md", "a") as f:
        f.write("\nby hand, afterwards\n")


def friday():
    """After a day off that was one: the night's note; then forgotten."""
    week.date = 20
    week.sits_at("nvim")
    week.does("09:01")
    equal(week.days()[2:], [("2026-11-18", "30:02", week.worked(18))], "the night ended in the morning, Thursday is no day")
    text = week.window()
    ok("the cache" in text and "by hand, afterwards" in text and "main.c:3" in text, "Fri: the night's note, and what was added by hand", text)
    week.resumes(3)
    week.does("09:09", "09:17")
    week.does("17:12", "17:20")


def saturday():
    """An hour on a day off, then the machine is off for two days."""
    week.date = 21
    week.sits_at("vim")
    week.does("10:00", "10:09")
    ok(("off", "2026-11-21") in week.rows("SELECT notice, day FROM notices") or
       week.moves("10:16") or ("off", "2026-11-21") in week.rows("SELECT notice, day FROM notices"), "Sat: it is a day off, once said")
    said, status = week.commits("10:18", "sat", "parse: on Saturday")
    ok(status == 0 and "day off" in said, "Sat: and after a commit", said)
    equal(week.editor.eval("bufexists('vesper://morning')"), 0, "Sat: nothing is asked on a day off")
    for e in week.editors.values():
        ok(e.quit(), "Sat: %s quits" % e.name)
    week.editors = {}
    equal(week.kill(signal.SIGTERM), 0, "Sat: the machine is switched off")


def monday_again():
    week.date = 23
    week.start_at(str(at(23, "09:30")))
    week.sits_at("nvim")
    week.does("09:31")
    equal([d[:2] for d in week.days()[3:]], [("2026-11-20", "17:20"), ("2026-11-21", "10:18")], "both days ended while it was off")
    text = week.window()
    ok("2026-11-20 ended at 17:20" in text, "Mon: Friday is offered, whatever came between", text)
    out = week.run("vesper", "morning")[0]
    ok("vesper day edit 2026-11-20" in out and "by hand, afterwards" in out, "Mon: vesper morning says the same", out)
    equal(week.run("vesper", "day", "edit", "2026-11-20", "--end", "18:10")[2], 0, "Mon: put right in the shell")
    ok("ended at" not in week.run("vesper", "morning")[0], "Mon: and offered no more")
    week.does("09:39")


def told():
    """What is told of the week."""
    r = json.loads(week.run("vesper", "report", "2026-11-16..2026-11-23", "--json")[0])
    days = {int(d["day"][8:]): d for d in r["days"]}
    equal(sorted(days), [16, 17, 18, 20, 21, 23], "the report has the days on which something was done")
    equal([days[d]["kind"] for d in sorted(days)], ["work", "work", "work", "work", "off", "work"], "days of work and days off")
    equal([d for d in sorted(days) if days[d]["closed"]], [16, 18], "merged were two")
    for d in (16, 18, 21, 23):
        equal(days[d]["worked"], week.worked(d), "%d Nov: worked as it was lived" % d)
    for d in (17, 20):
        equal(days[d]["recorded"]["worked"], week.worked(d), "%d Nov: recorded as it was lived" % d)
    equal([[p["why"], hm(p["until"], 16), hm(p["ended"], 16)] for p in days[16]["promised"]], [["the deploy", "18:16", "18:40"]],
          "promised and kept")
    equal([(c["verdict"], days_) for days_ in sorted(days) for c in days[days_]["late_commits"]], [("late", 16), ("off", 21)],
          "the commits after the end, and on the day off")
    t = r["totals"]
    equal([t["days_worked"], t["days_off_worked"], t["commits"], t["extensions"]], [6, 1, 5, 1], "and together")
    for d in (16, 18, 21):
        one = week.day_json(d)
        equal({k: one[k] for k in days[d] if k != "late_commits"}, {k: v for k, v in days[d].items() if k != "late_commits"},
              "%d Nov: the same by itself" % d)
    text = week.run("vesper", "report", "2026-11-16..2026-11-23", env=dict(week.env, COLUMNS="100"))[0]
    ok("the deploy" in text and "Wed 11-18" in text, "in words, with strips", text)
    (notices, verdicts), (given, judged) = replayed(week, at(23, "09:39"))
    equal(given, notices, "every notice of the week as a replay of its events gives it")
    equal(judged, verdicts, "and every verdict")
    equal(week.rows("PRAGMA integrity_check"), [("ok",)], "the history is whole")
    equal(week.editor.eval("v:errmsg"), "", "the editor has no complaint")
    ok(week.editor.quit(), "and quits")
    equal(week.kill(signal.SIGTERM), 0, "so does the daemon")


for part in (monday, tuesday, night, friday, saturday, monday_again, told):
    part()
done()
