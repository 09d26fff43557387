#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The note in a real Vim and a real Neovim before a real daemon: choices, the
# pacer, merging, and the morning after.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *


def shown(day, name):
    """All that floats."""
    return day.popup(name)


def window(e, name):
    return "bufwinnr('^vesper://%s$') > 0" % name


def evening(day, name):
    e = day.editor
    e.keys(":Vesper\r")
    ok(e.comes("bufname('')", "vesper://choices"), name + ": :Vesper opens the choices")
    ok("extensions left: 2" in e.eval("getline(1)"), name + ": with the extensions that are left")
    e.keys("1")
    ok(wait_for(lambda: day.status()["extensions_left"] == 1), name + ": the second key moves the end")
    equal(clock(day.status()["day"]["effective_end"]), "18:15:00", name + ": by 15 minutes")
    equal(shown(day, name), "", name + ": the first time without a pacer")
    e.keys(":Vesper\r")
    e.comes("bufname('')", "vesper://choices")
    e.mark()
    e.keys("2")
    ok(wait_for(lambda: b"breathe" in e.out) and day.status()["extensions_left"] == 1,
       name + ": the second time a pacer comes first", e.screen()[-300:])


def pacer(day, name):
    """Any key leaves it and does what it does."""
    e = day.editor
    wait_for(lambda: day.status()["extensions_left"] == 0)
    equal([clock(day.status()["day"]["effective_end"]), shown(day, name)], ["18:45:00", ""],
          name + ": a key takes it away and the end is moved")
    equal(e.eval("v:errmsg"), "", name + ": no error")


def merged(day, name):
    e = day.editor
    e.keys(":Vesper\r")
    e.comes("bufname('')", "vesper://choices")
    e.keys("m")
    ok(e.comes("bufname('')", "vesper://merge"), name + ": the note opens")
    text = "\n".join(e.eval("getline(1, '$')"))
    ok("main.c:" in text and "Extensions and on-call times" in text, name + ": with the place and the promises", text)
    e.keys(":%d\r:w\r")
    ok(e.comes("execute('messages') =~# 'the day stays open'", 1), name + ": emptied, it merges nothing")
    equal([day.status()["day"]["closed"], e.eval("&modified")], [False, 0], name + ": and holds up nothing")
    e.keys(":q\r")
    e.comes("bufexists('vesper://merge')", 0)
    e.keys(":Vesper merge\r")
    e.comes("bufname('')", "vesper://merge")
    e.keys("/First thing\rjothe parser, in parse()\x1bZZ")
    ok(wait_for(lambda: day.status()["day"]["closed"]), name + ": ZZ merges")
    ok(e.comes("bufexists('vesper://merge')", 0), name + ": and closes it")
    note = read(day.home + "/.local/share/vesper/clock-notes/2026-11-18.md")
    ok("the parser, in parse()" in note and "->" not in note, name + ": the note", note)


def works_until(e, expr):
    """Whether expr comes true while somebody moves about."""
    return wait_for(lambda: e.type("kj") or e.look(expr) == 1, 40)


def morning(day, name):
    e = day.editor
    day.link.ask(clock="%d" % (instant("09:00") + 86400))
    e.look("execute('autocmd WinEnter * let g:entered = win_getid()')")
    ok(works_until(e, window(e, "morning")), name + ": the first activity of the next day hands it back")
    equal(e.eval("expand('%:t')"), "main.c", name + ": without taking the cursor")
    equal(e.eval("get(g:, 'entered') == win_getid()"), 1, name + ": as status lines hear")
    equal(day.status()["note_waiting"], True, name + ": until it was read it waits")
    text = e.eval("join(getbufline('vesper://morning', 1, '$'), \"\\n\")")
    ok("the parser, in parse()" in text and "main.c:3" in text, name + ": the note and the place", text)
    e.keys(":call win_gotoid(bufwinid('vesper://morning'))\r\r")
    ok(e.comes("[expand('%:t'), line('.'), bufexists('vesper://morning')]", ["main.c", 3, 0]),
       name + ": Enter opens the file at the line where work ended", e.screen()[-300:])
    ok(wait_for(lambda: not day.status()["note_waiting"]), name + ": it was read")
    e.keys(":Vesper morning\r")
    ok(e.comes("bufname('')", "vesper://morning"), name + ": :Vesper morning shows it again")
    e.keys("q")
    out, err, status = day.run("vesper", "morning")
    ok("the parser" in out and "main.c:3" in out, name + ": so does vesper morning", out)


def unmerged(day, name):
    """The second day is left without a merge; the third offers to mend it."""
    e = day.editor
    base = instant("09:10") + 86400
    for i in range(4):
        day.link.ask(clock="%d" % (base + i * 240))
        e.keys("kj")
        wait_for(day.heard, 2)
    day.link.ask(clock="%d" % (instant("09:05") + 2 * 86400))
    ok(works_until(e, window(e, "morning")), name + ": a day left without a merge is offered in the morning")
    text = e.eval("join(getbufline('vesper://morning', 1, '$'), \"\\n\")")
    ok("2026-11-19 ended at 09:" in text, name + ": with its end", text)
    e.keys(":call win_gotoid(bufwinid('vesper://morning'))\re")
    ok(e.comes("bufname('')", "vesper://day"), name + ": one key opens it")
    e.keys("Goend 10:00\x1b:w\r")
    ok(e.comes("bufexists('vesper://day')", 0), name + ": :w hands it over", e.screen()[-300:])
    report = json.loads(day.run("vesper", "report", "2026-11-19", "--json")[0])
    equal([clock(report["last"] - 86400), "recorded" in report], ["10:00:00", True], name + ": and it is put right")
    equal(e.eval("v:errmsg"), "", name + ": no error")


def whole(name):
    day = Day(name, CONFIG + "[notify]\ndesktop = no\n")
    day.repository()
    day.start("17:00")
    day.open(name)
    ok(wait_for(day.heard), name + ": heard")
    day.editor.keys("G")
    day.works("17:05")
    evening(day, name)
    day.editor.keys("j")
    pacer(day, name)
    day.works("18:20")
    day.editor.keys("G")
    day.works("18:22")
    merged(day, name)
    morning(day, name)
    unmerged(day, name)
    ok(day.editor.quit(), name + ": quits")


def shell():
    """vesper extend on a terminal."""
    day = Day("shell", CONFIG + "[notify]\ndesktop = no\n")
    day.start("17:00")
    for n, want in ((1, False), (2, True)):
        t = Terminal(["vesper", "extend", "15m"], day.env)
        wait_for(lambda: b"breathe" in t.out or t.poll() is not None)
        equal(b"in your hands" in t.out, want, "extension %d in a terminal: %s" % (n, "a pacer" if want else "no pacer"))
        t.keys(" ")
        ok(t.ends() and t.status == 0, "extension %d: any key goes on" % n, t.out)
        if n == 1:
            t = Terminal(["vesper", "extend", "2h"], day.env)
            ok(t.ends() and t.status == 1 and b"more than one extension may be" in t.out
               and b"breathe" not in t.out, "one that will be refused is refused at once", t.out)
            t = Terminal(["vesper", "extend", "soon"], day.env)
            ok(t.ends() and t.status == 2 and b"breathe" not in t.out, "so is one that cannot be read", t.out)
            equal(day.status()["extensions_left"], 1, "and asking took none of them")
    equal(day.status()["extensions_left"], 0, "both were granted")
    day.configure(CONFIG + "extensions = 5\n[notify]\ndesktop = no\n")
    day.run("vesper", "reload")
    t = Terminal(["vesper", "extend", "15m"], day.env)
    wait_for(lambda: b"breathe" in t.out)
    t.keys("\x03")
    ok(t.ends() and t.status == 1, "Ctrl-C leaves the end where it is")
    equal(day.status()["extensions_granted"], 2, "no more were granted")
    day.configure(CONFIG + "extensions = 5\n[notify]\ndesktop = no\n[merge]\npacer = no\n")
    day.run("vesper", "reload")
    t = Terminal(["vesper", "extend", "15m"], day.env)
    ok(t.ends() and b"breathe" not in t.out and t.status == 0, "pacer = no removes it")


for editor in EDITORS:
    try:
        whole(editor)
    except Exception as error:  # a broken part must not hide the other
        ok(False, editor, repr(error))
shell()
done()
