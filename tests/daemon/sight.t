#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Still seeing? `doctor` and `status` name a source that fell silent, a hook
that vanished, a watch that was lost, an editor of another protocol and a clock
that was set; and nothing of it on a day on which all is well."""
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *


def told(day):
    """What doctor warns of beside what it always does here, and what status
    says, which must be the same."""
    checks = json.loads(day.run("vesper", "doctor", "--json")[0])["checks"]
    unseen = [c for c in checks if c["state"] == "warn" and c["name"] in ("source", "hook", "watch", "editor", "clock")]
    equal(day.status()["unseen"], [c["text"] for c in unseen], day.name + ": status says what doctor says")
    words = day.run("vesper", "status")[0]
    ok(all(c["text"] in words for c in unseen), day.name + ": in words, too", words)
    ok(all("mend" in c for c in unseen if c["name"] != "clock"), day.name + ": and how to mend it", unseen)
    return [(c["name"], c["text"]) for c in unseen]


def says(day, source):
    day.link.ask(event="activity", source=source, project="/p")


def on(day, n, source):
    """The n-th day after the first: what was before is summed up."""
    day.to(str(instant("10:00") + n * 86400))
    day.link.ask(event="back" if source == "desktop" else "activity", source=source, project="/p")
    day.run("vesper", "report", "week", "--json")


def silent():
    """Wednesday: both editors; from then on only vim's."""
    day = Day("silent")
    day.start("10:00")
    says(day, "vim"), says(day, "nvim"), says(day, "watch")
    day.run("vesper", "snooze", "1m")
    day.link.ask(suspend="1m")
    on(day, 1, "vim"), on(day, 2, "vim")
    equal(told(day), [], "two days without an editor: nothing")
    on(day, 4, "desktop")
    equal(told(day), [], "a Sunday on which only the screen was unlocked")
    on(day, 5, "vim")
    equal(told(day), [("source", "nvim: not heard of since 2026-11-18 10:00, while others are")],
          "Monday is the third day of work: a word; none about orders, sleep and commits")
    day.to(str(instant("10:00") + 30 * 86400))
    equal(len(told(day)), 1, "a holiday: nothing new, as all were silent")
    on(day, 70, "vim")
    equal(told(day), [], "after two months it is taken for given up")
    day.kill(signal.SIGTERM)


def part_time():
    """Monday to Wednesday, all in one editor but for a week's first days."""
    day = Day("part-time")
    day.start("10:00")
    says(day, "vim"), says(day, "nvim")
    for n in (5, 6):
        on(day, n, "vim")
    equal(told(day), [], "six days later, of which two were days of work: nothing")
    on(day, 7, "vim")
    equal(len(told(day)), 1, "the third one")
    says(day, "nvim")
    equal(told(day), [], "heard of again: all is well")
    day.kill(signal.SIGTERM)


def hookless():
    day = Day("hookless")
    day.repository()
    day.start("10:00")
    day.run("vesper", "hooks", "install", "--repo", day.src)

    def commit(n):
        for i in range(n):
            day.link.ask(clock="+1m")
            with open(day.file, "a") as f:
                f.write("x\n")
            before = day.events("commit")
            day.commit("work")
            wait_for(lambda: day.link.ask(clock="+1s") and day.events("commit") > before)
    commit(2)
    equal(told(day), [], "with its hook: nothing")
    day.run("vesper", "hooks", "uninstall", "--repo", day.src)
    commit(2)
    equal(told(day), [], "two commits without: nothing yet")
    commit(1)
    equal(told(day), [("hook", day.src + ": the last 3 commits came without the hook that told of those before")],
          "three: it is missed")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    commit(1)
    equal(told(day), [], "installed again: all is well")
    day.kill(signal.SIGTERM)


def unwatched():
    day = Day("unwatched")
    day.repository()
    for i in range(300):
        os.makedirs(day.src + "/.git/logs/refs/remotes/r%d" % i)
    day.start("10:00")
    day.link.ask(event="activity", source="vim", project=day.src)
    ok(told(day) and told(day)[0][0] == "watch" and told(day)[0][1].startswith("1 "), "a watch that was not to be had")
    day.kill(signal.SIGTERM)


def protocol():
    day = Day("protocol")
    day.start("10:00")
    old = socket.socket(socket.AF_UNIX)
    old.settimeout(10)
    old.connect(socket_of(day.env))
    old.sendall(b'{"hello":7,"as":"vim","subscribe":true}\n')
    answer = json.loads(old.makefile().readline())
    ok("another protocol" in answer["error"] and "install the same version" in answer["error"] and answer["hello"] == 1,
       "an editor of another protocol is told so, and what to do", answer)
    equal(told(day), [("editor", "vim, which speaks protocol 7, was turned away on 2026-11-18 at 10:00: this vesperd speaks 1")],
          "and doctor tells of it")
    new = socket.socket(socket.AF_UNIX)
    new.settimeout(10)
    new.connect(socket_of(day.env))
    new.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
    new.makefile().readline()
    equal(told(day), [], "until one of that name that speaks ours has come")
    day.kill(signal.SIGTERM)


def clock_set():
    day = Day("clock")
    day.start("10:00")
    says(day, "vim")
    day.link.ask(set=instant("13:00"))
    says(day, "vim")
    found = told(day)
    equal(found, [("clock", "the clock was set forward by 3h on 2026-11-18 at 13:00; the record goes on from there")],
          "a clock that was set")
    day.link.ask(set=instant("12:15"))
    equal(told(day), [("clock", "the clock was set back by 45m on 2026-11-18 at 13:00; "
                       "the record goes on as if it had not been")], "and set back")
    day.to(str(instant("13:00") + 8 * 86400))
    says(day, "vim")
    equal(told(day), [], "a week later it is forgotten")
    day.kill(signal.SIGTERM)


silent()
part_time()
hookless()
unwatched()
protocol()
clock_set()
done()
