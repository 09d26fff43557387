#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the daemon records of what git did: once, whoever tells it, whose it was,
# and when, also of what happened while it was down or killed.
from gitday import *

EMPTY = ("commit", "-q", "--allow-empty", "-m")
MANY = 1000 if os.environ.get("VESPER_NIGHTLY") else 60


def oids(day):
    return [oid for (oid,) in day.told("oid", "'commit'")]


def made_in(day, where=None, since="begin"):
    return day.run("git", "log", "--all", "--reverse", "--format=%H", cwd=where or day.src)[0].split()[1:]


def many(hooks):
    name = "%d commits, %s" % (MANY, "hooks and watch" if hooks else "the watch alone")
    day = GitDay("many%d" % hooks, at="17:00", hooks=hooks)
    day.person(*EMPTY, "first", where=day.src) if hooks else day.link.ask(
        event="activity", source="test", project=day.src, human=True)
    files = "/proc/%d/fd" % day.daemon.pid
    before = len(os.listdir(files))
    script = 'i=0; while [ $i -lt %d ]; do git commit -q --allow-empty -m "$i" || exit; i=$((i + 1)); done' % MANY
    subprocess.run(["sh", "-c", script], cwd=day.src, env=day.dated(), stdin=subprocess.DEVNULL)
    day.settle()
    made = made_in(day)
    got = oids(day)
    equal([len(set(made) - set(got)), len(got) - len(set(got)), len(got)], [0, 0, len(made)],
          name + ": none missed, none doubled")
    ok(wait_for(lambda: len(os.listdir(files)) <= before + 1), name + ": no connection is left", os.listdir(files))
    day.ends()


def whose():
    day = GitDay("whose", at="17:00", hooks=False)
    day.link.ask(event="activity", source="vim", project=day.src, human=True)
    day.program(*EMPTY, "beside the editor")
    equal(day.told("kind, human, source"), [("commit", 1, "watch")], "an editor was active there: a person's")
    other = day.home + "/other"
    day.begin(other)
    day.link.ask(event="activity", source="vim", project=other, human=True)
    day.to("17:06")
    day.program(*EMPTY, "long after")
    equal(day.told("human, source")[1:], [(0, "watch")], "none within idle: a program's")
    day.link.ask(event="activity", source="agent", project=day.src, human=False)
    day.program(*EMPTY, "an agent's")
    equal(day.told("human, source")[2:], [(0, "watch")], "an agent's activity makes no person")
    link = day.home + "/link"
    os.symlink(day.src, link)
    day.link.ask(event="activity", source="vim", project=link, human=True)
    day.program(*EMPTY, "through a symlink")
    equal(day.told("human, source")[3:], [(1, "watch")], "known by another name: the same repository")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    day.program(*EMPTY, "from the editor")
    equal(day.told("human")[4:], [(1,)], "a hook without terminal, an editor beside it: a person's")
    day.to("17:12")
    day.person(*EMPTY, "a build's", CI="true")
    equal(day.told("human, source")[5:], [(0, "hook")], "in CI a terminal is no sign of a person")
    day.ends()


def kinds():
    """One rebase is one event, an amend no new commit."""
    day = GitDay("kinds", at="17:00")
    seen = []

    def new():
        day.settle()
        rows = [(kind, json.loads(data)) for kind, data in day.rows(
            "SELECT kind, data FROM events WHERE data LIKE '%git%' ORDER BY id")]
        fresh = rows[len(seen):]
        seen.extend(fresh)
        return [(kind, data["git"], data.get("count", 1)) for kind, data in fresh]

    for n in range(5):
        with open(day.src + "/%d" % n, "w") as f:
            f.write("work\n")
        day.person("add", ".")
        day.person("commit", "-qm", "work %d" % n)
    equal(new(), [("commit", "commit", 1)] * 5, "five commits")
    for n in range(3):
        day.person("commit", "-q", "--amend", "-m", "amended %d" % n)
    equal(new(), [("activity", "amend", 1)] * 3, "three amends: no new commit")
    day.person("checkout", "-q", "-b", "side", "HEAD~5")
    day.person("commit", "-q", "--allow-empty", "-m", "aside")
    day.person("checkout", "-q", "main")
    new()
    day.person("rebase", "-q", "side")
    equal(new(), [("activity", "rebase-finish", 5)], "a rebase: one event for five")
    day.person("checkout", "-q", "--detach")
    day.person("rebase", "-q", "--onto", "side~1", "HEAD~2")
    equal([k for k in new() if k[1] != "checkout"], [("activity", "rebase-finish", 2)], "of a detached HEAD, too")
    day.person("checkout", "-q", "main")
    day.person("merge", "-q", "--no-ff", "-m", "merged", "HEAD@{1}")
    day.person("revert", "--no-edit", "HEAD~1")
    equal([k[1] for k in new()][-1:], ["revert"], "a revert is a commit")
    day.to("17:05")
    report = day.report()
    equal(report["commits"], report["repositories"][0]["commits"], "the report counts what is there")
    day.ends()


def down():
    """What happened while nobody watched keeps its own instants."""
    day = GitDay("down", at="17:00")
    day.person(*EMPTY, "before")
    day.settle()
    day.kill()
    at = instant("17:20")
    for n in range(3):
        env = dict(day.env, GIT_AUTHOR_DATE="%d +0100" % (at + 60 * n), GIT_COMMITTER_DATE="%d +0100" % (at + 60 * n))
        day.run("git", *EMPTY, "down %d" % n, env=env, cwd=day.src)
    wrong = dict(day.env, GIT_COMMITTER_DATE="@99999 +0000", GIT_AUTHOR_DATE="@99999 +0000")
    day.run("git", *EMPTY, "in 1970", env=wrong, cwd=day.src)
    wrong = dict(day.env, GIT_COMMITTER_DATE="@3976000000 +0000")
    day.run("git", *EMPTY, "in 2096", env=wrong, cwd=day.src)
    env = dict(day.env, GIT_AUTHOR_DATE="%d +0100" % (at + 600), GIT_COMMITTER_DATE="%d +0100" % (at + 600))
    day.run("git", *EMPTY, "last", env=env, cwd=day.src)
    day.start("17:45")
    times = [clock(at) for (at,) in day.told("at", "'commit'")][1:]
    made = day.run("git", "log", "--reverse", "--topo-order", "--format=%H", cwd=day.src)[0].split()[2:]
    equal([oids(day)[1:], times], [made,
          ["17:20:00", "17:21:00", "17:22:00", "17:22:00", "17:22:00", "17:30:00"]],
          "down: all are caught up, at their own instants, in their own order")
    day.kill()
    day.start("17:50")
    equal(len(oids(day)), 7, "down: and only once")
    day.ends()


def killed():
    """SIGKILL between the watch and the record loses nothing and doubles nothing."""
    day = GitDay("killed", at="17:00", hooks=False)
    day.link.ask(event="activity", source="vim", project=day.home + "/src", human=False)
    for n in range(6):
        day.run("git", *EMPTY, "commit %d" % n, env=day.dated(), cwd=day.src)
        if n % 2:
            day.status()  # the watch was dispatched, the commit waits for a hook
        day.kill()
        day.start("17:%02d" % (n + 1))
    equal(oids(day), made_in(day), "killed: every commit is there once")
    day.ends()


def without_logs():
    """Bare repositories and such: the hook's word is all there is."""
    day = GitDay("unlogged", at="17:00")
    day.run("git", "config", "core.logAllRefUpdates", "false", cwd=day.src)
    shutil.rmtree(day.src + "/.git/logs")
    for n in range(3):
        day.person(*EMPTY, "untold %d" % n)
    equal(day.told("kind, human, source"), [("commit", 1, "hook")] * 3, "no reflog: each hook tells one")
    day.person("commit", "-q", "--amend", "--allow-empty", "-m", "amended")
    equal(len(day.told()), 3, "no reflog: an amend is told to be one")
    day.ends()


def replaced():
    """expire and gc put another file in the log's place."""
    day = GitDay("replaced", at="17:00")
    for n in range(4):
        day.person(*EMPTY, "commit %d" % n)
        day.run("git", "reflog", "expire", "--expire=%s" % ("all" if n == 1 else "never"), "--all",
                "--rewrite", cwd=day.src)
        day.run("git", "gc", "-q", cwd=day.src)
    equal(oids(day), made_in(day), "expire and gc: none missed, none doubled")
    day.ends()


def named():
    """GIT_REFLOG_ACTION lets a script write into the log what it likes."""
    day = GitDay("named", at="17:00")
    day.person(*EMPTY, "by a script", GIT_REFLOG_ACTION="mine")
    day.person("commit", "-q", "--amend", "--allow-empty", "-m", "again", GIT_REFLOG_ACTION="mine")
    equal(day.told("kind, human, source"), [("commit", 1, "hook")], "a log that does not say commit: the hook does")
    equal(day.told("data", "'activity'")[-1:], [('{"git":"amend"}',)], "and what was amended")
    day.ends()


def worktrees():
    day = GitDay("worktrees", at="17:00")
    linked = day.home + "/linked"
    day.person("worktree", "add", "-q", linked, "-b", "topic")
    day.person(*EMPTY, "there", where=linked)
    day.program(*EMPTY, "an agent's", where=day.src)
    equal(day.told("project, human"), [(linked, 1), (day.src, 0)], "linked working trees are told apart")
    day.to("17:01")
    rows = {r["path"]: r for r in day.report()["repositories"]}
    equal([rows[linked]["commits"] + rows[day.src]["commits"], day.report()["commits"]], [2, 1],
          "worktrees: the report counts each once")
    odd = day.home + "/linked \n there"
    day.person("worktree", "add", "-q", odd, "-b", "odd")
    day.person(*EMPTY, "there", where=odd)
    equal(day.told("project, human, source")[2:], [(odd, 1, "hook")], "worktrees: a newline in its name")
    day.ends()


def submodules():
    day = GitDay("submodules", at="17:00")
    day.begin(day.home + "/inner")
    day.run("git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", day.home + "/inner", "lib",
            cwd=day.src)
    lib = day.src + "/lib"
    day.run("vesper", "hooks", "install", "--repo", lib)
    day.person(*EMPTY, "inside", where=lib)
    equal(day.told("project, human, source"), [(lib, 1, "hook")], "a submodule is a repository of its own")
    day.link.ask(event="activity", source="vim", project=lib, human=True)
    day.program(*EMPTY, "from the editor", where=lib)
    equal(day.told("project, human")[1:], [(lib, 1)], "an editor in it counts there")
    day.ends()


def names_kept():
    day = GitDay("privacy", at="17:00")
    day.configure(CONFIG + "[privacy]\nprojects = name\n")
    day.run("vesper", "reload")
    day.person(*EMPTY, "secret place")
    equal(day.told("project"), [("src",)], "privacy: only the name is kept")
    with open(day.home + "/.local/state/vesper/clock.db", "rb") as f:
        stored = f.read() + open(day.home + "/.local/state/vesper/clock.db-wal", "rb").read()
    ok(day.src.encode() + b"/" not in stored, "privacy: no path in the database")
    day.ends()


def aliases():
    """The address a person committed as is theirs that day."""
    day = GitDay("aliases", at="17:00")
    day.person(*EMPTY, "as somebody else", GIT_AUTHOR_EMAIL="ada@work.example")
    day.to("17:01")
    equal(day.report()["commits"], 1, "an address the hook saw is mine")
    day.person("commit", "-q", "--allow-empty", "--author", "Bob <bob@example.org>", "-m", "Bob's")
    day.to("17:02")
    row = day.report()["repositories"][0]
    ok(row["commits"] in (1, 2), "a commit for another author", row)
    day.ends()


def unmarked():
    """A log whose mark is not kept is read from when the daemon was last there."""
    day = GitDay("unmarked", "repositories = ~/src\n", hooks=False)
    day.program(*EMPTY, "first")
    day.to("18:32")
    equal(day.run("vesper", "forget", "--before", "2026-11-18")[2], 0, "a mark of a repository that nobody met is forgotten")
    day.kill(signal.SIGTERM)
    day.run("git", "-C", day.src, "worktree", "add", "-q", "-b", "other", day.home + "/tree", env=day.env)
    for minute, where in ((33, day.src), (34, day.home + "/tree")):
        date = "%d +0100" % instant("18:%d" % minute)
        day.run("git", "-C", where, *EMPTY, "%d" % minute, env=dict(day.env, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date))
    day.start("18:40")
    day.settle()
    equal(oids(day), made_in(day), "what was committed since is recorded, in a new working tree, too")
    day.ends()


parts(lambda: many(True), lambda: many(False), whose, kinds, down, killed, without_logs, named, replaced,
      worktrees, submodules, names_kept, aliases, unmarked)
