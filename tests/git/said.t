#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What repositories said of a day is kept until something changes: `digest` is
# started then, and only then.
import sys
import os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gitday import *

EMPTY = ("commit", "-q", "--allow-empty", "-m")


class Counted(GitDay):
    """Whoever starts `digest` is written down."""

    def __init__(self, name, config="", **kw):
        super().__init__(name, config, at="17:00", **kw)
        self.kill(signal.SIGTERM)
        libexec = self.home + "/libexec"
        os.makedirs(libexec)
        for program in os.listdir(O + "/libexec"):
            os.symlink(O + "/libexec/" + program, libexec + "/" + program)
        os.unlink(libexec + "/digest")
        with open(libexec + "/digest", "w") as f:
            f.write('#!/bin/sh\necho started >>"%s/started"\nwhile [ -e "%s/hold" ]; do sleep 0.02; done\n'
                    'exec "%s/libexec/digest" "$@"\n' % (self.home, self.home, O))
        os.chmod(libexec + "/digest", 0o755)
        self.env["VESPER_LIBEXEC"] = libexec
        self.start("17:00")

    def asks(self, which="day"):
        """A report, and how often it started `digest`."""
        before = self.started()
        self.last = json.loads(self.run("vesper", "report", which, "--json")[0])
        return self.started() - before

    def started(self):
        return len(read(self.home + "/started").splitlines()) if os.path.exists(self.home + "/started") else 0

    def answer(self):
        return [(r["commits"], r["dirty"], r["untracked"]) for r in self.last["repositories"]]

    def again(self, at):
        self.kill(signal.SIGTERM)
        self.start(at)


day = Counted("kept")
day.person(*EMPTY, "one")
equal([day.asks(), day.answer()], [1, [(1, 0, 0)]], "a report asks the repositories")
first = day.last
equal([day.asks(), day.last], [0, first], "the next one does not, and says the same")
equal("common" in first["repositories"][0], False, "what is kept for that is nobody's business")
day.person(*EMPTY, "two")
equal([day.asks(), day.answer()], [1, [(2, 0, 0)]], "after a commit it does")
equal(day.asks(), 0, "and is kept again")
with open(day.file, "a") as f:
    f.write("more\n")
day.link.ask(event="activity", source="vim", human=True, project=day.src, file=day.file, line=4)
equal([day.asks(), day.answer()], [1, [(2, 1, 0)]], "after a keystroke in an editor")
day.program("add", ".")
day.program("stash")
wait_for(lambda: day.asks() == 0)
equal(day.answer(), [(2, 0, 0)], "git itself changed the working tree: that is seen, too")
with open(day.src + "/new", "w") as f:
    f.write("by nobody that is watched\n")
day.to("17:02")
equal([day.asks(), day.answer()], [1, [(2, 0, 1)]], "a minute later the working trees are looked at again")
day.again("17:02")
equal(day.asks(), 1, "what is open is asked again after a restart")

# --- a day that is over
day.to("41:00")  # five in the afternoon of the next day
day.person(*EMPTY, "of today")
equal([day.asks("2026-11-18"), day.answer()[0][0]], [1, 2], "the day before is asked for once")
yesterday = day.last
day.link.ask(event="activity", source="vim", human=True, project=day.src, file=day.file, line=4)
equal([day.asks("2026-11-18"), day.last], [0, yesterday], "whatever is typed today")
day.to("41:20")
equal(day.asks("2026-11-18"), 0, "a while later neither")
day.again("41:20")
equal([day.asks("2026-11-18"), day.last], [0, yesterday], "nor after a restart")
equal(day.asks("2026-11-18"), 0, "nor ever")
day.person("reset", "-q", "--hard", "HEAD~2")
equal([day.asks("2026-11-18"), day.answer()[0][0]], [1, 1], "until its commits are others: a reset")
equal(day.asks("2026-11-18"), 0, "and then again not")
day.kill(signal.SIGTERM)
day.run("git", "-C", day.src, *EMPTY, "while nobody was there", env=dict(day.env, GIT_AUTHOR_DATE="%d +0100" % instant("17:30")))
day.start("41:20")
equal([day.asks("2026-11-18"), day.answer()[0][0]], [1, 2], "what happened while the daemon was not there is seen")

# --- what cannot be read is asked each time
os.makedirs(day.home + "/no")
day.link.ask(event="activity", source="vim", human=True, project=day.home + "/no", file="x", line=4)
equal([day.asks(), day.asks()], [1, 1], "a directory that is no repository is asked for each time")

# --- gone for good
database = day.home + "/.local/state/vesper"
kept = lambda: [t for t in ("digests", "digest_repositories") if day.rows("SELECT count(*) FROM %s" % t)[0][0]]
equal(kept(), ["digests", "digest_repositories"], "there is something kept")
equal(day.run("vesper", "forget", "--project", day.src)[2], 0, "forget --project")
equal(kept(), [], "nothing is kept then")
equal([n for n in os.listdir(database) if os.path.isfile(database + "/" + n) and
       b"while nobody was there" in open(database + "/" + n, "rb").read()], [], "in no page of any file")
day.ends()

day = Counted("meanwhile")
day.person(*EMPTY, "one")
open(day.home + "/hold", "w").close()
before = day.started()
asking = start("vesper", "report", "day", env=day.env, stdout=subprocess.DEVNULL)
wait_for(lambda: day.started() > before)
equal(day.run("vesper", "forget", "--project", day.src)[2], 0, "forget --project, while the repository is being asked")
os.unlink(day.home + "/hold")
asking.wait()
equal(kept(), [], "what it answers then is not kept")
day.ends()

day = Counted("names", "[privacy]\nprojects = name\n[git]\nrepositories = %s\n" % "/nowhere")
day.person(*EMPTY, "one")
day.asks()
equal(day.rows("SELECT count(*) FROM digests")[0][0], 0, "where only names of projects are kept, no answer is")
day.ends()
done()
