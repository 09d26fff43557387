#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# :Vesper in a real Vim and a real Neovim: orders and their answers, the note of
# the day, the pages, and a daemon that has to be started first.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

RC = """
let g:merged = 0
autocmd User VesperMerged let g:merged += 1
nmap M <Plug>(vesper-merge)
"""
SCRIPT = """
echo "$*" >>"$HOME/ran"
env | grep -E '^GIT_(DIR|WORK|INDEX|PREFIX)' >>"$HOME/ran"
case $1 in
report) printf '\\033[1mworked\\033[0m 7:40\\n%s commits\\n' "$2" ;;
status) echo "18:00 -0:20" ;;
start) [ -f "$HOME/may-start" ] || { echo "vesper: cannot start: no room" >&2; exit 3; } ;;
doctor) echo "ok daemon"; echo "bad hooks"; exit 1 ;;
esac
"""


class Any:
    def __eq__(self, other):
        return True


ANY = Any()


def begin(name, what, every=3600, daemon=True, args=(), **more):
    env = install(scratch_env(name + "-" + what, **more))
    with open(env["HOME"] + "/bin/vesper.sh", "w") as f:
        f.write(SCRIPT)
    with open(env["HOME"] + "/file", "w") as f:
        f.write("one\ntwo\n")
    d = Daemon(env, every) if daemon else None
    e = Editor(name, env, *(args or [env["HOME"] + "/file"]), rc=RC)
    wait_for(e.ready)
    wait_for(lambda: not d or e.look("vesper#link#daemon()"))
    return env, d, e


def asked(d, what):
    return [json.loads(l) for l in d.hears(what) or ["{}"]][-1]


def says(e, text):
    return e.comes("stridx(execute('messages'), '%s') >= 0" % text, 1)


def orders(name):
    env, d, e = begin(name, "orders", GIT_DIR="/nowhere")
    e.keys(":Vesper extend until 18:45 -m 'a deploy'\r")
    m = asked(d, '"extend"')
    equal([m.get("do"), m.get("when"), m.get("why")], ["extend", "until 18:45", "a deploy"],
          name + ": an order is handed on as typed")
    ok(says(e, "Vesper: extend: until 18:45"), name + ": the answer is one line")
    e.keys(":Vesper snooze 10m\r")
    ok(says(e, "there is no stretch to hold"), name + ": a refusal is told with its reason")
    e.keys(":Vesper carry\r")
    equal(sorted(asked(d, '"carry"')), ["do", "id"], name + ": nothing is made up where nothing was typed")
    e.keys(":Vesper oncall -m 'x'\r")
    equal(asked(d, '"oncall"').get("why"), "x", name + ": a reason alone")
    e.keys(":Vesper dance\r")
    ok(says(e, "no such command: dance"), name + ": an unknown command names the others")
    d.push('{"status":"18:00 -0:20","regime":"normal"}')
    wait_for(lambda: e.look("vesper#statusline()"))
    e.keys(":Vesper\r")
    ok(e.comes("bufname('')", "vesper://choices"), name + ": alone, it opens the choices")
    equal(e.eval("getline(1, 2)"), ["18:00 -0:20, extensions left: 2", "  m  merge: the note of the day"],
          name + ": under the status")
    e.keys("c")
    ok(asked(d, '"carry"') and e.comes("bufwinnr('vesper://choices')", -1), name + ": one key more answers")
    equal(e.look("vesper#command#complete('', 'Vesper ', 7)[:3]"), ["break", "carry", "day", "doctor"],
          name + ": commands are completed")
    e.keys(":Vesper rep\t w\t")
    ok(e.comes("getcmdline()", "Vesper report week"), name + ": so is what follows")
    e.keys("\x1b\x1b")
    if name == "nvim":
        equal(e.eval("luaeval('require(\"vesper\").status()')"), "18:00 -0:20", name + ": and from Lua")
    e.keys(":Vesper report day\r")
    ok(e.comes("bufname('')", "vesper://report"), name + ": a report opens a page")
    equal(e.eval("[getline(1, '$'), &modifiable, &buftype, &buflisted]"),
          [["worked 7:40", "day commits"], 0, "nofile", 0], name + ": of plain text")
    equal(read(env["HOME"] + "/ran"), "report day\n", name + ": run with the arguments, without git's environment")
    e.keys(":Vesper report week\r")
    ok(e.comes("[winnr('$'), getline(2)]", [2, "week commits"]), name + ": again, in the same window")
    e.keys(":q\r:Vesper status\r")
    ok(e.comes("execute('messages') =~# '-0:20$'", 1), name + ": one line needs no page")
    e.keys(":Vesper doctor\r")
    ok(e.comes("bufname('')", "vesper://doctor"), name + ": a doctor that finds something is shown")
    e.keys(":q\r:Vesper log\r")
    ok(e.comes("match(getline(1, '$'), 'extend') >= 0", 1), name + ": the log has what was said")
    equal(e.eval("v:errmsg"), "", name + ": no error")
    ok("ENTER" not in e.screen(), name + ": never a prompt")
    e.quit()
    d.stop()


def note(name):
    env, d, e = begin(name, "note")
    e.keys("M")
    ok(e.comes("bufname('')", "vesper://merge"), name + ": the note opens")
    equal(e.eval("[getline(1, '$'), &filetype, &modified, b:vesper_day]"),
          [["# Wednesday", "", "## Done", "- [x] parser", "", "## Open", "- [ ] t\u00e4st",
            "# Lines that begin like this are left out."], "vespernote", 0, "2026-11-18"],
          name + ": filled with the draft, whole")
    e.keys("u")
    equal(e.eval("line('$')"), 8, name + ": undo does not take the draft away")
    equal(e.eval("vesper#note#complete(0, 't\u00c4')"), ["t\u00e4st"], name + ": open items complete")
    e.keys("Gotomorrow\x1bZQ")
    e.comes("expand('%:t')", "file")
    ok(not [l for l in d.heard() if '"merge"' in l], name + ": ZQ does not merge")
    equal(e.eval("expand('%:t')"), "file", name + ": and closes it")
    e.keys("M")
    e.comes("bufname('')", "vesper://merge")
    e.keys("Gotomorrow: M\u00fcsli\x1b:w\r")
    m = asked(d, '"merge"')
    equal([m.get("note"), m.get("day")], ["\n- [x] parser\n\n- [ ] t\u00e4st\ntomorrow: M\u00fcsli", "2026-11-18"],
          name + ": :w merges with what it says, without remarks")
    ok(e.comes("[g:merged, bufexists('vesper://merge')]", [1, 0]),
       name + ": then it is closed, and told to those who want to know")
    d.forget()
    e.keys(":Vesper merge!\r")
    equal(sorted(asked(d, '"merge"')), ["do", "id"], name + ": merge! needs no note")
    e.keys("M")
    e.comes("bufname('')", "vesper://merge")
    e.keys(":%d|call setline(1, repeat(['{}'], 7))|call setline(2, repeat('x', 70000))\r:w\r".format("y" * 9))
    ok(says(e, "longer than 60 kB"), name + ": a note that is too long stays")
    equal(e.eval("&modified"), 1, name + ": unsaved")
    e.keys(":%d|call setline(1, 'short')\r")
    d.stop()
    e.keys(":wq\r")
    ok(says(e, "the note was not taken"), name + ": :wq without a daemon")
    equal(e.eval("[getline(1, '$'), &modified, bufname('')]"), [["short"], 1, "vesper://merge"],
          name + ": loses nothing")
    ok("start\n" in read(env["HOME"] + "/ran"), name + ": a daemon was to be started")
    ok(e.quit(), name + ": and quitting is free")


def pushed(name):
    env, d, e = begin(name, "pushed", every=0.1)
    e.keys("itext")
    e.settled("i")
    told = len(d.hears('"activity"'))
    d.push('{"edit":"merge"}')
    # armed again means: tried again, too
    wait_for(lambda: e.type("\x0e\x10") or len(d.hears('"activity"')) > told + 1)
    equal(e.look("[bufexists('vesper://merge'), mode()]"), [0, "i"], name + ": not into insert mode")
    e.keys("\x1b")
    ok(wait_for(lambda: e.type("lh") or e.look("bufexists('vesper://merge')")), name + ": but at rest")
    equal(e.look("[expand('%:t'), winnr('$')]"), ["file", 2], name + ": and the cursor stays")
    e.quit()
    d.stop()
    env, d, e = begin(name, "commit", every=0.1)
    e.eval("execute('set filetype=gitcommit')")
    d.push('{"edit":"merge"}')
    ok(e.comes("vesper#notice()", {"n": 0, "level": 1, "title": ANY}), name + ": over a commit message only a popup")
    told = len(d.hears('"activity"'))
    wait_for(lambda: e.type("jk") or len(d.hears('"activity"')) > told + 1)
    equal(e.look("[bufexists('vesper://merge'), v:errmsg]"), [0, ""], name + ": never a window")
    e.quit()
    d.stop()


def languages(name):
    """As gettext chooses them: $LANGUAGE, unless the locale is C."""
    for locale, language, text in (("C.UTF-8", "fr:de", "commande inconnue : dance"),
                                   ("C.UTF-8", "xx:de_AT:fr", "kein solcher Befehl: dance"),
                                   ("C.UTF-8", "en:de", "no such command: dance"),
                                   ("C.UTF-8", "", "no such command: dance"),
                                   ("C", "de", "no such command: dance")):
        env, _, e = begin(name, "in" + locale + language.replace(":", "-"), daemon=False, LANGUAGE=language, LC_ALL=locale)
        e.keys(":Vesper dance\r")
        ok(says(e, text), "%s in %s: %s" % (name, language or locale, text), e.look("[v:lang, execute('messages')]"))
        e.quit()


def started(name):
    env, _, e = begin(name, "started", daemon=False)
    e.keys(":Vesper extend 15m\r")
    ok(says(e, "cannot start: no room"), name + ": where no daemon can be started, why is told")
    open(env["HOME"] + "/may-start", "w").close()
    with open(env["HOME"] + "/bin/vesper.sh", "a") as f:
        f.write('[ "$1" = start ] && until [ -S "$XDG_RUNTIME_DIR/vesper/socket" ]; do sleep 0.01; done\n')
    e.keys(":Vesper extend 25m\r")
    wait_for(lambda: read(env["HOME"] + "/ran").count("start") == 2)
    d = Daemon(env)
    ok(says(e, "extend: 25m"), name + ": an order starts the daemon, and is then given")
    equal(e.eval("v:errmsg"), "", name + ": no error")
    d.stop()
    e.quit()


for editor in EDITORS:
    for part in [globals()[a] for a in sys.argv[1:]] or (orders, note, pushed, started, languages):
        try:
            part(editor)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (editor, part.__name__), repr(error))
done()
