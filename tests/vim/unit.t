#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The plugin's functions one by one, asked in both editors: tests/vim/unit/*.vim
# with assert_*(), each script in an editor of its own that leaves by :cquit when
# something is wrong. No terminal, so that nothing starts by itself.
import glob
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

ALONE = {"vim": ["--not-a-term"], "nvim": ["--headless"]}


def unit(name, script, env):
    tap = env["HOME"] + "/tap"
    args = [EXE[name]] + ALONE[name] + ["-N", "-n", "-u", "NONE", "-i", "NONE",
                                        "--cmd", "set encoding=utf-8 runtimepath+=" + TOP + "/vim",
                                        "-S", TOP + "/tests/lib/unit.vim", "-S", script]
    editor = start(*args, env=dict(env, TAP=tap, LUALINE=os.environ.get("LUALINE", "")), cwd=env["HOME"], stdin=subprocess.PIPE,
                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = editor.stdout.read()
    status = editor.wait()
    lines = read(tap).splitlines()
    bad = [l for l in lines if l.startswith("not ok - ")]
    subject = "%s, %s: " % (name, os.path.basename(script)[:-4])
    for line in lines:
        good, text = re.match("((?:not )?ok) - (.*)", line).groups()
        ok(good == "ok", subject + text)
    ok(lines and status == (1 if bad else 0), subject + "runs to its end", status, said[-800:])


only = sys.argv[1:] or ["*"]
for editor in EDITORS:
    for path in sorted(p for o in only for p in glob.glob(TOP + "/tests/vim/unit/%s.vim" % o)):
        home = "%s-%s" % (editor, os.path.basename(path)[:-4])
        unit(editor, path, install(scratch_env(home)))
done()
