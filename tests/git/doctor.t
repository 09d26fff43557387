#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The doctor's line for each repository; repositories that cannot be read are
# named with the reason, and nothing of a hostile one runs.
from gitday import *

EMPTY = ("commit", "-q", "--allow-empty", "-m")


def lines(day):
    checks = json.loads(day.run("vesper", "doctor", "--json")[0])["checks"]
    return {c["path"]: c["text"] for c in checks if c["name"] == "repository"}


def doctor():
    day = GitDay("doctor", at="17:00", hooks=False)
    paths = {name: day.home + "/" + name for name in ("husky", "own", "reftable", "foreign")}
    for path in paths.values():
        day.begin(path)
        day.link.ask(event="activity", source="test", project=path, human=False)
    day.link.ask(event="activity", source="test", project=day.src, human=False)
    day.run("vesper", "hooks", "install", "--repo", day.src, "--strict")
    day.run("git", "config", "core.hooksPath", ".husky/_", cwd=paths["husky"])
    with open(paths["own"] + "/.git/hooks/pre-commit", "w") as f:
        f.write("#!/bin/sh\n# pre-commit.com\n")
    os.mkdir(paths["reftable"] + "/.git/reftable")
    got = lines(day)
    ok(re.search(r": seen by the watch; hooks as files: \d; commits can be refused$", got[day.src]),
       "seen, files, strict", got[day.src])
    ok(got[paths["husky"]].endswith("no hooks of Vesper; commits cannot be refused: %s/.husky/_ belongs to husky"
                                    % paths["husky"]), "husky is named", got[paths["husky"]])
    ok(got[paths["own"]].endswith("commits cannot be refused: pre-commit belongs to pre-commit"), "so is pre-commit",
       got[paths["own"]])
    ok("not seen by the watch (" in got[paths["reftable"]] and "reftable" in got[paths["reftable"]],
       "a reftable: why it is not seen", got[paths["reftable"]])
    ok("seen by the watch; no hooks of Vesper; commits could be refused" in got[paths["foreign"]], "nothing installed",
       got[paths["foreign"]])
    shutil.rmtree(paths["foreign"])
    ok("not seen by the watch (" in lines(day)[paths["foreign"]], "gone: it says so", lines(day)[paths["foreign"]])
    ok(day.run("vesper", "doctor")[0].count("repository: ") >= 5, "in words, too")
    day.ends()


def named():
    """A repository that cannot be read, in the report and the merge notice."""
    day = GitDay("named", at="17:50")
    other = day.home + "/broken"
    day.begin(other)
    day.person(*EMPTY, "work")
    day.person(*EMPTY, "work", where=other)
    day.link.ask(event="activity", source="vim", project=other, human=True)
    day.settle()
    shutil.rmtree(other)
    day.to("17:59")
    rows = {r["path"]: r for r in day.report()["repositories"]}
    equal([rows[other]["unread"], rows[other]["commits"]], ["not there any more", None], "the report names it")
    ok("%s\n  not read: not there any more" % other in day.run("vesper", "report", "day")[0], "in words, too")
    day.to("18:06")
    body = wait_for(lambda: re.search("Open: .*", day.log()))
    ok(body and "broken (not read: not there any more)" in body.group(), "the merge notice, too",
       body and body.group(), day.log())
    if os.geteuid() == 0:
        foreign = day.home + "/foreign"
        day.begin(foreign)
        day.run("chown", "-R", "nobody", foreign)
        day.link.ask(event="activity", source="vim", project=foreign, human=True)
        rows = {r["path"]: r for r in day.report()["repositories"]}
        ok("owned by nobody" in rows[foreign]["unread"], "another user's is named, with the owner", rows[foreign])
    day.ends()


def hostile():
    """A tarball whose config sets commands everywhere: nothing of it runs."""
    day = GitDay("hostile", at="17:00", hooks=False)
    ran = day.home + "/ran"
    evil = day.home + "/evil"
    day.begin(evil)
    trap = day.home + "/trap"
    with open(trap, "w") as f:
        f.write("#!/bin/sh\necho \"$0 $*\" >>%s\ncat\n" % ran)
    os.chmod(trap, 0o755)
    os.mkdir(day.home + "/traps")
    for hook in ("post-commit", "pre-commit", "post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        os.symlink(trap, day.home + "/traps/" + hook)
    day.run("git", *EMPTY, "work", cwd=evil, env=day.dated())
    with open(evil + "/.gitattributes", "w") as f:
        f.write("* filter=evil diff=evil\n")
    day.change()
    for key, value in (("core.fsmonitor", trap), ("core.sshCommand", trap), ("core.hooksPath", day.home + "/traps"),
                       ("filter.evil.clean", trap), ("filter.evil.smudge", trap), ("filter.evil.process", trap),
                       ("diff.evil.command", trap), ("diff.evil.textconv", trap), ("diff.external", trap),
                       ("core.pager", trap), ("core.editor", trap), ("gpg.program", trap), ("log.showSignature", "true"),
                       ("credential.helper", trap), ("core.askPass", trap), ("interactive.diffFilter", trap),
                       ("alias.status", "!" + trap), ("alias.log", "!" + trap), ("core.gitProxy", trap),
                       ("uploadpack.packObjectsHook", trap), ("remote.origin.url", "ext::" + trap),
                       ("remote.origin.promisor", "true"), ("core.alternateRefsCommand", trap)):
        day.run("git", "config", key, value, cwd=evil)
    with open(evil + "/main.c", "a") as f:
        f.write("touched\n")
    day.link.ask(event="activity", source="vim", project=evil, human=True)
    day.to("17:05")
    row = [r for r in day.report()["repositories"] if r["path"] == evil]
    equal(len(row), 1, "it is asked about: %s" % row)
    day.run("vesper", "doctor")
    day.run("vesper", "hooks", "status", "--repo", evil)
    day.run("vesper", "hooks", "install", "--repo", evil)
    day.to("18:06")
    wait_for(lambda: "Open: " in day.log())
    equal(read(ran) if os.path.exists(ran) else "", "", "nothing of it ran")
    day.run("git", "status", cwd=evil)
    ok(read(ran), "while git status by hand runs it: the trap works")
    day.ends()


parts(doctor, named, hostile)
