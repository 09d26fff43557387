# SPDX-License-Identifier: MIT
"""73,020 intervals of ten years in Vesper and in timewarrior, over forty real
repositories: whole commands in turns, the best of many, as ratios."""
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


def repositories(day):
    for i in range(PROJECTS):
        day.run("git", "init", "-q", "%s/src/p%d" % (day.home, i))
        day.run("git", "-C", "%s/src/p%d" % (day.home, i), "commit", "-q", "--allow-empty", "-m", "today", env=day.dated())


def fill(day, years):
    repositories(day)
    daemon(day)
    day.kill(signal.SIGTERM)
    db = sqlite3.connect(day.home + "/.local/state/vesper/clock.db")
    rows = list(intervals(years))
    db.execute("DELETE FROM events WHERE kind NOT IN ('config', 'zone')")
    db.execute("UPDATE events SET at = ?", (rows[0][0] - 1,))
    for start_, end, project in rows:
        for at in (start_, end):
            db.execute("INSERT INTO events (at, kind, source, project) VALUES (?, 'activity', 'vim', ?)",
                       (at, day.home + "/src/" + project))
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
    for project in range(PROJECTS):  # watched from now on, as whoever works there has it
        day.link.ask(event="activity", source="vim", human=False, project="%s/src/p%d" % (day.home, project))
    day.run("vesper", "report", "day")


def taken(args, env):
    before = time.monotonic()
    subprocess.run(args, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - before



def beside(*commands):
    """The best time of each command; they take turns."""
    times = [[] for _ in commands]
    until = time.monotonic() + 3
    while len(times[0]) < 7 or time.monotonic() < until:
        for mine, (args, env) in zip(times, commands):
            mine.append(taken(args, env))
    return [min(t) for t in times]


CASES = [
    ("today", ["report", "day"], ["summary", "2026-11-18", "-", "2026-11-19"]),
    ("this week", ["report", "week"], ["summary", "2026-11-16", "-", "2026-11-23"]),
    ("a year", ["report", "2025-11-18..2026-11-17"], ["summary", "2025-11-18", "-", "2026-11-18"]),
    ("a project", ["report", "2010-01-01..2026-11-18", "--project", "p7"],
     ["summary", "2010-01-01", "-", "2026-11-18", "p7"]),
    ("export", ["export"], ["export"]),
]

days, result = {}, {}
for years in (1, 10):
    days[years] = Day("y%d" % years, "[notify]\ndesktop = no\n")
    fill(days[years], years)
for name, ours, theirs in CASES:
    for years, day in days.items():
        commands = [(["vesper"] + ours, day.env)]
        if shutil.which("timew"):
            commands.append((["timew"] + theirs, dict(day.env, TIMEWARRIORDB=day.home + "/timew")))
        got = beside(*commands)
        line = "%2d years, %-9s vesper %7.1f ms" % (years, name, got[0] * 1000)
        if len(got) > 1:
            line += ", timewarrior %7.1f ms, %.1f times as fast" % (got[1] * 1000, got[1] / got[0])
        print(line, flush=True)
for name, ours, theirs in CASES[:2]:
    one, ten = beside(*[(["vesper"] + ours, day.env) for day in days.values()])
    print("%s: ten years cost %.2f times one year" % (name, ten / one))
for day in days.values():
    day.kill(signal.SIGTERM)
