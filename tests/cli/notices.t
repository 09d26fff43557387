#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Where there is no desktop, the client tells the terminal it is in: by tmux,
# by the terminal's own way, by a line and the bell; and what it tells can
# neither run a command in tmux nor be a sequence of the terminal's.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

BLOCK = "\n[protect \"#(touch owned) %H #S;x\"]\ndays = daily\nfrom = 17:30\nto = 17:50\nlead = 5m\n"
day = Day("notices")
day.configure("[workday]\ndays = Mon-Fri\nmerge = 18:00\nwarn =\n" + BLOCK)
for name in ("TMUX", "TERM_PROGRAM"):
    day.env.pop(name, None)
day.start("17:20")
equal(day.link.ask(get="doctor")["checks"][1]["state"], "ok", "the config is fine")


def watcher(**env):
    """A client on a terminal, its output elsewhere."""
    return Terminal(["sh", "-c", "exec vesper status --watch --notices >%s/watch 2>&1" % T], dict(day.env, **env))


def says(terminal, text, name):
    ok(wait_for(lambda: text in terminal.out), name, terminal.out)


terminals = {"plain": watcher(TERM="xterm"), "foot": watcher(TERM="foot-extra"),
             "iTerm": watcher(TERM="xterm-256color", TERM_PROGRAM="iTerm.app")}
if shutil.which("tmux"):
    tmux = ["tmux", "-L", "vesper-%d" % os.getpid(), "-f", "/dev/null"]
    day.run(*tmux, "new-session", "-d", "-x", "100", "-y", "20", "sh", "-c",
            "vesper status --watch --notices; cat")
    screen = Terminal(tmux + ["attach"], dict(day.env, TERM="xterm"), cwd=day.home)
    day.run(*tmux, "set", "-g", "display-time", "0")
    ok(wait_for(lambda: b"until 18:00" in screen.out), "tmux: the client runs in a pane", screen.out)
ok(wait_for(lambda: os.path.getsize(T + "/watch") > 0), "they listen")
day.to("17:24")
day.link.ask(event="activity", source="vim", project="/p")
day.to("17:25")
title = day.status()["notice"]["title"]
ok("#(touch" in title and "%H" in title, "a name full of mischief: " + title)
says(terminals["plain"], b"\a\r17:30, in 5 min: #(touch", "elsewhere a line and the bell")
says(terminals["foot"], b"\033]777;notify;17:30, in 5 min: #(touch", "OSC 777 where the terminal knows it")
foot = terminals["foot"].out
equal(foot[foot.index(b"\033]777"):].split(b"\033\\")[0].count(b";"), 3, "its title ends no field")
says(terminals["iTerm"], b"\033]9;17:30, in 5 min: #(touch", "OSC 9 where that is known")
if shutil.which("tmux"):
    says(screen, b"17:30, in 5 min: #(touch", "tmux shows it as it is")
    ok(b"%H #S" in screen.out, "no format of it is expanded", screen.out)
    ok(not os.path.exists(day.home + "/owned"), "and nothing is run")
    day.run(*tmux, "kill-server")
    for base in ("/tmp", os.environ.get("TMUX_TMPDIR", "/tmp")):
        try:
            os.unlink("%s/tmux-%d/vesper-%d" % (base, os.getuid(), os.getpid()))
        except OSError:
            pass
else:
    skip("no tmux here")
day.kill(signal.SIGTERM)
for terminal in terminals.values():
    terminal.kill()
done()
