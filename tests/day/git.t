#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# An evening of git, real hooks and the real daemon: who is told what on the
# terminal, and what of it counts.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

SENTENCE = r"^vesper: 18:\d\d, \d+ min after the end of the day\..*`vesper extend 30m`.*`vesper merge`"


def terminal(*args):
    """git in a terminal: its exit status and what Vesper said there."""
    t = Terminal(["git"] + list(args), day.dated(), cwd=day.src)
    if not t.ends():
        raise RuntimeError("git %s does not end" % (args,))
    wait_for(lambda: day._drained(t))
    return t.status, [l for l in t.out.decode().replace("\r", "").split("\n") if l.startswith("vesper")]


def add(name):
    with open(day.src + "/" + name, "w") as f:
        f.write("x\n")
    day.git("add", name)


day = Day("git")
day.repository()
day.start("18:20")
day.run("vesper", "hooks", "install", "--repo", day.src)
for minute in range(20, 24):
    day.to("18:%d" % minute)
    add("f%d" % minute)
    status, said = terminal("commit", "-qm", "c%d" % minute)
    ok(status == 0 and len(said) == 1 and re.match(SENTENCE, said[0]), "18:%d, a commit: one sentence" % minute, said)
equal(terminal("commit", "-q", "--amend", "-m", "better"), (0, []), "an amend: not a word")
day.to("18:30")
status, said = terminal("-c", "sequence.editor=true", "rebase", "-q", "-i", "HEAD~3", "--exec", "true")
ok(status == 0 and len(said) == 1 and re.match(SENTENCE, said[0]), "a rebase of three: one sentence at its end", said)
terminal("checkout", "-q", "-b", "side", "HEAD~2")
add("side")
equal(len(terminal("commit", "-qm", "side")[1]), 1, "another branch: one sentence")
equal(terminal("cherry-pick", "main")[0], 0, "a cherry-pick succeeds")
equal(terminal("merge", "-q", "main", "-m", "together")[0], 0, "a merge succeeds")
day.run("git", "init", "-q", "--bare", day.home + "/remote.git")
day.git("remote", "add", "origin", day.home + "/remote.git")
equal(terminal("push", "-q", "-u", "origin", "side"), (0, []), "a push: not a word, as the config has it")
ok(wait_for(lambda: day.link.ask(clock="+1m") and day.events("push") == 1), "it is seen all the same")
with open(day.file, "a") as f:
    f.write("not yet\n")
day.git("stash")
report = day.report()
equal([r["path"] for r in report["repositories"]], [day.src], "it is one repository")
git = day.git("log", "--branches", "--no-merges", "--since=2026-11-18T04:00:00+0100", "--format=%an %at %s")
equal(report["commits"], len(set(git.splitlines())), "commits count as in git's own log, copies once")
equal([report["repositories"][0][k] for k in ("stashes", "dirty", "merges")], [1, 0, 1], "what is open is told")

day.run("vesper", "extend", "30m")
day.run("vesper", "extend", "30m")
day.to("20:30")
LATE = r"^vesper: 20:30, \d+ min after the end of the day\. "
last = terminal("commit", "-qm", "no more of them", "--allow-empty")[1]
ok(len(last) == 1 and re.match(LATE + "`vesper merge` closes the day, `vesper carry` ", last[0]),
   "without extensions none is named", last)
day.run("vesper", "merge", "--no-edit")
last = terminal("commit", "-qm", "closed", "--allow-empty")[1]
ok(len(last) == 1 and re.match(LATE + "`vesper carry` ", last[0]), "on a closed day it is not told to close", last)
day.kill(signal.SIGTERM)
done()
