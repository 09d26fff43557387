#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A day typed beside the plugins that others have: fugitive, gitgutter, ALE and
# airline, as Debian packages them, and vim-wakatime where VIM_WAKATIME says where
# it is. The same keys with and without Vesper, which has much to say meanwhile,
# leave the same buffers, files and commits, and neither an error nor a prompt.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

SITES = {"vim": "/usr/share/vim/vimfiles", "nvim": "/usr/share/nvim/site"}
WAKATIME = os.environ.get("VIM_WAKATIME", "")
PLUGINS = ["start/fugitive", "start/gitgutter", "start/airline", "opt/ale"]
MAIN = "#include <stdio.h>\n\nint\nmain(void)\n{\n\tputs(\"one\");\n\treturn 0;\n}\n"
RC = """
set hidden updatetime=100 cmdheight=2
let g:ale_linters = {'c': ['cc'], 'sh': ['shell']}
let g:ale_lint_delay = 20
let g:airline_powerline_fonts = 0
silent! packadd ale
filetype plugin indent on
syntax on
" Neovim counts a notice as a window, too
function! Windows() abort
  return has('nvim') ? len(filter(nvim_tabpage_list_wins(0), {i, w -> nvim_win_get_config(w).relative ==# ''}))
        \\ : winnr('$')
endfunction
"""

# Keys, and what must be so before the next ones, beside being in Normal mode.
DAY = [
    ("ggOint total;\x1b:w\r", "getbufvar('', 'changedtick') > 2"),
    ("", "exists('*gitgutter#hunk#summary') && gitgutter#hunk#summary(bufnr('')) ==# [1, 0, 0]"),
    ("/puts\rcwprintf\x1bu\x12", None),
    ("oundeclared = 3;\x1b:w\r", None),
    ("", "len(ale#engine#GetLoclist(bufnr(''))) > 0"),
    (":ALEFirst\rdd:w\r", None),
    ("", "len(ale#engine#GetLoclist(bufnr(''))) ==# 0"),
    ("gg:GitGutterNextHunk\r", None),
    (":GitGutterStageHunk\r", None),
    ("qqA /* a */\x1bjq@q2@q", None),
    (":%s/ a / b /g\r", None),
    ("vjj\x1bggVGy", None),
    (":w\r:Git\r", "&filetype ==# 'fugitive'"),
    ("gq", "&filetype ==# 'c'"),
    (":Gwrite\r", None),
    (":Git commit\r", "&filetype ==# 'gitcommit'"),
    ("iparser: take the total\x1b:wq\r", "&filetype ==# 'c' && get(FugitiveResult(), 'exit_status', -1) ==# 0"
     " && readfile('.git/logs/HEAD')[-1] =~# 'parser'"),
    (":e run.sh\ri#!/bin/sh\recho \x0e\x0e\x19\x1b:w\r", "&filetype ==# 'sh'"),
    (":Git add run.sh\r", "get(FugitiveResult(), 'args', []) ==# ['add', 'run.sh'] && has_key(FugitiveResult(), 'exit_status')"),
    (":split\r:bprevious\r\x17w:bnext\r\x17w", None),
    ("Gonot yet\x1bu:only\r", None),
    (":Git blame\r", "Windows() ==# 2"),
    (":only\r:b main.c\rggdG:e!\r", None),
    (":Gdiffsplit HEAD~\r", "Windows() ==# 2"),
    (":only\r:b main.c\r", None),
    ("O// Z\xe4hler \xfc\xdf\x1b:w\r", None),
]
# (Vim puts a key that does nothing behind a recorded <Esc> that it waited for.)
AFTER = ("[map(getbufinfo({'buflisted': 1}), {i, b -> [fnamemodify(b.name, ':t'), getbufline(b.bufnr, 1, '$'),"
         " b.changed]}), Windows(), getcurpos()[1:2], getreg('\"'), substitute(getreg('q'), \"\\x80\\xfda\", '', ''),"
         " &l:filetype, mode(1), tabpagenr('$')]")


def git(env, *args):
    return subprocess.run(("git", "-C", env["HOME"] + "/src") + args, env=env, check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def world(name, vesper):
    env = install(scratch_env("%s-%d" % (name, vesper), GIT_AUTHOR_DATE="2026-11-18T12:00:00Z",
                              GIT_COMMITTER_DATE="2026-11-18T12:00:00Z"))
    with open(env["HOME"] + "/rc.vim", "a") as f:
        f.write("let &packpath .= ',%s'\nlet g:vesper_disable = %d\n" % (SITES[name], not vesper) + RC)
    with open(env["HOME"] + "/.gitconfig", "w") as f:
        f.write("[user]\n\tname = a\n\temail = a@b\n")
    os.makedirs(env["HOME"] + "/src")
    with open(env["HOME"] + "/src/main.c", "w") as f:
        f.write(MAIN)
    if WAKATIME:
        wakatime(env)
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "begin"]):
        git(env, *args)
    return env


def wakatime(env):
    """With a key and a program, as it would fetch that from the network."""
    for site in ("/.vim", "/.local/share/nvim/site"):
        os.symlink(WAKATIME, env["HOME"] + site + "/pack/v/start/wakatime")
    with open(env["HOME"] + "/.wakatime.cfg", "w") as f:
        f.write("[settings]\napi_key = waka_00000000-0000-4000-8000-000000000000\n")
    with open(env["HOME"] + "/bin/wakatime-cli", "w") as f:
        f.write('#!/bin/sh\necho "$@" >>"$HOME/heartbeats"\n')
    os.chmod(env["HOME"] + "/bin/wakatime-cli", 0o755)


def interrupt(d, n):
    """What a daemon may say at any time."""
    d.push('{"status":"18:00 -%d","regime":"normal"}' % n,
           '{"notice":"x","n":%d,"level":%d,"title":"word %d","body":"b","actions":[["plus","+15"]]}' % (n, n % 3, n),
           '{"gone":%d}' % (n - 2))


def holds(e, want):
    """As comes(), but not so often that Neovim 0.7 never finds it idle; and
    twice, as fugitive waits for git in a loop that eats keys."""
    before = False
    for _ in range(200):
        now = e.look(want)
        if now and before:
            return True
        before = now
        time.sleep(0.2)
    return False


def day(name, vesper):
    """What is left of a day: buffers and the like, files, commits; beside it the
    steps after which something else than Normal mode was there."""
    env = world(name, vesper)
    d = Daemon(env, 0.1) if vesper else None
    e = Editor(name, env, "main.c", cwd=env["HOME"] + "/src")
    wait_for(lambda: e.look("exists('g:loaded_airline') && exists('g:loaded_ale') && &filetype ==# 'c'"))
    if d:
        d.hears('"activity"')
    stuck = []
    for n, (keys, want) in enumerate(DAY, 1):
        for key in re.findall(r":[^\r]*\r|\x17.|[^:]", keys, re.S):
            if d:
                interrupt(d, n)
            e.keys(key)
            e.settled()
        if not holds(e, "mode(1) ==# 'n' && %s" % (want or "1")):
            stuck.append((n, keys, e.look("[mode(1), execute('messages')]")))
    left = e.look(AFTER)
    said = [l for l in e.look("execute('messages')").splitlines()
            if re.search(r"vesper|^E\d+|^Error|traceback", l, re.I)]
    asked = re.findall(r"Press ENTER|-- More --|\[O\]K", e.screen())
    if d:
        ok(len(d.hears('"activity"')) > 5, name + ": Vesper was there", e.look("vesper#link#log()"))
    if WAKATIME:
        ok("--entity" in read(env["HOME"] + "/heartbeats"), name + ": so was wakatime")
    ok(e.quit(), "%s: the day ends, with%s Vesper" % (name, "" if vesper else "out"))
    files = {f: read(env["HOME"] + "/src/" + f) for f in ("main.c", "run.sh")}
    if d:
        d.stop()
    return [left, files, git(env, "log", "--format=%T %s"), git(env, "status", "--short")], stuck, said, asked


for editor in EDITORS:
    there = [p for p in PLUGINS if os.path.isdir("%s/pack/dist-bundle/%s" % (SITES[editor], p))]
    if there != PLUGINS:
        skip("%s: Debian's vim-fugitive, vim-gitgutter, vim-ale and vim-airline are not there" % editor)
        continue
    try:
        alone, stuck_alone, said_alone, asked_alone = day(editor, False)
        beside, stuck, said, asked = day(editor, True)
        equal(stuck_alone, [], editor + ": the keys do what they should without Vesper")
        equal(stuck, [], editor + ": and with it")
        for what, a, b in zip(("buffers, windows and registers", "files", "commits", "index and working tree"),
                              alone, beside):
            equal(b, a, "%s: the same %s" % (editor, what))
        equal([said, asked], [said_alone, asked_alone], editor + ": no error, no extra prompt")
    except Exception as error:  # a broken part must not hide the others
        ok(False, editor, repr(error))
done()
