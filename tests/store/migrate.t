#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A history of every schema there was: brought up to date with all it holds, a
copy of the old one beside it; where that cannot be, the old one stays.  And one
with columns that nobody here knows."""
import glob
import random
import resource
import sqlite3
import sys
import os

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = len(glob.glob(HERE + "/schema-*.sql"))


def rows(path):
    """Version, and every row of every table."""
    con = sqlite3.connect(path)
    tables = sorted(n for n, in con.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    found = {t: sorted(con.execute('SELECT * FROM "%s"' % t).fetchall()) for t in tables}
    version = con.execute("PRAGMA user_version").fetchone()[0]
    con.close()
    return version, found


def older(version, name=None):
    """A day that begins with such a history, and what that holds."""
    day = Day(name or "schema-%d" % version)
    state = day.home + "/.local/state/vesper"
    os.makedirs(state, mode=0o700)
    day.db = state + "/clock.db"
    con = sqlite3.connect(day.db)
    con.executescript(read(HERE + "/schema-%d.sql" % version))
    con.close()
    return day, rows(day.db)


def is_kept(before, after):
    return all(set(map(tuple, before[t])) <= set(row[:len(before[t][0])] for row in after[t])
               for t in before if before[t] and t not in ("sqlite_sequence", "sources", "rollups", "project_days",
                                                          "project_names", "meta", "summed"))


def upgrade(version):
    day, before = older(version)
    day.start("10:00")
    day.link.ask(event="activity", source="vim", project="/src/b", file="/src/b/y.c", line=3)
    events = day.run("vesper", "export")[0]
    ok('"oid":"abc"' in events, "schema %d: what was recorded is still told" % version, events)
    equal(day.run("vesper", "doctor")[0].count("cannot be written"), 0, "and nothing is wrong")
    kept = glob.glob(day.db + ".schema-*")
    if version < NOW:
        equal(kept, [day.db + ".schema-%d" % version], "a copy of the old one is kept")
        equal(rows(kept[0]), before, "as it was, to the last row")
        equal(os.stat(kept[0]).st_mode & 0o777, 0o600, "closed to others")
    else:
        equal(kept, [], "a history of today needs no copy")
    day.run("vesper", "forget", "--before", "1999-01-01")
    equal(glob.glob(day.db + ".schema-*"), [], "who has Vesper forget loses the copy, too")
    day.kill(signal.SIGTERM)
    after = rows(day.db)
    equal(after[0], NOW, "it is of the newest schema")
    ok(is_kept(before[1], after[1]), "with every row it had", before[1], after[1])
    equal(sqlite3.connect(day.db).execute("PRAGMA integrity_check").fetchall(), [("ok",)], "and sound by SQLite's own check")


def killed(version):
    """At random instants on the way, again and again."""
    day, before = older(version, "killed-%d" % version)
    for n in range(200 if os.environ.get("VESPER_NIGHTLY") else 12):
        child = start("vesperd", "--clock", stamp("10:00") + ",step", env=day.env, stdin=subprocess.DEVNULL,
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.random() * 0.05)
        child.kill()
        child.wait()
        children.remove(child)
    day.start("10:00")
    day.kill(signal.SIGTERM)
    after = rows(day.db)
    equal([after[0], is_kept(before[1], after[1]), glob.glob(day.db + ".broken*")], [NOW, True, []],
          "schema %d: killed on the way, nothing is missing" % version)


def no_room():
    day, before = older(1, "no room")
    resource.prlimit(0, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    day.start("10:00")
    resource.prlimit(0, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ok(day.status().get("trouble"), "no room for the copy: said", day.status())
    equal(rows(day.db), before, "and the old one is as it was")
    equal(glob.glob(day.db + ".schema-*"), [], "no half of a copy is left")
    resource.prlimit(day.daemon.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ok(wait_for(lambda: not day.status().get("trouble"), 20), "room again: the trouble is over")
    equal(rows(day.db)[0], NOW, "and it is brought up to date")
    day.kill(signal.SIGTERM)


def unknown_columns():
    day, before = older(NOW, "columns")
    con = sqlite3.connect(day.db)
    for table in before[1]:
        if table != "sqlite_sequence":
            con.execute("ALTER TABLE %s ADD COLUMN future TEXT NOT NULL DEFAULT 'x'" % table)
    con.execute("CREATE TABLE tomorrow (what TEXT)")
    con.commit()
    con.close()
    day.repository()
    day.start("17:00")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    day.link.ask(event="activity", source="vim", project=day.src, file=day.file, line=3)
    day.to("18:10")
    open(day.file, "a").write("x\n")
    day.commit("late")
    for order in (["merge", "-m", "enough"], ["report", "month"], ["forget", "--before", "1999-01-01"]):
        equal(day.run("vesper", *order)[2], 0, "columns nobody knows: vesper " + order[0])
    day.to("34:00")
    day.link.ask(event="activity", source="vim", project=day.src, file=day.file, line=4)
    equal([l for l in day.log().splitlines() if "history" in l], [], "and the daemon has no complaint")
    day.kill(signal.SIGTERM)
    after = rows(day.db)[1]
    for table in ("events", "sources", "notices", "days", "repositories", "marks", "places", "rollups"):
        ok(len(after[table]) > len(before[1][table]) or table in ("places", "sources", "days", "rollups") and
           after[table] != before[1][table], "columns nobody knows: %s is written" % table, after[table])


for version in range(1, NOW + 1):
    upgrade(version)
    killed(version)
no_room()
unknown_columns()
done()
