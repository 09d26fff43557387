#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The prompt and what it says while a note waits: real shells, the real daemon.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

SNIPPET = TOP + "/contrib/bars/prompt.sh"
SHELLS = {"bash": (["bash", "--norc", "--noprofile", "-i"], "PS1='$? ready> '; . %s"),
          "zsh": (["zsh", "-f", "-i"], "unsetopt ZLE PROMPT_SP; PS1='%%? ready> '; . %s")}


class Shell(Terminal):
    def runs(self, line):
        """What is on the terminal up to the next prompt."""
        with self.lock:
            self.out = b""
        self.keys(line + "\n")
        wait_for(lambda: re.search(rb"\d ready> $", self.out))
        return self.out.decode().replace("\r", "")


for name, (args, setup) in SHELLS.items():
    if not shutil.which(name):
        skip("no %s here" % name)
        continue
    day = Day("prompt-" + name, CONFIG + "[notify]\ndesktop = no\n")
    shell = Shell(args, dict(day.env, TERM="dumb"))
    said = shell.runs(setup % SNIPPET)
    ok(said.endswith("0 ready> ") and "morning>" not in said.split("ready> '")[-1], name + ": without a daemon nothing", said)
    ok(not os.path.exists(socket_of(day.env)), name + ": and none is started")
    day.start("17:00")
    day.link.ask(event="activity", source="vim", human=True, project="/src/a", file="/src/a/x.c", line=3)
    day.run("vesper", "merge", "-m", "the parser")
    ok("morning>" not in shell.runs("true"), name + ": a note of today waits for nobody")
    day.to(str(instant("09:00") + 86400))
    ok(shell.runs("true").endswith("vesper morning> 0 ready> "), name + ": the next day its word is in the prompt")
    ok(shell.runs("false").endswith("vesper morning> 1 ready> "), name + ": which leaves the exit status alone")
    said = shell.runs("vesper morning")
    ok("the parser" in said, name + ": that command hands it back", said)
    ok(said.endswith("\n[-9:00] 0 ready> "), name + ": once it was read the word is gone", said)
    day.kill(signal.SIGTERM)
done()
