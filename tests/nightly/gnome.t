#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Every notice of the table before GNOME Shell, without a seat: a banner hides
# its buttons until the pointer is over it, unless it is critical.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from screens import *

if not os.environ.get("VESPER_NIGHTLY"):
    skip_all("long: only with VESPER_NIGHTLY (make nightly)")
need("dbus-daemon", "gdbus", *Gnome.needs)
for module in ("gi", "dbusmock"):
    if subprocess.run([PYTHON, "-c", "import " + module], stderr=subprocess.DEVNULL).returncode:
        skip_all("no python3 with %s here" % module)
with_nobody()
walk = Walk(Gnome)


def muted():
    return "(gnome)" in walk.day.run("vesper", "why")[0]


def banners(value):
    walk.screen.run("gsettings", "set", "org.gnome.desktop.notifications", "show-banners", value)


ok(not muted(), "do-not-disturb is off")
banners("false")
ok(wait_for(muted), "switched on: vesper why names GNOME", walk.day.run("vesper", "why")[0])
banners("true")
ok(wait_for(lambda: not muted()), "and off")
walk.end()
done()
