#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# When a notice comes down by itself: its end was moved, its note is being
# written; and what it offers.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *


def up():
    return (day.status()["notice"] or {}).get("title")


def work(*times):
    for time in times:
        day.to(time)
        day.link.ask(event="activity", source="vim", project="/p")


def offered():
    """What a subscriber that comes now can press."""
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(20)
    sock.connect(socket_of(day.env))
    sock.sendall(b'{"hello":1,"as":"test","subscribe":true}\n')
    with sock, sock.makefile() as lines:
        return next([key for key, _ in m["actions"]] for m in map(json.loads, lines) if "notice" in m)


day = Day("board", "[notify]\ndesktop = no\n")
day.start("17:20")
work("17:22", "17:26", "17:30")
day.to("17:32")
equal(up(), "18:00: the day ends in 30 min", "a warning is up")
day.run("vesper", "extend", "30m")
equal(up(), None, "of an end that was moved it is not")
work("18:00", "18:04", "18:08", "18:12", "18:16", "18:20", "18:24", "18:28", "18:30")
day.to("18:32")
equal(up(), "18:30: the end of today's work", "the end is said")
day.link.ask(get="note", day="2026-11-17", draft=True)
equal(up(), "18:30: the end of today's work", "another day's note leaves it there")
day.link.ask(get="note", draft=True)
equal(up(), None, "the note is being written: it comes down")
work("18:36", "18:40", "18:44", "18:48")
ok(up(), "and is said again, if none was written", day.notices())
equal(offered(), ["merge", "plus"], "it offers what can be done")
day.run("vesper", "extend", "15m")
work("18:52", "18:56", "19:00", "19:04", "19:08", "19:12")
ok(up(), "the moved end is said", day.notices())
equal(offered(), ["merge"], "and no extension, where none is left")
day.kill(signal.SIGTERM)
done()
