#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The page of words beside the socket: hooks that read it need not ask, it says
# what an answer would, and nobody believes the page of a daemon that is gone.
import fcntl
from gitday import *

EMPTY = ("commit", "-q", "--allow-empty", "-m")


def page_of(day):
    return socket_of(day.env) + ".word"


def mode(day):
    """What the page says hooks need, or None where there is none."""
    if not os.path.exists(page_of(day)):
        return None
    return read(page_of(day)).split("\n")[1].split()[1]


def spoken(day):
    return read(page_of(day))[:64].strip()


def listened(day, *args):
    """The system calls of post-commit at a person's commit, and what is said."""
    calls = day.home + "/calls"
    t = Terminal(["strace", "-f", "-s", "1000", "-o", calls, "git"] + list(args), day.dated(), cwd=day.src)
    t.ends(20)
    wait_for(lambda: day._drained(t))
    lines = read(calls).splitlines()
    at = [n for n, line in enumerate(lines) if 'hooks/post-commit"' in line and "execve" in line][-1]
    pid = lines[at].split()[0]
    mine = [line for line in lines[at:] if line.startswith(pid + " ") and "resumed" not in line and "+++" not in line]
    return mine, t.out.decode().replace("\r", "").strip()


def modes():
    day = GitDay("modes", "commits = nudge\npushes = off\n", at="17:50")
    equal(mode(day), "calm", "in working time there is nothing to ask")
    if shutil.which("strace"):
        calls, out = listened(day, *EMPTY, "calm")
        ok(any("sendto(3" in line for line in calls) and not any("read(3" in line for line in calls) and not out,
           "and post-commit asks nothing", out, *calls[-6:])
    day.to("18:01")
    equal(mode(day), "speak", "after it there is something to say")
    day.run("vesper", "extend", "30m")
    equal(mode(day), "calm", "an extension: nothing again")
    day.to("18:45")
    equal(mode(day), "speak", "until it is over")
    day.run("vesper", "oncall", "30m")
    equal(mode(day), "calm", "nor on call")
    day.to("19:30")
    day.configure(CONFIG + "[git]\ncommits = off\npushes = nudge\n")
    ok(wait_for(lambda: mode(day) == "off"), "commits = off: not after commits", mode(day))
    day.configure(CONFIG + "[git]\ncommits = off\npushes = off\n")
    ok(wait_for(lambda: mode(day) == "calm"), "nor before pushes, when they are off as well", mode(day))
    equal(os.stat(page_of(day)).st_mode & 0o777, 0o600, "it is its owner's")
    day.ends()
    equal(mode(day), None, "it goes with the daemon")


def said():
    """The page and an answer are the same words."""
    day = GitDay("seconds", at="18:00:07")
    ok("18:00, 7 s after" in day.person(*EMPTY, "late")[0], "of the first minute it counts the seconds")
    day.ends()
    for at, orders in (("18:30:30", ()), ("19:00", ()), ("20:05", ()), ("26:10:30", ()),
                       ("18:30", (("merge", "--no-edit"),)), ("20:30", (("extend", "1h"), ("extend", "1h"))),
                       ("17:45", (("off", "2026-11-18"),))):
        day = GitDay("said-" + at.replace(":", "") + "-".join(o[0] for o in orders), at="17:30" if orders else at)
        for order in orders:
            day.run("vesper", *order)
        day.to(at)
        calls, page = listened(day, *EMPTY, "late")
        name = " ".join([at] + [" ".join(o) for o in orders])
        ok("vesper: " in page, name + ": a sentence", page)
        ok(not any("read(3" in line for line in calls), name + ": without an answer", *calls[-8:])
        ok(len(calls) <= 30, name + ": in at most 30 system calls", len(calls))
        equal(spoken(day), day.head(), name + ": of this commit")
        os.unlink(page_of(day))
        calls, answer = listened(day, *EMPTY, "once more")
        ok(any("read(3" in line for line in calls), name + ": without a page the hook asks")
        equal(answer, page, name + ": and hears the same")
        day.ends()


def once():
    day = GitDay("once", at="18:30")
    for n in range(3):
        out, status = day.person(*EMPTY, "late %d" % n)
        equal([out.count("vesper: "), status], [1, 0], "each of three commits in a row is spoken of once")
    equal(day.person("commit", "-q", "--amend", "--allow-empty", "-m", "amended"), ("", 0), "an amend is not")
    hook = day.src + "/.git/hooks/post-commit"
    os.rename(hook, hook + ".one")
    with open(hook, "w") as f:
        f.write("#!/bin/sh\n" + "%s/libexec/hooks/post-commit\n" % O * 2)
    os.chmod(hook, 0o755)
    equal(day.person(*EMPTY, "two hooks")[0].count("vesper: "), 1, "of two hooks one speaks")
    os.rename(hook + ".one", hook)
    equal(day.told("kind"), [("commit",)] * 4, "and each commit is known once")
    long = "x" * 3000
    equal(day.person(*EMPTY, long)[0].count("vesper: "), 1, "a subject longer than what is looked at")
    shutil.rmtree(day.src + "/.git/logs")
    day.run("git", "config", "core.logAllRefUpdates", "false", cwd=day.src)
    equal(day.person(*EMPTY, "no log")[0].count("vesper: "), 1, "a repository without a reflog")
    day.ends()


def reason():
    """What is to be shown some day is not only told."""
    day = GitDay("reason", "commits = confirm\n", at="18:30")
    day.env["VESPER_REASON"] = "the deploy"
    calls, out = listened(day, *EMPTY, "late")
    ok(any("read(3" in line for line in calls) and "18:30" in out, "with a reason the hook hears that it arrived", out)
    equal([data.get("reason") for oid, data in day.details()], ["the deploy"], "and it did")
    day.ends()


def gone():
    """A kill leaves the page, and it is worth nothing then."""
    day = GitDay("gone", at="18:30")
    page = read(page_of(day))
    day.kill()
    equal(mode(day), "speak", "a kill leaves it")
    equal(day.run("git", *EMPTY, "no daemon", cwd=day.src)[2], 0, "a commit then")
    listener = socket.socket(socket.AF_UNIX)
    os.unlink(socket_of(day.env))
    listener.bind(socket_of(day.env))
    listener.listen(64)
    listener.setblocking(False)
    day.link = None
    calls, out = listened(day, *EMPTY, "its socket is another's")
    ok("after the end" not in out, "nobody is told what it says", out)
    ok(any("flock" in line and "= 0" in line for line in calls), "since its lock is free", *calls[-6:])
    with open(page_of(day), "r+") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        for name, text in (("empty", ""), ("cut short", page[:70]), ("without an end", page[:-20]),
                           ("too long", page + "x" * 4000 + "\n"), ("no numbers", page[:65] + "9999999999 speak\na b\n"),
                           ("over", page[:65] + "5 speak\n" + page.split("\n", 2)[2])):
            mine.seek(0)
            mine.truncate()
            mine.write(text)
            mine.flush()
            calls, out = listened(day, *EMPTY, name)
            ok("after the end" not in out and any("read(3" in line for line in calls),
               "a page that is %s is no page" % name, out, *calls[-5:])
    listener.close()
    os.unlink(socket_of(day.env))
    day.start("18:50")
    day.run("vesper", "oncall", "30m")
    equal(mode(day), "calm", "a new daemon writes its own")
    day.ends()


def stopped():
    """A daemon that does not run keeps its word: git does not wait for it."""
    day = GitDay("stopped", at="18:30")
    env = day.dated()
    day.daemon.send_signal(signal.SIGSTOP)
    t = Terminal(["git"] + list(EMPTY) + ["late"], env, cwd=day.src)
    ok(t.ends(20) and t.status == 0, "stopped: the commit is made")
    wait_for(lambda: day._drained(t))
    said = t.out.decode()
    day.daemon.send_signal(signal.SIGCONT)
    day.settle()
    equal(len(day.told("oid")), 1, "stopped: and known when it goes on")
    ok("no answer" in said or "18:30" in said, "stopped: what is known is said", said)
    day.ends()


parts(modes, said, once, reason, gone, stopped)
