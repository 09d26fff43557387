#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What every script of the plugin keeps to, read from the scripts themselves; and
# that help, tags, commands and code speak of the same things.
import glob
import os
import re
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from tap import *

os.chdir(TOP)
scripts = ["plugin/vesper.vim"] + sorted(glob.glob("vim/**/*.vim", recursive=True))
auto = [s for s in scripts if "/autoload/" in s]

# what is wrong where it is found, outside comments
FORBIDDEN = [
    (r"function!?\s+\S+\(.*\)(?!.*\babort\b)", scripts, "every function aborts at its first error"),
    (r"\sfunction\s", scripts, "functions can be sourced again"),
    (r"[^=!<>~.](==|!=|=~|!~|>=~)(?![#?=~])\s*['\"]", scripts, "comparisons of text say whether case matters"),
    (r"\s(==|!=|=~|!~)\s", scripts, "no bare comparison"),
    (r"\s(is|isnot)\s+['\"]", scripts, "nor of identity, with text"),
    (r"\b(system|systemlist|ch_evalexpr|ch_evalraw|ch_read|ch_readraw|job_wait|jobwait|chanread|confirm|input|inputlist|getchar)\(",
     scripts, "nothing that waits"),
    (r"^\s*(sleep|wait)\b|'sleep|\bch_open\(|\bsockconnect\(", scripts, "no sleeping, no socket of its own"),
    (r"getcwd\(|expand\('%'?\)|expand\(\"%|bufnr\('%'\)", auto, "callbacks do not ask where they happen to be"),
    (r"\b(eval|execute)\(|\bluaeval\('[^']*' *\.", auto, "nothing is evaluated"),
    (r"\b(writefile|mkdir|delete|rename)\(", scripts, "no file is written"),
    (r"'mode': *'(json|js|raw)'|in_io': 'null', 'out_io': 'null'", scripts, "channels are of lines"),
    (r"^\s*(nmap|imap|vmap|map|nnoremap|inoremap|tnoremap)\b(?!.*(<Plug>|<buffer>))", scripts, "no default maps"),
    (r"(?<![\w:.#&$'\"])(let|unlet)\s+(?!(\[|[gbswtlav]:|&|\$|@|[a-z][\w.]*\b))", scripts, "variables have a scope"),
    (r"^\s*set\s+(?!cpoptions&vim)", scripts, "no option of the user's is changed"),
    (r"timer_start\([^)]*repeat", scripts, "no repeating timer"),
]


def code(path):
    return [(n, line) for n, line in enumerate(read(path).splitlines(), 1)
            if not re.match(r'\s*"', line)]


for pattern, where, name in FORBIDDEN:
    found = ["%s:%d: %s" % (path, n, line.strip()) for path in where
             for n, line in code(path) if re.search(pattern, line)]
    equal(found, [], name)

equal([s for s in scripts if "SPDX-License-Identifier: MIT" not in read(s).split("\n")[0]], [], "every script names its licence")
plugin = read("plugin/vesper.vim").splitlines()
ok(len(plugin) <= 80, "the script that is always sourced has at most 80 lines", len(plugin))
long = [(s, name, n) for s in scripts for name, n in
        [(m[0].split("\n")[0], m[0].count("\n") - 1) for m in
         re.finditer(r"^function!.*?^endfunction", read(s), re.M | re.S)] if n > 40]
equal(long, [], "no function has more than 40 lines")

ours = lambda path, pattern: set(re.findall(pattern, read(path), re.M))
defined = {m for s in auto for m in ours(s, r"^function! (vesper#[\w#]+)\(")}
used = {m for s in scripts + glob.glob("vim/lua/**/*.lua", recursive=True) for m in ours(s, r"(vesper#[\w#]+)(?=\(|')")}
shim = {"vesper#link#vim#", "vesper#link#neovim#"}
equal(sorted(u for u in used - defined - shim if not u.startswith("vesper#page#again") and u != "vesper#words#"), [], "what is called is defined")
same = [{m.rsplit("#", 1)[1] for m in defined if m.startswith(p)} for p in sorted(shim)]
equal(sorted((same[0] | same[1]) - (same[0] & same[1])), ["closed", "listen"],
      "both editors have the same functions, but for one of each")

doc = read("vim/doc/vesper.txt")
tags = set(re.findall(r"\*([^*\s]+)\*", doc))
equal(sorted(r for r in re.findall(r"\|([^|\s]+)\|", doc) if "vesper" in r.lower() and r not in tags), [], "every link of ours has its tag")
commands = ours("vim/autoload/vesper/command.vim", r"^ +\\ '(\w+)': \['")
equal(sorted(c for c in commands if ":Vesper-" + c not in tags), [], "every command is in the help")
options = {o for s in scripts for o in ours(s, r"\b(?:get\(g:, '|exists\('g:)(vesper_\w+)'")} - {"vesper_status"}
equal(sorted(o for o in options if "g:" + o not in tags), [], "every option is in the help")
maps = ours("plugin/vesper.vim", r"(<Plug>\(vesper-\w+\))")
equal(sorted(m for m in maps if m not in tags), [], "every map is in the help")
events = {e for s in auto for e in ours(s, r"vesper#event\('(\w+)'\)")}
equal(sorted(e for e in events if e not in tags), [], "every event is in the help")
words = set(re.findall(r"^ +\\ '(\w+)':", read("vim/autoload/vesper/words.vim"), re.M))
said = {w for s in auto for w in re.findall(r"words#(?:say|get)\((?:[\w:]+ \? )?'(\w+)'(?: : '(\w+)')?", read(s)) for w in w if w}
equal(sorted(words ^ said), [], "every sentence is used, and every one used is there")

# other languages: whole, and each takes the same arguments in the same order
table = lambda path: dict(re.findall(r"^ +\\\\ '(\w+)': '((?:[^']|'')*)',", read(path), re.M))
english = table("vim/autoload/vesper/words.vim")
languages = sorted(p[:-3] for p in os.listdir("core/words/po") if p.endswith(".po"))
for l in languages:
    there = table("vim/autoload/vesper/words/%s.vim" % l)
    equal(sorted(there), sorted(english), l + ": every sentence, and no other")
    fields = lambda text: re.findall(r"%[sd]", text)
    equal([w for w in there if fields(there[w]) != fields(english[w])], [], l + ": with the same fields")
equal(sorted(os.listdir("vim/autoload/vesper/words")), [l + ".vim" for l in languages], "the languages of the catalogue")
equal(os.readlink("doc"), "vim/doc", "the help is where plugin managers look")
done()
