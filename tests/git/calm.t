#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The file `calm`: there while hooks have nothing to wait for, gone with the
# working time and with the daemon.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

day = Day("calm")
day.repository()
day.start("17:50")
calm = os.path.join(day.env["XDG_RUNTIME_DIR"], "vesper", "calm")
ok(wait_for(lambda: os.path.exists(calm)), "there in working time")
day.to("18:01")
ok(not os.path.exists(calm), "gone at the end of the day")
day.run("vesper", "extend", "30m")
ok(os.path.exists(calm), "there again with an extension")
day.kill()
ok(os.path.exists(calm), "a kill leaves it, and no daemon to wait for")
day.start("18:45")
ok(wait_for(lambda: not os.path.exists(calm)), "a new daemon puts it right")
day.run("vesper", "oncall", "30m")
ok(os.path.exists(calm), "on call, nothing is said")
day.run("vesper", "stop")
ok(wait_for(lambda: not os.path.exists(calm)), "gone with the daemon")
done()
