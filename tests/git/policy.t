#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the policies do to commits and pushes: the real daemon after hours, real
# git with our hooks, a person at a terminal and programs without one.
from gitday import *

EMPTY = ("commit", "-q", "--allow-empty", "-m")


def off():
    day = GitDay("off", "commits = off\n")
    equal(day.person(*EMPTY, "late"), ("", 0), "off: not a word")
    equal(day.told(), [("commit", 1, "late")], "off: known all the same")
    day.ends()


def nudge():
    day = GitDay("nudge", "commits = nudge\n")
    said, status = day.person(*EMPTY, "late")
    equal(status, 0, "nudge: the commit is made")
    ok(said.startswith("vesper: 18:30, 30 min after") and "\n" not in said, "nudge: one sentence", said)
    equal(day.person("commit", "-q", "--amend", "--allow-empty", "-m", "later"), ("", 0), "nudge: an amend is not spoken of again")
    equal(day.program(*EMPTY, "by an agent"), ("", 0), "nudge: a program hears nothing")
    equal(day.person(*EMPTY, "by a build", CI="true"), ("", 0), "nudge: nor does a build")
    equal(day.told(), [("commit", 1, "late"), ("commit", 0, ""), ("commit", 0, "")],
          "nudge: and both are machine activity")
    day.to("18:31")
    report = day.report()
    equal([report["commits"], report["machine_commits"]], [1, 2], "the report has them apart")
    row = report["repositories"][0]
    equal([row["commits"], row["machine"]], [3, 2], "and so has the repository's row")
    text = day.run("vesper", "report", "day")[0]
    ok("commits        1, by programs 2" in text, "in words, too", text)
    day.ends()


def in_time():
    for policy in ("nudge", "confirm", "refuse"):
        day = GitDay("intime-" + policy, "commits = %s\npushes = %s\n" % (policy, policy), at="17:30")
        equal(day.person(*EMPTY, "work"), ("", 0), policy + ": in time, not a word")
        equal(day.told(), [("commit", 1, "ok")], policy + ": and all right")
        day.ends()


def overtaken():
    """Git does not wait in working time: the daemon may hear of a commit only when it is made."""
    day = GitDay("overtaken", at="17:30", hooks=False)
    day.person(*EMPTY, "work")
    for event, hook in (("precommit", "pre-commit"), ("commit", "post-commit")):
        day.link.ask(source="hook", event=event, hook=hook, cwd=day.src, git_dir=day.src + "/.git",
                     email="ada@example.org", tty=True, ci=False, sequence=False)
    equal(day.told(), [("commit", 1, "ok")], "the first commit of a repository, made before its hook is heard")
    day.ends()


def confirm():
    day = GitDay("confirm", "commits = confirm\n")
    before = day.head()
    said, status = day.person(*EMPTY, "late")
    equal([status, day.head()], [1, before], "confirm: without a reason no commit")
    equal(said.count("\n"), 1, "confirm: two lines")
    ok("30 min after" in said and "VESPER_REASON='why' git commit" in said, "confirm: the fact and the way on", said)
    said, status = day.person(*EMPTY, "late", VESPER_REASON="the deploy failed")
    equal(status, 0, "confirm: with a reason it is made")
    made = day.head()
    equal(day.details(), [(made, {"git": "commit", "email": "ada@example.org", "reason": "the deploy failed"})],
          "confirm: the reason is bound to it")
    day.to("18:31")
    late = day.report()["late_commits"]
    equal([(c["oid"], c["reason"], c["subject"]) for c in late], [(made, "the deploy failed", "late")],
          "confirm: and shown in the report")
    ok("reason: the deploy failed" in day.run("vesper", "report", "day")[0], "confirm: in words, too")
    equal(day.program(*EMPTY, "an agent's")[1], 0, "confirm: a program is not asked")
    equal(day.person(*EMPTY, "a build's", CI="1")[1], 0, "confirm: nor is a build")
    day.ends()


def nothing_came_of_it():
    day = GitDay("pending", "commits = confirm\n")
    equal(day.person("commit", "-q", "-m", "nothing staged", VESPER_REASON="an urgent fix")[1], 1,
          "pending: git finds nothing to commit")
    equal(day.told(), [], "pending: nothing is recorded")
    equal(day.person("commit", "-q", "--no-verify", "--allow-empty", "-m", "then")[1], 0, "pending: then it is made")
    equal(day.details()[0][1].get("reason"), "an urgent fix", "pending: the reason is bound to what follows")
    day.person("commit", "-q", "-m", "nothing staged", VESPER_REASON="another")
    day.to("19:05")
    day.person("commit", "-q", "--no-verify", "--allow-empty", "-m", "much later")
    equal(day.details()[1][1].get("reason"), None, "pending: but not half an hour later")
    day.ends()


def refuse():
    day = GitDay("refuse", "commits = refuse\n")
    said, status = day.person(*EMPTY, "late", VESPER_REASON="because")
    equal(status, 1, "refuse: no commit, a reason or not")
    ok("`vesper extend 30m` moves the end" in said and "--no-verify" in said, "refuse: the ways on", said)
    ok("The commit was not made" in said, "refuse: what became of it, which git does not say", said)
    equal(day.run("vesper", "extend", "1h", "-m", "the deploy")[2], 0, "refuse: the end is moved")
    equal(day.person(*EMPTY, "late"), ("", 0), "refuse: then the commit is made")
    made = day.head()
    day.to("18:31")
    report = day.report()
    equal([(e["why"], e["commits"]) for e in report["extensions"]], [("the deploy", [made])],
          "refuse: the report binds it to the extension")
    ok("(commits 1): the deploy" in day.run("vesper", "report", "day")[0], "refuse: in words, too",
       day.run("vesper", "report", "day")[0])
    day.to("19:40")
    equal(day.person(*EMPTY, "late")[1], 1, "refuse: when that is over, refused again")
    equal(day.person(*EMPTY, "as it is", "--no-verify")[1], 0, "refuse: --no-verify goes on")
    day.ends()


def sequences():
    """Never in the middle of something that git does in several steps."""
    day = GitDay("sequences", "commits = refuse\n")
    new = dict(GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="core.hooksPath", GIT_CONFIG_VALUE_0="/dev/null")
    quiet = dict(day.dated(), **new)
    for name in ("side", "other"):
        day.run("git", "checkout", "-q", "-b", name, "main", cwd=day.src)
        for n in range(3):
            with open(day.src + "/%s%d" % (name, n), "w") as f:
                f.write("%s %d\n" % (name, n))
            day.run("git", "add", ".", cwd=day.src)
            day.run("git", "commit", "-qm", "%s %d" % (name, n), env=quiet, cwd=day.src)
    with open(day.src + "/side0", "w") as f:
        f.write("conflict\n")
    day.run("git", "add", ".", cwd=day.src)
    day.run("git", "commit", "-qm", "conflict", env=quiet, cwd=day.src)
    day.settle()
    equal(day.person(*EMPTY, "late")[1], 1, "sequences: a commit is refused")
    day.run("git", "checkout", "-q", "-b", "picks", "main", cwd=day.src)
    said, status = day.person("cherry-pick", "side~1", "side")
    equal([status, "vesper" in said], [0, False], "cherry-pick: goes on, silent")
    said, status = day.person("rebase", "-q", "other~1")
    equal([status, said.count("vesper: ")], [0, 1], "rebase: goes on, one sentence at its end")
    day.run("git", "checkout", "-q", "other", cwd=day.src)
    said, status = day.person("rebase", "side")
    ok(status != 0, "rebase: stops at a conflict", said)
    with open(day.src + "/side0", "w") as f:
        f.write("resolved\n")
    day.run("git", "add", ".", cwd=day.src)
    said, status = day.person(*EMPTY, "in the middle")
    equal([status, "vesper" in said], [0, False], "rebase: a commit in the middle of it is made")
    said, status = day.person("rebase", "--continue")
    equal([status, said.count("vesper: ")], [0, 1], "rebase: and it ends, with one sentence")
    day.run("git", "checkout", "-q", "-b", "third", "main", cwd=day.src)
    with open(day.src + "/side1", "w") as f:
        f.write("mine\n")
    day.run("git", "add", ".", cwd=day.src)
    day.run("git", "commit", "-qm", "third", env=quiet, cwd=day.src)
    said, status = day.person("merge", "side")
    ok(status != 0, "merge: a conflict", said)
    day.run("git", "add", ".", cwd=day.src)
    equal(day.person("commit", "-q", "-m", "merged")[1], 0, "merge: concluded")
    day.run("git", "format-patch", "-q", "-1", "-o", day.home, "side", cwd=day.src)
    day.run("git", "checkout", "-q", "-b", "fourth", "main", cwd=day.src)
    said, status = day.person("am", "-q", day.home + "/0001-side-2.patch")
    equal(status, 0, "am: applied")
    day.ends()


def pushes():
    for policy in ("off", "nudge", "confirm", "refuse"):
        day = GitDay("push-" + policy, "commits = off\npushes = %s\n" % policy)
        day.run("git", "init", "-q", "--bare", day.home + "/remote.git")
        day.run("git", "remote", "add", "origin", day.home + "/remote.git", cwd=day.src)
        day.person(*EMPTY, "late")
        made = day.head()
        said, status = day.person("push", "-q", "origin", "main")
        equal(status, int(policy in ("confirm", "refuse")), policy + ": a push after hours")
        equal("30 min after" in said, policy != "off", policy + ": what is said: " + said.replace("\n", " / "))
        if policy in ("confirm", "refuse"):
            equal(day.told()[1:], [], policy + ": nothing was pushed")
            ok("git push" in said, policy + ": the way on is for pushes", said)
        if policy == "confirm":
            equal(day.person("push", "-q", "origin", "main", VESPER_REASON="release")[1], 0, "confirm: with a reason")
            equal(day.details()[1], (made, {"git": "push", "log": "logs/refs/remotes/origin/main",
                                            "reason": "release"}), "confirm: bound to the push")
            day.to("18:31")
            equal([(c["event"], c.get("reason")) for c in day.report()["late_commits"]],
                  [("commit", None), ("push", "release")], "confirm: in the report")
        elif policy == "refuse":
            equal(day.person("push", "-q", "--no-verify", "origin", "main")[1], 0, "refuse: --no-verify")
            equal(day.told()[1:], [("push", 0, "")], "refuse: and the watch has seen it")
        else:
            equal(day.told()[1:], [("push", 1, "late")], policy + ": the push is a person's, and late")
            said, status = day.person("push", "origin", "main")
            equal(["vesper" in said, day.told()[2:]], [False, []], policy + ": up to date: nothing is said or recorded")
            day.program(*EMPTY, "an agent's")
            day.program("push", "-q", "origin", "main")
            equal(day.told()[2:], [("commit", 0, ""), ("push", 0, "")], policy + ": a program's push is its own")
        day.ends()


def day_off():
    day = GitDay("dayoff", "commits = refuse\n")
    day.run("vesper", "off", "2026-11-18")
    said, status = day.person(*EMPTY, "on a day off")
    equal(status, 1, "day off: refused")
    ok("day off" in said and "extend" not in said, "day off: no way is named that does not work", said)
    day.ends()


parts(off, nudge, in_time, overtaken, confirm, nothing_came_of_it, refuse, sequences, pushes, day_off)
