#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A notice comes in the middle of every state an editor can be in: it is shown,
# and what was being typed arrives as it would have without it.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

# name, keys before the notice, the mode they lead to ("!": a key is waited for,
# and Neovim handles nothing else, so that there the notice comes as soon as that
# is over), keys after it
STATES = [
    ("normal", "", "n", "x"),
    ("insert, at its start", "i", "i", "abc\x1b"),
    ("insert, in a word", "ihel", "i", "lo\x1b"),
    ("operator pending", "d", "no", "w"),
    ("visual", "vl", "v", "d"),
    ("visual line", "V", "V", "d"),
    ("visual block", "\x16j", "\x16", "d"),
    ("select", "gh", "s", "Z\x1b"),
    ("command line", ":s/one/", "c", "uno/\r"),
    ("search", "/tw", "c", "o\rx"),
    ("completion", "Gotw\x0e", "ic", "\x19!\x1b"),
    ("command-line window", "q:is/one/", "i", "eins/\x1b\r"),
    ("register", "\"", "!", "ayyj\"ap"),
    ("insert CTRL-R", "yiwi\x12", "!", "\"\x1b"),
    ("insert CTRL-X", "Gotw\x18", "ix", "\x0e\x19\x1b"),
    ("insert CTRL-V", "i\x16", "!", "065\x1b"),
    ("replace", "R12", "R", "3\x1b"),
    ("replace one", "r", "!", "Z"),
    ("count", "2", "!", "x"),
    ("g", "g", "!", "~w"),
    ("confirm", ":s/e/E/gc\r", "!", "a"),
    ("hit-enter", ":echo \"a\\nb\\nc\"\r", "!", "\rx"),
    ("more", ":set more|echo join(range(99), \"\\n\")\r", "!", ["q", "\x0cx"]),
]

RC = """
function! Shown() abort
  return len(Popups())
endfunction
function! Popups() abort
  if has('nvim')
    return filter(nvim_list_wins(), {i, w -> nvim_win_get_config(w).relative !=# ''})
  endif
  " Vim 8.2.0 has no popup_list()
  return exists('*popup_list') ? popup_list() : filter(range(1001, 2000), {i, w -> !win_id2win(w) && !empty(popup_getpos(w))})
endfunction
function! Lines() abort
  return join(map(Popups(), {i, w -> join(getbufline(winbufnr(w), 1, '$'))}))
endfunction
let g:seen = []
autocmd User VesperNotice let g:seen += [[mode(1), Shown()]]
"""


def fresh(e):
    e.eval("[execute('silent! only|set nomore|%d _'), setline(1, ['one two three', 'four five six', 'seven']), "
           "cursor(1, 1), setreg('a', ''), setreg('\"', 'yanked')]")


def push_notice(d, n, level, title):
    d.push('{"notice":"x","n":%d,"level":%d,"title":"%s","body":"b","actions":[["plus","+15"]]}'
           % (n, level, title))


def seen_notice(e, before):
    """The mode a notice came in and how many popups there were."""
    wait_for(lambda: e.look("len(g:seen)") == before + 1)
    return e.look("g:seen[-1]")


def noticed(e, d, n, level, title):
    before = e.look("len(g:seen)")
    push_notice(d, n, level, title)
    return seen_notice(e, before)


def type_on(e, keys):
    for i, chunk in enumerate([keys] if isinstance(keys, str) else keys):
        e.settled("n" if i else None)
        e.keys(chunk)


def result(e):
    return e.eval("[getline(1, '$'), getcurpos()[1:2], getreg('a')]")


def states(name):
    env = install(scratch_env(name))
    d = Daemon(env, 3600)
    e = Editor(name, env, env["HOME"] + "/file", rc=RC)
    d.hears('"activity"')
    for n, (state, before, mode, after) in enumerate(STATES, 1):
        fresh(e)
        e.keys(before)
        e.settled(mode)
        type_on(e, after)
        want = result(e)
        fresh(e)
        count = e.look("len(g:seen)")
        e.keys(before)
        there = e.settled(mode)
        push_notice(d, n, 2, "notice-%d" % n)
        if name == "nvim" and mode == "!":
            type_on(e, after)
            seen = seen_notice(e, count)
        else:
            seen = seen_notice(e, count)
            type_on(e, after)
        ok(there and seen and seen[1] == 1, "%s, %s: the notice is shown" % (name, state), there, seen)
        equal(result(e), want, "%s, %s: the keys do what they do" % (name, state))
    equal(e.look("v:errmsg"), "", name + ": no error")
    d.push('{"gone":%d}' % n)
    ok(e.comes("Shown()", 0), name + ": gone when answered elsewhere")
    manners(name, e, d, n)
    terminals(name, e, d, n + 100)
    noticed(e, d, n + 200, 2, "last")
    e.keys(":q!\r")
    ok(e.ends(), name + ": a popup does not hold up :q")
    d.stop()


def terminals(name, e, d, n):
    """A program that repeats what it reads, in a window of the editor's."""
    e.keys("\x1c\x0e:terminal cat\r" + ("i" if name == "nvim" else ""))
    e.settled("t")
    e.keys("hel")
    e.settled("t")
    equal(noticed(e, d, n, 2, "in a terminal"), ["t", 1], name + ", terminal: the notice is shown")
    e.keys("lo\r")
    twice = "count(getbufline(bufnr(''), 1, '$'), '%s')"
    ok(e.comes(twice % "hello", 2), name + ", terminal: the program reads what is typed", e.look("getline(1, '$')"))
    e.keys("\x1c\x0e")
    wait_for(lambda: e.look("mode(1)") in ("n", "nt"))
    mode = e.look("mode(1)")
    equal(noticed(e, d, n + 1, 2, "beside it"), [mode, 1], name + ", terminal-normal: the notice is shown")
    e.keys("iagain\r")
    ok(e.comes(twice % "again", 2), name + ", terminal-normal: the keys do what they do")
    e.keys("\x1c\x0e:bwipeout!\r")

def manners(name, e, d, n):
    fresh(e)
    e.keys("i")
    e.settled("i")
    equal(noticed(e, d, n + 1, 2, "the day is over"), ["i", 1], name + ": insert mode stays")
    equal(noticed(e, d, n + 2, 0, "a passing word"), ["i", 1], name + ": replaced, not stacked")
    ok(e.comes("Lines() =~# 'a passing word'", 1), name + ": the newer is to be read")
    d.push('{"gone":%d}' % (n + 2))
    ok(e.comes("Lines() =~# 'the day is over'", 1), name + ": the one that stays comes back")
    ok(":Vesper extend 15m" in e.look("Lines()"), name + ": with the command that answers")
    d.push('{"gone":%d}' % (n + 1), '{"gone":99999}')
    ok(e.comes("Shown()", 0), name + ": and goes")
    for line in ('["ex","let g:evil = 1"]', '{"notice":7,"n":"x"}', '{"status":[1]}', '{"gone":{}}', '{"edit":3}',
                 '{"hello":1,"every":"often"}', '{"notice":"x","n":1,"title":3}', '{"id":"x"}', '[[[[', '{"eval":"1"}'):
        d.push(line)
    d.push('{"status":"after","regime":"normal"}')
    e.comes("get(g:, 'vesper_status')", "after")
    equal(e.look("[exists('g:evil'), v:errmsg, Shown()]"), [0, "", 0], name + ": strange lines do nothing")
    for i in range(30):
        d.push('{"notice":"x","n":%d,"level":1,"title":"burst"}' % (n + 10 + i))
    ok(e.comes("Lines() =~# 'burst'", 1), name + ": the last of many is shown")
    equal(e.look("Shown()"), 1, name + ": alone")
    d.push('{"gone":%d}' % (n + 39))
    e.comes("Shown()", 0)


def plain(name):
    env = install(scratch_env(name + "-plain"))
    d = Daemon(env, 0.1)
    e = Editor(name, env, rc=RC + "let g:vesper_plain = 1\n")
    d.hears('"activity"')
    e.look("[vesper#text#head('', 1), execute('let g:vesper#text#read_ms = 20')]")
    e.keys("ihello")
    e.settled("i")
    equal(noticed(e, d, 1, 2, "word " * 100), ["i", 0], name + ", plain: no popup")
    e.keys(" there\x1b")
    equal(e.eval("getline(1)"), "hello there", name + ", plain: the text is as typed")
    ok(wait_for(lambda: e.look("execute('messages')").count("word") == 100), name + ", plain: line after line")
    said = [l for l in e.look("execute('messages')").splitlines() if "word" in l]
    ok(len(said) > 1 and max(len(l) for l in said) < 90 and " ".join(said).count("word") == 100,
       name + ", plain: whole, in lines that fit", said)
    e.keys(":let x = 1")
    e.settled("c")
    noticed(e, d, 2, 2, "later")
    e.keys("2\r")
    ok(e.comes("get(g:, 'x')", 12), name + ", plain: an open command line is left alone")
    ok(wait_for(lambda: e.keys("l") or "Vesper: later" in e.look("execute('messages')")),
       name + ", plain: it is said after")
    ok(e.quit(), name + ", plain: quits")
    d.stop()


def slowly(e, expr, seconds=10):
    """As comes(), but leaving Neovim 0.7 idle between: a question is an end of
    a lull to it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.3)
        if e.look(expr):
            return True
    return False


def insisted(name):
    """insist = yes at level 3: a dialog, at a lull, that is deaf at first."""
    env = install(scratch_env(name + "-insist"))
    d = Daemon(env, 3600)
    e = Editor(name, env, "file", rc=RC + "set updatetime=100\nlet g:wiped = 0\n"
               "autocmd BufWipeout vesper://choices let g:wiped += 1\n")
    d.hears('"activity"')
    wait_for(lambda: e.look("vesper#link#daemon()"))
    e.keys("ihel")
    e.settled("i")
    d.push('{"notice":"x","n":1,"level":3,"title":"again","insist":true}')
    e.comes("Shown()", 1)
    # how long it is deaf is the test's to say, however slow the machine is
    e.look("len(extend(g:, {'vesper#insist#deaf_ms': 600000}))")
    there, inside = "bufwinnr('^vesper://choices$') > 0", "bufname('') ==# 'vesper://choices'"
    ok(not slowly(e, there, 1), name + ", insist: not into insert mode")
    e.keys("lo\x1b")
    ok(slowly(e, there) and not e.look(inside), name + ", insist: at a lull it is there, without the cursor")
    tick = "getbufvar('file', 'changedtick')"
    untouched = e.look(tick)
    e.keys("xu")
    wait_for(lambda: e.look(tick) != untouched)  # Neovim has keys a moment before it heeds them
    e.look("len(extend(g:, {'vesper#insist#deaf_ms': 100}))")
    e.look("len(map(filter(timer_info(), 'v:val.time ==# 600000'), {i, t -> [timer_stop(t.id), t.callback(t.id)]}))")
    ok(slowly(e, "g:wiped"), name + ", insist: somebody types, and it goes")
    equal(e.look("getbufline('file', 1)"), ["hello"], name + ", insist: the keys did what they do")
    e.keys("l")
    ok(slowly(e, inside), name + ", insist: at the next lull it takes the cursor, after a while")
    d.push('{"gone":1}')
    ok(slowly(e, "!(%s) && bufname('') ==# 'file'" % there), name + ", insist: gone when answered elsewhere")
    equal(e.look("v:errmsg"), "", name + ", insist: no error")
    ok(e.quit(), name + ", insist: quits")
    d.stop()


def suspended(name):
    env = install(scratch_env(name + "-suspend"))
    d = Daemon(env, 3600)
    e = Editor(name, env, "file", rc=RC, shell=True)
    d.hears('"activity"')
    e.settled("n")
    e.mark()
    tells = e.look("exists('##VimSuspend')")
    e.keys("\x1a")
    ok(d.hears('"suspend"') if tells else True, name + ": Ctrl-Z is told, where it can be known")
    wait_for(lambda: "prompt>" in e.screen())
    for i in range(200):
        d.push('{"status":"%d","regime":"normal"}' % i, '{"notice":"x","n":%d,"level":2,"title":"t%d"}' % (i, i))
    e.keys("fg\r")
    ok(d.hears('"resume"') if tells else True, name + ": so is coming back")
    ok(e.comes("vesper#statusline()", "199") and e.comes("Lines() =~# 't199'", 1),
       name + ": of what came meanwhile the newest is there", e.look("Lines()"))
    equal(e.look("[Shown(), v:errmsg]"), [1, ""], name + ": in one popup")
    e.mark()
    e.keys(":qa!\r")
    wait_for(lambda: "prompt>" in e.screen())
    e.keys("exit\r")
    ok(e.ends(), name + ": and it quits")
    d.stop()


def cursorhold(name):
    """Nothing asks the editor here: each question would begin the wait anew."""
    env = install(scratch_env(name + "-hold"))
    d = Daemon(env, 1)
    e = Editor(name, env, rc="""
        set updatetime=400
        autocmd CursorHold * call writefile(['held'], $HOME . '/held', 'aS')
        call setline(1, ['one', 'two'])
        """)
    d.hears('"activity"')
    held = lambda: read(env["HOME"] + "/held").count("held")
    # some give one at the start, some only after a key
    e.keys("l")
    wait_for(lambda: held() > 0)
    for i, key in enumerate("jkjk", 1):
        before = held()
        d.push('{"status":"%d","regime":"normal"}' % i)
        e.keys(key)
        ok(wait_for(lambda: held() > before), "%s: CursorHold of others comes after key %d" % (name, i))
    ok(e.quit(), name + ": quits")
    d.stop()


for editor in EDITORS:
    for part in [globals()[a] for a in sys.argv[1:]] or (states, plain, insisted, suspended, cursorhold):
        try:
            part(editor)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (editor, part.__name__), repr(error))
done()
