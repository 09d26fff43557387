# SPDX-License-Identifier: MIT
"""73,000 intervals of ten years in Vesper and in timewarrior: whole commands,
the best of five, as ratios."""
import os
import sys
from datetime import datetime, timezone
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

A_DAY = 20
PROJECTS = 40
NAMED = "%Y%m%dT%H%M%SZ"


def intervals(years):
    first = MIDNIGHT - 365 * years * 86400
    for day in range(365 * years):
        for i in range(A_DAY):
            start_ = first + day * 86400 + 8 * 3600 + i * 1500
            yield start_, start_ + 540 + (day * 7 + i) % 50, "p%d" % ((day + i) % PROJECTS)


def daemon(day):
    log = open(day.home + "/daemon.log", "a")
    day.daemon = start("vesperd", "--foreground", "--clock", stamp("17:00") + ",step", env=day.env,
                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    wait_for(day._linked)


def fill(day, years):
    daemon(day)
    day.kill(signal.SIGTERM)
    db = sqlite3.connect(day.home + "/.local/state/vesper/clock.db")
    rows = list(intervals(years))
    db.execute("DELETE FROM events WHERE kind NOT IN ('config', 'zone')")
    db.execute("UPDATE events SET at = ?", (rows[0][0] - 1,))
    for start_, end, project in rows:
        for at in (start_, end):
            db.execute("INSERT INTO events (at, kind, source, project) VALUES (?, 'activity', 'vim', ?)",
                       (at, "/src/" + project))
    db.commit()
    db.close()
    data = day.home + "/timew/data"
    os.makedirs(data)
    open(day.home + "/timew/timewarrior.cfg", "w").close()
    files = {}
    for start_, end, project in rows:
        a, b = (datetime.fromtimestamp(t, timezone.utc) for t in (start_, end))
        files.setdefault(a.strftime("%Y-%m"), []).append(
            "inc %s - %s # %s\n" % (a.strftime(NAMED), b.strftime(NAMED), project))
    for month, lines in files.items():
        with open("%s/%s.data" % (data, month), "w") as f:
            f.writelines(lines)
    daemon(day)
    day.run("vesper", "report", "week")  # the first one sums everything up


def best(args, env):
    times = []
    for _ in range(5):
        before = time.monotonic()
        subprocess.run(args, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.monotonic() - before)
    return min(times)


CASES = [
    ("today", ["report", "day"], ["summary", "2026-11-18", "-", "2026-11-19"]),
    ("this week", ["report", "week"], ["summary", "2026-11-16", "-", "2026-11-23"]),
    ("a year", ["report", "2025-11-18..2026-11-17"], ["summary", "2025-11-18", "-", "2026-11-18"]),
    ("a project", ["report", "2010-01-01..2026-11-18", "--project", "p7"],
     ["summary", "2010-01-01", "-", "2026-11-18", "p7"]),
    ("export", ["export"], ["export"]),
]

result = {}
for years in (1, 10):
    day = Day("y%d" % years, "[notify]\ndesktop = no\n")
    fill(day, years)
    rival = dict(day.env, TIMEWARRIORDB=day.home + "/timew")
    for name, ours, theirs in CASES:
        ours = result[years, name] = best(["vesper"] + ours, day.env)
        line = "%2d years, %-9s vesper %7.1f ms" % (years, name, ours * 1000)
        if shutil.which("timew"):
            theirs = best(["timew"] + theirs, rival)
            line += ", timewarrior %7.1f ms, %.1f times as fast" % (theirs * 1000, theirs / ours)
        print(line)
    day.kill(signal.SIGTERM)
for name in ("today", "this week"):
    print("%s: ten years cost %.2f times one year" % (name, result[10, name] / result[1, name]))
