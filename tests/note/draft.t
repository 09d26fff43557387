#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The note of a day before real repositories: what is gathered, what of it is
# kept, and what a person wrote by hand.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

day = Day("draft")
day.configure("[notify]\ndesktop = no\n[workday]\ndays = daily\n")
day.repository()
bare = day.home + "/far.git"
day.run("git", "init", "-q", "--bare", bare)
day.git("remote", "add", "far", bare)
day.git("push", "-q", "-u", "far", "main")
day.start("16:00")


def works(at, line, file="main.c", source="vim", link=None):
    day.to(at)
    return day.link.ask(event="activity", source=source, human=True, project=day.src,
                        file=day.src + "/" + file, line=line)


def edit(file, text, at="16:00"):
    """Written on that day, whatever the machine's own clock says."""
    with open(day.src + "/" + file, "w") as f:
        f.write(text)
    os.utime(day.src + "/" + file, (instant(at), instant(at)))


def draft(**more):
    return day.link.ask(get="note", draft=True, **more)["text"]


def sections(text):
    """Heading -> the lines below it."""
    found, lines = {}, text.splitlines()
    def ruled(i):
        """As long as the heading above it."""
        return lines[i + 1:i + 2] == ["-" * len(lines[i])] and lines[i]
    for i, line in enumerate(lines[1:], 1):
        if ruled(i - 1):
            name = lines[i - 1]
            found[name] = []
        elif found and not line.startswith("#") and not ruled(i):
            found[name].append(line)
    return {k: [l for l in v if l.strip()] for k, v in found.items()}


works("16:00", 1)
edit("main.c", "one\ntwo\nthree\n// TODO: four\n")
day.git("commit", "-qam", "add four")
works("16:05", 2)
edit("parser.c", "int p;\n")
day.git("add", "parser.c")
day.git("commit", "-qm", "begin a parser")
day.git("branch", "spike", "HEAD")
edit("stashed.c", "x\n")
day.git("add", "stashed.c")
day.git("stash", "push", "-q")
edit("main.c", "one\ntwo\n// FIXME two and a half\nthree\n// TODO: four\n")
edit("odd name.c", "new\n\t# TODO a third\n")
edit("old.c", "// TODO of last week\n", "-72:00")
edit(".main.c.swp", "TODO of an editor\n")
works("16:10", 3, "parser.c", "nvim")
works("16:11", 42)
got = sections(draft())
name = os.path.basename(day.src)
equal(got["Done"], [name + ":", "- add four", "- begin a parser"], "Done: a line a commit, under its repository")
items = [l for l in got["Open"] if l.startswith("- [ ] ")]
equal(items, ["- [ ] %s: changed: main.c, odd name.c, old.c" % name,
              "- [ ] %s: main: 2 not pushed" % name,
              "- [ ] %s: spike: never pushed, 2 commits" % name,
              "- [ ] %s: stashed today: 1" % name,
              "- [ ] %s: main.c:3: // FIXME two and a half" % name,
              "- [ ] %s: main.c:5: // TODO: four" % name,
              "- [ ] %s: odd name.c:2: # TODO a third" % name,
              "- [ ] vim was at %s/main.c:42" % day.src,
              "- [ ] nvim was at %s/parser.c:3" % day.src], "Open: gathered, by name") or print("#", items)
equal(got["Open"].count("  -> "), len(items), "each with room for a sentence")
ok("First thing tomorrow" in got and "Anything else on your mind" in got, "two questions more")
ok("Extensions and on-call times" not in got, "nothing was promised")

# --- other people's TODOs are not mine, a rebase is named
env = dict(day.dated(), GIT_AUTHOR_EMAIL="bob@example.org", GIT_AUTHOR_NAME="Bob")
edit("theirs.c", "// TODO of Bob\n")
day.run("git", "-C", day.src, "add", "theirs.c", env=env)
day.run("git", "-C", day.src, "commit", "-qm", "theirs", "theirs.c", env=env)
ok("TODO of Bob" not in draft(), "a TODO somebody else committed is theirs")
day.git("commit", "-qam", "mine")
day.git("checkout", "-q", "-b", "side", "HEAD~1")
edit("main.c", "else\n")
day.git("commit", "-qam", "conflicting")
day.run("git", "-C", day.src, "rebase", "main", env=day.dated())
ok("rebase" in "".join(sections(draft())["Open"]), "a rebase in progress is named")
day.git("rebase", "--abort")
day.git("checkout", "-q", "main")

# --- promises
out, err, status = day.run("vesper", "extend", "until", "18:30", "-m", "deploy")
equal(status, 0, "extended")
out, err, status = day.run("vesper", "oncall", "until", "22:00", "-m", "pager")
works("18:20", 7)
got = sections(draft())
equal(got["Extensions and on-call times"], ["- at 16:11: the end at 18:30, deploy", "- at 16:11: on call until 22:00, pager",
                                 "- last at work at 18:20"], "what was promised, and how it ended")
report = day.report()
equal([[p["kind"], clock(p["until"]), p["why"], clock(p["ended"])] for p in report["promised"]],
      [["extend", "18:30:00", "deploy", "18:20:00"], ["oncall", "22:00:00", "pager", "18:20:00"]], "in the report, too")
day.run("vesper", "oncall", "off")
ok("- at 16:11: on call until 18:20, pager" in draft(), "what was called off ended then", draft())
ok("at 16:11 until 18:20: pager" in day.run("vesper", "report")[0], "in the report, too")

out = day.run("vesper", "report")[0]
ok("not pushed 2 of" in out, "what is not pushed", out)
day.git("remote", "remove", "far")
ok("not pushed" not in day.run("vesper", "report")[0], "without a remote nothing waits to be pushed")

# --- merging: in the shell
path = day.home + "/.local/share/vesper/clock-notes/2026-11-18.md"


def merge(script, *args):
    """vesper merge with an editor that runs a script on the file."""
    return day.run("vesper", "merge", *args, env=dict(day.env, GIT_EDITOR="f() { %s; }; f" % script))


out, err, status = merge("false")
equal([status, os.path.exists(path)], [1, False], "an editor that fails merges nothing")
out, err, status = merge(": >\"$1\"")
equal([status, os.path.exists(path), day.status()["day"]["closed"]], [1, False, False], "emptied: not merged")
equal("refused" in day.link.ask(do="merge", note=" \n"), True, "nor by an editor's empty note")
out, err, status = merge(":")
equal([status, day.status()["day"]["closed"]], [0, True], "nothing typed counts")
note = read(path)
ok("- add four" in note and "#" not in note.split("Done")[0] and "->" not in note, "the note without remarks and empty arrows", note)
ok("First thing" not in note, "and without empty sections", note)
out, err, status = day.run("vesper", "merge", "--undo")
equal([status, day.status()["day"]["closed"]], [0, False], "--undo opens the day again")
out, err, status = merge("printf 'First: the parser\\n  -> in parser.c, at nine, with the test\\n' >>\"$1\"")
note = read(path)
ok("with the test" in note and note.count("add four") == 1, "merged again: the note goes on", note)

# --- by hand
with open(path, "a") as f:
    f.write("\nby hand\n")
out, err, status = merge("sed -i 's/the parser/THE PARSER/' \"$1\"")
note = read(path)
ok("by hand" in note and "THE PARSER" in note and note.count("add four") == 1, "what was written by hand stays", note)
base = day.link.ask(get="note", draft=True)["base"]
with open(path, "a") as f:
    f.write("meanwhile\n")
day.link.ask(do="merge", note="from the editor", day="2026-11-18", base=base)
note = read(path)
ok("meanwhile" in note and "from the editor" in note and "by hand" in note, "also what is written while the draft is open", note)
out, err, status = day.run("vesper", "merge", "-m", "one line more")
ok("one line more" in read(path) and "meanwhile" in read(path), "-m adds to it", status, err)
merge("false")
out, err, status = day.run("vesper", "merge", "-m", "and one")
ok("and one" in read(path) and "one line more" in read(path), "also when a draft was opened in between, and left", err)
old = day.link.ask(get="note", draft=True)["base"]
new = day.link.ask(get="note", draft=True)["base"]
day.link.ask(do="merge", note="the newer one", base=new)
day.link.ask(do="merge", note="the older one", base=old)
equal(read(path), "2026-11-18\n==========\n\nthe newer one\n\nthe older one\n", "of two drafts both are kept")
out, err, status = day.run("vesper", "merge", "--day", "2026-11-17", "-m", "yesterday's")
ok("yesterday's" in read(path.replace("18.md", "17.md")), "--day writes another day's", err)
equal(day.run("vesper", "note", "2026-11-17")[0].splitlines()[-1], "yesterday's", "vesper note prints it")
older = path.replace("18.md", "17.md")
os.unlink(older)
os.mkdir(older)
for words in (("note", "2026-11-17"), ("morning",)):
    out, err, status = day.run("vesper", *words)
    ok("cannot read %s: Is a directory" % older in out + err, "one that cannot be read is not said to be none", out, err)
os.rmdir(older)
out, err, status = day.run("vesper", "merge", "--no-edit")
equal(status, 0, "--no-edit")

# --- privacy
day.configure("[notify]\ndesktop = no\n[privacy]\nprojects = none\n")
day.run("vesper", "reload")
works("18:25", 77)
equal(day.rows("SELECT count(*) FROM places WHERE line = 77"), [(0,)], "privacy none keeps no place")
day.configure("[notify]\ndesktop = no\n[privacy]\nprojects = name\n")
day.run("vesper", "reload")
works("18:26", 78)
equal(day.rows("SELECT project, file FROM places WHERE line = 78"), [(name, "main.c")], "privacy name keeps names")
done()
