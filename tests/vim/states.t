#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A notice comes in the middle of every state an editor can be in: it is shown,
# and what was being typed arrives as it would have without it.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

# name, keys before the notice, keys after it; then what Neovim waits for while
# it handles nothing else: there the notice comes as soon as that is over
STATES = [
    ("normal", "", "x"),
    ("insert, at its start", "i", "abc\x1b"),
    ("insert, in a word", "ihel", "lo\x1b"),
    ("operator pending", "d", "w"),
    ("visual", "vl", "d"),
    ("visual block", "\x16j", "d"),
    ("select", "gh", "Z\x1b"),
    ("command line", ":s/one/", "uno/\r"),
    ("search", "/tw", "o\rx"),
    ("completion", "Gotw\x0e", "\x19!\x1b"),
    ("command-line window", "q:is/one/", "eins/\x1b\r"),
    ("register", "\"", "ayyj\"ap", True),
    ("insert CTRL-R", "yiwi\x12", "\"\x1b", True),
    ("insert CTRL-X", "Gotw\x18", "\x0e\x19\x1b"),
    ("insert CTRL-V", "i\x16", "065\x1b", True),
    ("replace", "R12", "3\x1b"),
    ("replace one", "r", "Z", True),
    ("count", "2", "x", True),
    ("g", "g", "~w", True),
    ("confirm", ":s/e/E/gc\r", "a", True),
    ("hit-enter", ":echo \"a\\nb\\nc\"\r", "\rx", True),
    ("more", ":set more|echo join(range(99), \"\\n\")\r", ["q", "\x1bx"], True),
]

RC = """
function! Shown() abort
  return len(Popups())
endfunction
function! Popups() abort
  return has('nvim') ? filter(nvim_list_wins(), {i, w -> nvim_win_get_config(w).relative !=# ''}) : popup_list()
endfunction
function! Lines() abort
  return join(map(Popups(), {i, w -> join(getbufline(winbufnr(w), 1, '$'))}))
endfunction
autocmd User VesperNotice call writefile([json_encode([mode(1), Shown()])], $HOME . '/notice')
"""


def fresh(e):
    e.eval("[execute('silent! only|set nomore|%d _'), setline(1, ['one two three', 'four five six', 'seven']), "
           "cursor(1, 1), setreg('a', ''), setreg('\"', 'yanked')]")


def push_notice(home, d, n, level, title):
    if os.path.exists(home + "/notice"):
        os.unlink(home + "/notice")
    d.push('{"notice":"x","n":%d,"level":%d,"title":"%s","body":"b","actions":[["plus","+15"]]}'
           % (n, level, title))


def seen_notice(home):
    text = wait_for(lambda: read(home + "/notice").endswith("\n") and read(home + "/notice"), 5)
    return json.loads(text) if text else None


def noticed(home, d, n, level, title):
    push_notice(home, d, n, level, title)
    return seen_notice(home)


def type_on(e, keys):
    for chunk in [keys] if isinstance(keys, str) else keys:
        e.keys(chunk)
        time.sleep(0.05)


def result(e):
    return e.eval("[getline(1, '$'), getcurpos()[1:2], getreg('a')]")


def states(name):
    env = install(scratch_env(name))
    d = Daemon(env, 3600)
    e = Editor(name, env, env["HOME"] + "/file", rc=RC)
    d.hears('"activity"')
    e.eval("1")
    n = 0
    for state, before, after, *blocking in STATES:
        fresh(e)
        type_on(e, [before, after] if isinstance(after, str) else [before] + after)
        want = result(e)
        fresh(e)
        n += 1
        type_on(e, before)
        push_notice(env["HOME"], d, n, 2, "notice-%d" % n)
        if name == "nvim" and blocking:
            type_on(e, after)
            seen = seen_notice(env["HOME"])
        else:
            seen = seen_notice(env["HOME"])
            type_on(e, after)
        ok(seen and seen[1] == 1, "%s, %s: the notice is shown" % (name, state), seen)
        equal(result(e), want, "%s, %s: the keys do what they do" % (name, state))
    equal(e.eval("v:errmsg"), "", name + ": no error")
    d.push('{"gone":%d}' % n)
    ok(wait_for(lambda: e.eval("Shown()") == 0), name + ": gone when answered elsewhere")
    manners(name, e, d, env["HOME"], n)
    ok(e.quit(), name + ": quits")
    d.stop()


def manners(name, e, d, home, n):
    fresh(e)
    e.keys("i")
    equal(noticed(home, d, n + 1, 2, "the day is over"), ["i", 1], name + ": insert mode stays")
    equal(noticed(home, d, n + 2, 0, "a passing word"), ["i", 1], name + ": replaced, not stacked")
    ok(wait_for(lambda: "a passing word" in e.eval("Lines()")), name + ": the newer is to be read")
    d.push('{"gone":%d}' % (n + 2))
    ok(wait_for(lambda: "the day is over" in e.eval("Lines()")), name + ": the one that stays comes back")
    ok(":Vesper extend 15m" in e.eval("Lines()"), name + ": with the command that answers")
    d.push('{"gone":%d}' % (n + 1), '{"gone":99999}')
    ok(wait_for(lambda: e.eval("Shown()") == 0), name + ": and goes")
    for line in ('["ex","let g:evil = 1"]', '{"notice":7,"n":"x"}', '{"status":[1]}', '{"gone":{}}', '{"edit":3}',
                 '{"hello":1,"every":"often"}', '{"notice":"x","n":1,"title":3}', '{"id":"x"}', '[[[[', '{"eval":"1"}'):
        d.push(line)
        e.eval("1")
    equal(e.eval("[exists('g:evil'), v:errmsg, Shown()]"), [0, "", 0], name + ": strange lines do nothing")
    for i in range(30):
        d.push('{"notice":"x","n":%d,"level":1,"title":"burst"}' % (n + 10 + i))
    ok(wait_for(lambda: e.eval("Shown()") == 1), name + ": of many at once one is shown")
    e.keys(":q!\r")
    ok(e.ends(), name + ": a popup does not hold up :q")


def plain(name):
    env = install(scratch_env(name + "-plain"))
    d = Daemon(env, 0.1)
    e = Editor(name, env, rc=RC + "let g:vesper_plain = 1\n")
    d.hears('"activity"')
    long = "word " * 100
    e.eval("1")
    e.keys("ihello")
    equal(noticed(env["HOME"], d, 1, 2, long), ["i", 0], name + ", plain: no popup")
    e.keys(" there\x1b")
    equal(e.eval("getline(1)"), "hello there", name + ", plain: the text is as typed")
    said = [l for l in e.eval("execute('messages')").splitlines() if "Vesper: word" in l]
    ok(len(said) == 1 and len(said[0]) < 90, name + ", plain: one line that fits", said)
    e.keys(":let x = 1")
    noticed(env["HOME"], d, 2, 2, "later")
    e.keys("2\r")
    equal(e.eval("x"), 12, name + ", plain: an open command line is left alone")
    ok(wait_for(lambda: "Vesper: later" in e.eval("execute('messages')")), name + ", plain: it is said after")
    e.quit()
    d.stop()


def suspended(name):
    env = install(scratch_env(name + "-suspend"))
    d = Daemon(env, 3600)
    with open(env["HOME"] + "/.profile", "w"):
        pass
    t = Terminal(["sh", "-i"], dict(env, PS1="prompt> ", ENV=""))
    wait_for(lambda: b"prompt>" in t.out)
    with open(env["HOME"] + "/rc2.vim", "w") as f:
        f.write(RC)
    t.keys("%s -u rc.vim -S rc2.vim file\r" % name)
    d.hears('"activity"')
    t.keys("\x1a")
    ok(d.hears('"suspend"'), name + ": Ctrl-Z is told")
    for i in range(200):
        d.push('{"status":"%d","regime":"normal"}' % i, '{"notice":"x","n":%d,"level":1,"title":"t%d"}' % (i, i))
    wait_for(lambda: b"prompt>" in t.out)
    t.keys("fg\r")
    ok(d.hears('"resume"'), name + ": so is coming back")
    report = env["HOME"] + "/report"
    t.keys("\x1c\x0e:call timer_start(300, {-> writefile([json_encode([Shown(), v:errmsg, vesper#statusline()])], '%s')})\r" % report)
    wait_for(lambda: read(report).endswith("\n"))
    equal(json.loads(read(report) or "0"), [1, "", "199"], name + ": what came meanwhile is one popup")
    t.keys("\x1c\x0e:qa!\rexit\r")
    t.ends()
    d.stop()


for editor in EDITORS:
    for part in (states, plain, suspended):
        try:
            part(editor)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (editor, part.__name__), repr(error))
done()
