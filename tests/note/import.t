#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What timewarrior recorded gives timewarrior's own totals.
import glob
import os
import re
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

need("timew")
day = Day("import", "[notify]\ndesktop = no\n")
day.env["TIMEWARRIORDB"] = day.home + "/timew"
os.makedirs(day.home + "/timew/data")
open(day.home + "/timew/timewarrior.cfg", "w").close()
for d, a, b, tag in ((2, "09:00:10", "11:30:25", "alpha"), (2, "12:00", "17:00", "beta two"), (3, "08:00", "19:45", "alpha"),
                     (4, "22:00", "23:59:59", "beta two"), (7, "10:00", "10:00:01", "alpha"), (17, "09:00", "10:00", "alpha")):
    out, err, status = day.run("timew", "track", "2026-11-%02dT%s" % (d, a), "-", "2026-11-%02dT%s" % (d, b), tag)
    equal(status, 0, "timewarrior records") if status else None
files = sorted(glob.glob(day.home + "/timew/data/20*.data"))
day.start("17:00")
for at in ("17:01", "17:05"):
    day.to(at)
    day.link.ask(event="activity", source="vim", human=True, project="/src/a")
out, err, status = day.run("vesper", "import", *files)
equal([status, err], [0, ""], "imported")


def seconds(tag=()):
    out = day.run("timew", "export", *tag)[0]
    parse = lambda t: time.mktime(time.strptime(t, "%Y%m%dT%H%M%SZ"))
    return int(sum(parse(i["end"]) - parse(i["start"]) for i in json.loads(out)))


def total(*args):
    return json.loads(day.run("vesper", "report", "2026-11-01..2026-11-17", "--json", *args)[0])["totals"]["worked"]


equal(total(), seconds(), "the sum is timewarrior's")
for tag in ("alpha", "beta two"):
    equal(total("--project", tag), seconds([tag]), "so is that of " + tag)
summary = day.run("timew", "summary", "2026-11-01", "-", "2026-11-18")[0].split()
h, m, s = (int(n) for n in summary[-1].split(":"))
equal(total(), h * 3600 + m * 60 + s, "as its summary has it")
day.run("vesper", "import", *files)
equal(total(), seconds(), "again: nothing is counted twice")
equal(day.report()["worked"], 240, "today is as it was recorded")
one = json.loads(day.run("vesper", "report", "2026-11-02", "--json")[0])
equal(one["worked"], 2 * 3600 + 1815 + 5 * 3600, "a day asked for by itself has what was imported")

# --- what comes late, and what is of today
day.run("timew", "track", "2026-11-18T09:00", "-", "2026-11-18T09:30", "alpha")
day.run("timew", "track", "2026-11-05T09:00", "-", "2026-11-05T10:00", "alpha")
files = sorted(glob.glob(day.home + "/timew/data/20*.data"))
day.run("vesper", "import", *files)
equal(day.report()["worked"], 240 + 1800, "an interval of today counts at once")
equal(json.loads(day.run("vesper", "report", "week", "--json")[0])["days"][-1]["worked"], 240 + 1800, "in the week, too")
equal(total(), seconds() - 1800, "one of a day that was summed up before counts as well")
day.to("17:10")
day.link.ask(event="activity", source="vim", human=True, project="/src/a")
equal(day.report()["worked"], 540 + 1800, "and the day goes on")
before = total()
with open(day.home + "/good.data", "w") as f:
    f.writelines("inc 201611%02dT%02d0000Z - 201611%02dT%02d5900Z # x%d\n" % (d, h, d, h, d)
                 for d in range(1, 30) for h in range(24))
with open(day.home + "/bad.data", "w") as f:
    f.write("inc 20261110T080000Z - 20261110T090000Z # x\nnonsense\n")
out, err, status = day.run("vesper", "import", day.home + "/good.data", day.home + "/bad.data")
ok(status == 2 and "bad.data:2" in err, "a line that is none is named", err)
imported = lambda: day.rows("SELECT count(*) FROM imported WHERE project LIKE 'x%'")[0][0]
equal([imported(), total()], [0, before], "and nothing is imported, of the files before it either")
answer = day.link.ask(do="import", intervals=[[1794000000, 1794003600, "x"], [1, "x"], [2, 3, "x"]])
ok("error" in answer, "nor of a message with one bad interval", answer)
equal(imported(), 0, "is anything kept")
equal(day.run("vesper", "import", day.home + "/good.data")[2], 0, "more than one message's worth")
equal(imported(), 29 * 24, "is imported as a whole")
for stamp in ("20269901T080000Z", "2026-1-1T080000Z", "20261101T 8 0 0Z", "20261101T080000"):
    with open(day.home + "/bad.data", "w") as f:
        f.write("inc 20261101T080000Z - %s # x\n" % stamp)
    out, err, status = day.run("vesper", "import", day.home + "/bad.data")
    ok(status == 2 and "bad.data:1" in err, "no instant: " + stamp, err)
with open(day.home + "/odd.data", "wb") as f:
    f.write(b"inc 20261109T080000Z - 20261109T090000Z # \xff\x1b[31m\n")
out, err, status = day.run("vesper", "import", day.home + "/odd.data")
equal([status, err], [0, ""], "a tag of any bytes")
equal(total() - before, 3600, "loses nothing")
equal(total("--project", "??[31m"), 3600, "and is made plain")
before = total()
day.kill()
day.start("17:20")
equal([total(), os.listdir(day.home + "/.local/state/vesper").count("clock.db")], [before, 1],
      "killed, what was imported is still there")
ok(not [f for f in os.listdir(day.home + "/.local/state/vesper") if "broken" in f], "and nothing was set aside")
out, err, status = day.run("vesper", "import", day.home + "/none.data")
equal([status, err], [2, "vesper: import: %s/none.data: No such file or directory\n" % day.home], "no such file")
out, err, status = day.run("vesper", "import", day.home)
equal([status, err], [2, "vesper: import: %s: Is a directory\n" % day.home], "a directory")
done()
