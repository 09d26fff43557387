# SPDX-License-Identifier: MIT
"""A daemon on a clock that stands still, a real git, and who runs it: a person
at a terminal, or a program without one."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

REPOSITORY_VARIABLES = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL", "CI",
                        "VESPER_REASON")


class GitDay(Day):
    def __init__(self, name, policy="", at="18:30", hooks=True):
        super().__init__(name, CONFIG + "[git]\n" + policy)
        for variable in REPOSITORY_VARIABLES:
            self.env.pop(variable, None)
        self.env["GIT_EDITOR"] = "true"
        self.env["GIT_CONFIG_NOSYSTEM"] = "1"
        self.begin(self.src)
        self.start(at)
        if hooks:
            out, err, status = self.run("vesper", "hooks", "install", "--repo", self.src, "--strict")
            assert status == 0, err

    def begin(self, path, *options):
        self.run("git", "init", "-q", "-b", "main", *options, path)
        with open(path + "/main.c", "w") as f:
            f.write("one\ntwo\nthree\n")
        env = dict(self.env, GIT_AUTHOR_DATE="2026-11-01T12:00:00Z", GIT_COMMITTER_DATE="2026-11-01T12:00:00Z")
        self.run("git", "-C", path, "add", ".", env=env)
        self.run("git", "-C", path, "commit", "-qm", "begin", env=env)

    def person(self, *args, where=None, **more):
        """What is read on the terminal, and the exit status."""
        t = Terminal(["git"] + list(args), dict(self.dated(), **more), cwd=where or self.src)
        if not t.ends(20):
            raise RuntimeError("git %s does not end: %r" % (args, t.out))
        wait_for(lambda: self._drained(t))
        return t.out.decode().replace("\r", "").strip(), t.status

    def program(self, *args, where=None, **more):
        out, err, status = self.run("setsid", "-w", "git", *args, env=dict(self.dated(), **more),
                                    cwd=where or self.src)
        return (out + err).strip(), status

    def head(self, where=None):
        return self.run("git", "rev-parse", "HEAD", cwd=where or self.src)[0].strip()

    def settle(self):
        """Everything that waits for a hook is decided; the clock stays."""
        self.to(clock(self.status()["now"]))

    def told(self, columns="kind, human, verdict", kinds="'commit', 'push'"):
        self.settle()
        return self.rows("SELECT %s FROM events WHERE kind IN (%s) ORDER BY id" % (columns, kinds))

    def details(self):
        self.settle()
        return [(oid, json.loads(data)) for oid, data in
                self.rows("SELECT oid, data FROM events WHERE kind IN ('commit', 'push') ORDER BY id")]

    def change(self, text="more"):
        with open(self.file, "a") as f:
            f.write(text + "\n")

    def ends(self):
        self.kill(signal.SIGTERM)
        unsaid = [line for line in self.log().splitlines()
                  if re.match(r"vesperd: |.*(CRITICAL|WARNING|ERROR|runtime error)", line)
                  and "running as root" not in line]
        equal(unsaid, [], self.name + ": the daemon had nothing to complain of")


def parts(*functions):
    for function in functions:
        try:
            function()
        except Exception as error:  # a broken part must not hide the others
            ok(False, function.__name__, repr(error))
    done()
