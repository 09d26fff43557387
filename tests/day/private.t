#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A day in a repository that is nobody's business: whatever Vesper writes or
# shows, its name, its files, its branches and its commits are not in it.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

SECRETS = [b"bluebird", b"cobalt", b"crimson", b"daffodil", b"emerald"]


def written(home, but):
    """Every byte in the home that is not the person's own."""
    for top, dirs, names in os.walk(home):
        dirs[:] = [d for d in dirs if os.path.join(top, d) not in but]
        for name in names:
            path = os.path.join(top, name)
            if path not in but and os.path.isfile(path):
                with open(path, "rb") as f:
                    yield path[len(home):], name.encode() + b"\n" + f.read()


def live(kept, allowed):
    day = Day("private-" + kept)
    day.configure(CONFIG + "[privacy]\nprojects = %s\n[git]\nrepositories = ~/bluebird/cobalt, ~/bluebird/cobalt-gone\n"
                  "authors = emerald\n[on warn]\nrun = \"emerald\n"  # two mistakes
                  "[on merge]\nrun = env >%s # emerald\n" % (kept, day.home + "/said"))
    day.src = day.home + "/bluebird/cobalt"
    day.file = day.src + "/crimson.c"
    os.makedirs(day.home + "/bluebird")
    day.repository()
    with open(day.home + "/bluebird/timew", "w") as f:
        f.write("inc 20261116T080000Z - 20261116T093000Z # bluebird/crimson\n")
    day.start("17:00")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    equal(day.run("vesper", "import", day.home + "/bluebird/timew")[2], 0, "%s: what another program recorded" % kept)
    shown = []
    editor = socket.socket(socket.AF_UNIX)
    editor.connect(socket_of(day.env))
    editor.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
    event = dict(event="activity", source="vim", human=True, project=day.src + "/.git", file=day.file, line=7)
    for minute in range(0, 60, 3):
        day.to("17:%02d" % minute)
        day.link.ask(**event)
    day.git("checkout", "-q", "-b", "daffodil")
    with open(day.src + "/more", "w") as f:
        f.write("TODO: more\n")
    day.git("add", ".")
    out = day.run("git", "-C", day.src, "commit", "-m", "emerald", env=day.dated())
    shown.append(out[1])
    day.to("18:20")
    day.link.ask(**event)
    with open(day.file, "a") as f:
        f.write("TODO: open\n")
    day.run("vesper", "extend", "15m", "-m", "a reason")
    day.to("18:50")
    day.link.ask(**event)
    for command in ("status", "status --json", "why", "why --json", "plan", "doctor", "report day", "report day --json",
                    "report week --csv", "report week --html -", "report week --json", "export --json", "export --csv",
                    "morning", "status --format tmux", "status --format waybar"):
        out, err, status = day.run("vesper", *command.split())
        shown.append("$ vesper %s\n%s%s" % (command, out, err))
    draft = day.link.ask(get="note", draft=True)
    shown.append(json.dumps(draft))
    shown.append(json.dumps(day.link.ask(get="correct", day="today")))
    day.env["EDITOR"] = "true"
    shown.append(str(day.run("vesper", "merge")))
    day.to("26:00")
    day.to("33:05")
    day.link.ask(**event)
    shown.append(str(day.run("vesper", "morning")))
    shown.append(json.dumps(day.link.ask(get="morning")))
    day.kill(signal.SIGTERM)
    with editor.makefile() as f:
        shown.append("an editor hears\n" + f.read())
    ok("the end of today's work" in shown[-1], "%s: notices were given" % kept, shown[-1])
    secrets = [s for s in SECRETS if s not in allowed]
    for path, data in written(day.home, [day.home + "/bluebird", day.home + "/.config/vesper/config.ini"]):
        found = [s.decode() for s in secrets if s in data]
        ok(not found, "%s: %s has nothing of it" % (kept, path),
           [data[max(0, data.find(s.encode()) - 80):][:160] for s in found])
    for text in shown:
        found = [s.decode() for s in secrets if s in text.encode()]
        ok(not found, "%s: nor is it shown: %s" % (kept, text.split("\n")[0][:40]), "%s in %s" % (found, text))


def switched():
    """What has a name in the record stays there, and goes nowhere else."""
    day = Day("private-switched")
    day.src = day.home + "/bluebird/cobalt"
    day.file = day.src + "/crimson.c"
    os.makedirs(day.home + "/bluebird")
    day.repository()
    day.start("17:00")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    for n in range(20):  # on a busy machine the watch may be first
        day.git("commit", "-q", "--allow-empty", "-m", "before %d" % n)
        day.to("17:01")
        if day.rows("SELECT source FROM events WHERE kind = 'commit' ORDER BY id DESC LIMIT 1") == [("hook",)]:
            break
    day.link.ask(event="activity", source="vim", human=True, project=day.src, file=day.file, line=7)
    day.to("17:05")
    day.run("vesper", "hooks", "uninstall", "--repo", day.src)
    for n in range(3):
        day.git("commit", "-q", "--allow-empty", "-m", "%d" % n)
        day.to("17:%d" % (10 + n))

    def shown():
        return [str(day.run("vesper", "status")), str(day.run("vesper", "doctor")), json.dumps(day.link.ask(get="morning")),
                json.dumps(day.link.ask(get="note", draft=True))]

    equal([[s for s in ("bluebird", "cobalt", "crimson") if s in text] for text in (shown()[0], shown()[3])],
          [["bluebird", "cobalt"], ["bluebird", "cobalt", "crimson"]], "full: status and the note have names")
    for kept, secrets in (("name", ["bluebird"]), ("none", ["bluebird", "cobalt", "crimson"])):
        day.configure(CONFIG + "[privacy]\nprojects = %s\n" % kept)
        day.link.ask(do="reload")
        for text in shown():
            ok(not [s for s in secrets if s in text], "then %s: none is shown any more: %s" % (kept, text[:30]), text)
    day.to("33:00")
    day.link.ask(event="activity", source="vim", human=True)
    for text in shown():
        ok("bluebird" not in text, "nor on the next day: " + text[:30], text)
    day.kill(signal.SIGTERM)


live("none", [])
live("name", [b"cobalt", b"crimson"])
switched()
done()
