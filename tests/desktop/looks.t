#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Every notice of the table on real servers: the pictures are in
# build/screens, and every button is pressed.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from screens import *

need("dbus-daemon", "gdbus")
with_nobody()
for screen in (Dunst, Xfce, Mako):
    if screen.name not in (sys.argv[1:] or screen.name):
        continue
    missing = [p for p in screen.needs if not shutil.which(p)]
    missing += [s for s in screen.services if not os.path.exists("/usr/share/dbus-1/services/" + s)]
    if missing:
        skip("%s: no %s here" % (screen.name, missing[0]))
        continue
    Walk(screen).end()
done()
