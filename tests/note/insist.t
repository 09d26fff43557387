#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# An evening on which work goes on: with insist = yes the third late notice asks
# in the editor, and an answer ends it.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

for name in EDITORS:
    day = Day(name, CONFIG + "[notify]\ndesktop = no\ninsist = yes\n")
    day.repository()
    day.start("17:50")
    day.open(name)
    e = day.editor
    e.look("execute('set updatetime=100')")
    for minute in range(0, 60, 4):
        day.works("%d:%02d" % divmod(17 * 60 + 54 + minute, 60))
        day.to("%d:%02d" % divmod(17 * 60 + 56 + minute, 60))
        if [n for n in day.notices() if n[1:] == ("late", 3)]:
            break
    equal([n[1:] for n in day.notices() if n[1] != "warn"], [("merge", 1), ("late", 1), ("late", 2), ("late", 3)],
          name + ": an evening")
    ok(e.comes("get(vesper#notice(), 'insist')", True), name + ": the third may ask", e.look("vesper#notice()"))
    e.keys("k")
    there = lambda: time.sleep(0.3) or e.look("bufname('')") == "vesper://choices"
    ok(wait_for(there), name + ": and does", e.look("[bufname(''), v:errmsg]"))
    e.keys("c")
    ok(e.comes("[bufexists('vesper://choices'), bufname('') =~# 'main.c']", [0, 1]), name + ": one key answers")
    day.link.ask(clock="+1s")
    ok(e.comes("vesper#notice()", {}), name + ": and nothing is up any more", e.look("vesper#notice()"))
    ok(e.quit(), name + ": quits")
done()
