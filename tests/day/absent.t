#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What can be missing or wrong: mistakes in the config, the daemon, a terminal
# at the other end of a hook.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

WRONG = """[vesper]
idle = soon
[workday "day"]
days = Mon-Fri, Blursday
start = 09:00
merge = 25:00
wran = 10m
[colour]
warm = yes
[stretch]
limit = 45m
"""


def mistakes():
    day = Day("mistakes", WRONG)
    day.start("17:20")
    log = day.log()
    for line, key in ((2, "idle"), (4, "days"), (6, "merge"), (7, "wran"), (8, "colour")):
        ok(re.search(r"%s:%d: .*%s" % (re.escape(day.config), line, key), log),
           "config.ini:%d: the mistake in %s is named" % (line, key), log)
    equal(day.run("vesper", "config", "check")[2], 1, "vesper config check finds them, too")
    equal(day.run("vesper", "config", "get", "stretch.limit")[0].strip(), "45m", "what is right holds")
    equal(day.status()["problems"] >= 5, True, "status counts them")
    day.configure(CONFIG)
    day.daemon.send_signal(signal.SIGHUP)
    ok(wait_for(lambda: day.status()["problems"] == 0), "a mended file and SIGHUP: they are gone")
    equal(clock(day.status()["day"]["end"]), "18:00:00", "and the file holds")
    day.configure(CONFIG.replace("18:00", "18:30"))
    ok(wait_for(lambda: clock(day.status()["day"]["end"]) == "18:30:00"), "a changed file is read without it")
    log = day.log()
    second = day.run("vesperd", "--foreground", "--clock", stamp("17:00"))
    ok(second[2] == 1 and "run" in second[1], "a second vesperd says that one runs", second)
    equal(day.log(), log, "which the first does not notice")
    day.kill(signal.SIGTERM)


def no_daemon(name):
    day = Day("none-" + name)
    day.repository()
    out, err, status = day.run("vesper", "hooks", "install", "--repo", day.src)
    equal(status, 0, name + ", no daemon: hooks are installed")
    day.open(name)
    day.editor.keys("onew line\x1b:w\r")
    ok(wait_for(lambda: "new line" in read(day.file)), name + ", no daemon: types as ever")
    equal(day.editor.eval("[v:errmsg, execute('messages') =~? 'vesper']"), ["", 0], name + ", no daemon: not a word")
    t = Terminal(["git", "commit", "-qam", "work"], day.env, cwd=day.src)
    equal([t.ends(), t.status, t.out], [True, 0, b""], name + ", no daemon: a commit, and not a word")
    out, err, status = day.run("vesper", "status")
    equal([out, status], ["", 3], name + ", no daemon: vesper status says so: " + err.strip())
    ok(not os.path.exists(socket_of(day.env)), name + ", no daemon: and starts none")
    ok(day.editor.quit(), name + ", no daemon: quits")


def by_a_program():
    """A commit without a person is recorded and judged by nobody."""
    day = Day("program")
    day.repository()
    day.run("vesper", "hooks", "install", "--repo", day.src)
    day.start("19:00")
    with open(day.file, "a") as f:
        f.write("by a program\n")
    out, err, status = day.run("git", "-C", day.src, "commit", "-qam", "by a program", env=day.dated())
    equal([out, err, status], ["", "", 0], "a late commit without a terminal: not a word")
    day.to("19:01")
    # a hook without a terminal does not wait to be heard
    equal(wait_for(lambda: day.rows("SELECT human, verdict FROM events WHERE kind = 'commit'")), [(0, "")],
          "recorded as a program's, without a verdict")
    equal(day.notices(), [], "and nobody is told that it is late")
    day.kill(signal.SIGTERM)


for part in [mistakes, by_a_program] + [lambda name=name: no_daemon(name) for name in EDITORS]:
    try:
        part()
    except Exception as error:  # a broken part must not hide the others
        ok(False, getattr(part, "__name__", "part"), repr(error))
done()
