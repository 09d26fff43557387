#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The daemon is killed as soon as a hook has its answer, before what it rang for
# is in the history: the commit is there all the same, whose it was and why. A hook
# that had no answer in its time, on a busy machine, has nothing to go by: that day
# is begun anew.
import sys
import os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gitday import *

KILLED = 'git commit -q --allow-empty -m x && kill -9 "$DAEMON"'


class Unanswered(Exception):
    pass


def answered(part):
    """The part, with days of another name until each of its hooks was answered."""
    def tried():
        for n in range(5):
            try:
                return part("%s-%d" % (part.__name__, n))
            except Unanswered:
                print("# a hook waited in vain")
        ok(False, part.__name__ + ": a hook has its answer")
    return tried


def crash(day, times=3):
    """A person's commits, each followed by a kill at once; the daemon is back after it."""
    oids = []
    for n in range(times):
        env = dict(day.dated(), VESPER_REASON="why %d" % n, DAEMON=str(day.daemon.pid))
        t = Terminal(["sh", "-c", KILLED], env, cwd=day.src)
        assert t.ends(20)
        day.kill()
        if b"after the end" not in t.out:
            raise Unanswered
        oids.append(day.head())
        day.start("18:3%d" % (n + 1))
    return oids


def word(name):
    day = GitDay(name, "commits = confirm\n")
    oids = crash(day)
    equal(day.told("source, human, verdict"), [("hook", 1, "late")] * 3, "word: each is a person's, and judged")
    equal([(oid, data.get("reason")) for oid, data in day.details()],
          [(oid, "why %d" % n) for n, oid in enumerate(oids)], "word: each has its reason")
    slip = day.home + "/.local/state/vesper/clock.slip"
    equal(os.path.getsize(slip), 0, "word: what is in the history is on no slip")
    day.ends()


def unlogged(name):
    day = GitDay(name, "commits = nudge\n", hooks=False)
    day.run("git", "-C", day.src, "config", "core.logAllRefUpdates", "false")
    day.run("rm", "-r", day.src + "/.git/logs")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    crash(day)
    equal(day.told("source, human"), [("hook", 1)] * 3, "unlogged: told by the hook alone, each once")
    day.ends()


def private(name):
    day = GitDay(name, "commits = nudge\n[privacy]\nprojects = none\n")
    crash(day)
    equal(day.told("human, project"), [(1, "")] * 3, "private: each is there, without a name")
    day.ends()


parts(*map(answered, (word, unlogged, private)))
