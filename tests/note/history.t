#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Days that close themselves, are put right, are summed up, exported, forgotten.
import csv
import io
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

DAY = 86400
day = Day("history")
day.configure("[notify]\ndesktop = no\n[workday]\nstart = 09:00\nmerge = 18:00\n")
day.src = "/src/alpha"


def at(date, time):
    h, m = time.split(":")
    return MIDNIGHT + (date - 18) * DAY + int(h) * 3600 + int(m) * 60


def to(date, time):
    answer = day.link.ask(clock="%d" % at(date, time))
    assert answer.get("ok"), answer


def activity(project="/src/alpha", human=True):
    return day.link.ask(event="activity", source="vim", human=human, project=project, file=project + "/x.c", line=5)


def works(date, start, end, project="/src/alpha"):
    """An activity each five minutes."""
    t, last = at(date, start), at(date, end)
    while t <= last:
        assert day.link.ask(clock="%d" % t).get("ok")
        activity(project)
        t += 300


def vesper(*args, **kw):
    return day.run("vesper", *args, **kw)


def report(*args):
    out, err, status = vesper("report", *args, "--json")
    return json.loads(out) if not status else err


def hm(t, date=18):
    t -= MIDNIGHT + (date - 18) * DAY
    return "%02d:%02d" % (t // 3600, t // 60 % 60)


def fact(date):
    return [d for d in report("2026-11-%d..2026-11-%d" % (date, date))["days"]]


# Mon 16: nine to five; Tue 17: merged, extended; Wed 18 night; Sat 21 worked
day.start("09:00") if False else None
log = open(day.home + "/daemon.log", "a")
day.daemon = start("vesperd", "--foreground", "--clock", "2026-11-16T09:00:00+01:00,step", env=day.env,
                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
wait_for(day._linked)
works(16, "09:00", "12:00")
works(16, "13:00", "17:00", "/src/beta")
works(17, "09:00", "10:00")

# --- the day nobody closed
got = day.link.ask(get="morning")
equal([got["unmerged"]["day"], hm(got["unmerged"]["ended"], 16)], ["2026-11-16", "17:00"],
      "a day without a merge ended at its last activity, and that is offered")
out, err, status = vesper("morning")
ok("2026-11-16 ended at 17:00" in out and "vesper day edit 2026-11-16" in out, "vesper morning says so", out)
equal(fact(16)[0]["worked"], 7 * 3600, "worked seven hours")

# --- put right by flags
out, err, status = vesper("day", "edit", "2026-11-16", "--work", "12:00-13:00", "--end", "17:30")
equal([status, err], [0, ""], "day edit --work --end")
f = fact(16)[0]
equal([f["worked"], hm(f["last"], 16), f["recorded"]["worked"], hm(f["recorded"]["last"], 16)],
      [8 * 3600 + 1800, "17:30", 7 * 3600, "17:00"], "corrected, with the record beside it")
equal([c["text"] for c in f["corrections"]], ["work 12:00-13:00", "end 17:30"], "both are named")
ok("unmerged" not in day.link.ask(get="morning"), "nothing is offered any more")
text = vesper("report", "2026-11-16")[0]
ok("put right" in text and "recorded" in text, "the report of the day has both", text)
out, err, status = vesper("day", "edit", "2026-11-16", "--pause", "10:00-10:30")
equal(fact(16)[0]["worked"], 8 * 3600, "a pause that was none, added to the others")

# --- in an editor
script = day.home + "/ed"
with open(script, "w") as f:
    f.write("#!/bin/sh\ncp \"$1\" \"$HOME/offered\"\n. \"$HOME/how\"\n")
os.chmod(script, 0o755)


def edit(how, date="2026-11-16"):
    with open(day.home + "/how", "w") as f:
        f.write(how + "\n")
    return vesper("day", "edit", date, env=dict(day.env, EDITOR=script))


equal(edit(":")[2], 0, "an editor that changes nothing")
offered = [l for l in read(day.home + "/offered").splitlines() if l[0] != "#"]
equal(offered, ["start 09:00", "work 09:00-12:00", "pause 12:00-13:00", "work 13:00-17:00", "end 17:00",
                "work 12:00-13:00", "end 17:30", "pause 10:00-10:30"], "the record, then what was put right")
equal(fact(16)[0]["worked"], 8 * 3600, "and changes nothing")
edit("sed -i -e '/10:30/d' -e 's/^work 09:00-12:00/pause 09:00-12:00/' \"$1\"")
equal(fact(16)[0]["worked"], 5 * 3600 + 1800, "a word changed, a line deleted")
for how, worked, said in (  # one after the other, each on the record alone
        ("s/^work 09:00-12:00/work 09:00-11:30/", 390, ["work 09:00-11:30", "pause 11:30-12:00"]),
        ("s/^pause 12:00-13:00/pause 12:10-12:30/", 460, ["pause 12:10-12:30", "work 12:00-12:10", "work 12:30-13:00"]),
        ("/^work 13:00/d", 180, ["pause 13:00-17:00"]),
        ("/^pause 12:00/d", 480, ["work 12:00-13:00"]),
        ("/^work 09:00\\|^pause/d", 240, ["pause 09:00-12:00"]),
        ("s/^start 09:00/start 10:00/;s/^work 09:00/work 10:00/", 360, ["start 10:00", "work 10:00-12:00"]),
        ("/^start\\|^end/d", 420, None)):
    vesper("day", "edit", "2026-11-16", "--undo")
    edit("sed -i -e '%s' \"$1\"" % how)
    f = fact(16)[0]
    equal([f["worked"], [c["text"] for c in f["corrections"]] if said else f.get("corrections")], [worked * 60, said],
          how)
vesper("day", "edit", "2026-11-16", "--undo")
edit("sed -i -e 's/^work 09:00-12:00/pause 09:00-12:00/' \"$1\"")
before = fact(16)[0]["worked"]
out, err, status = edit("echo 'work 25:00-26:00' >>\"$1\"")
ok(status and "25:00" in err and "kept in" in err, "a line that is none is named, the text kept", err)
equal(fact(16)[0]["worked"], before, "and nothing changes")
equal(edit(": >\"$1\"")[2], 1, "emptied: nothing changes")
equal(vesper("day", "edit", "2026-11-16", "--undo")[2], 0, "--undo")
f = fact(16)[0]
equal([f["worked"], "recorded" in f], [7 * 3600, False], "as it was recorded")
equal(vesper("day", "edit", "2026-12-24", "--end", "18:00")[2], 1, "not a day to come")

# --- a week
works(17, "10:05", "17:50")
vesper("extend", "until", "18:30", "-m", "deploy")
works(17, "17:55", "18:45")
vesper("merge", "-m", "the parser")
works(18, "09:00", "23:00")
works(21, "10:00", "11:00", "/src/beta")
week = report("week")
equal([week["from"], week["to"], [d["day"][8:] for d in week["days"]]],
      ["2026-11-16", "2026-11-21", ["16", "17", "18", "21"]], "the week up to today")
t = week["totals"]
equal([t["days_worked"], t["days_off_worked"], t["days_with_end"], t["days_after_end"], t["extensions"], t["days_closed"]],
      [4, 1, 3, 2, 1, 1], "its sums")
equal(sorted((p["project"], p["worked"]) for p in t["projects"]),
      [("/src/alpha", (3 * 12 + 117 + 168) * 300), ("/src/beta", (4 * 12 + 12) * 300)], "by project")
equal(sum(t["weekdays"]), t["worked"], "by weekday")
equal([[p["kind"], p["why"], hm(p["until"], 17), hm(p["ended"], 17)] for p in week["days"][1]["promised"]],
      [["extend", "deploy", "18:30", "18:45"]], "promised and kept")
equal(week["days"][0], fact(16)[0], "a day is the same in every range")
one = report("week", "--project", "beta")
equal([(d["day"], d["worked"]) for d in one["days"]], [("2026-11-16", 4 * 3600), ("2026-11-21", 3600)], "one project")
equal([one["project"], sorted(one["totals"])], ["beta", ["days_worked", "weekdays", "worked"]],
      "of which no more than the time is known")
text = vesper("report", "week", "--project", "beta")[0]
ok("Work on beta, 2026-11-16" in text and "commits" not in text and "stretch" not in text, "nor said", text)
equal(vesper("report", "2026-11-16", "--project", "beta", "--csv")[0].split("\n")[1], "2026-11-16,,,,,,,,14400,,,,,",
      "nor listed")
rows = list(csv.DictReader(io.StringIO(vesper("report", "week", "--csv")[0])))
equal([(r["day"], r["kind"], r["closed"], r["worked"]) for r in rows],
      [(d["day"], d["kind"], "yes" if d["closed"] else "no", str(d["worked"])) for d in week["days"]], "--csv")
equal([r for r in csv.DictReader(io.StringIO(vesper("export", "--csv")[0])) if r["day"] >= "2026-11-16"], rows,
      "export --csv has the same")

# --- a night: times after midnight are the next date's
works(21, "23:00", "23:30")
day.link.ask(clock="%d" % (at(22, "00:00")))
works(22, "00:05", "02:00")
to(22, "12:00")
vesper("day", "edit", "2026-11-21", "--end", "02:30")
f = fact(21)[0]
equal([hm(f["last"], 22), hm(f["recorded"]["last"], 22)], ["02:30", "02:00"], "an end after midnight")
vesper("day", "edit", "2026-11-21", "--undo")
week = report("week")

# --- on terminals of three widths
for width in (40, 80, 200):
    for locale in ("C.UTF-8", "C"):
        for what in ("week", "month", "year"):
            out = vesper("report", what, env=dict(day.env, COLUMNS=str(width), LC_ALL=locale))[0]
            worst = max(len(l) for l in out.splitlines() if not l.startswith("  2026") and ", " not in l)
            ok(worst <= width and "\x1b" not in out and (locale == "C.UTF-8" or out.isascii()),
               "report %s in %d columns, %s" % (what, width, locale), out)
for width in (50, 80, 100):
    hours = [int(h) for h in vesper("report", "week", env=dict(day.env, COLUMNS=str(width)))[0].split("\n\n")[1].split("\n")[0].split()]
    ok(len({(b - a) % 24 for a, b in zip(hours, hours[1:])}) == 1, "the hours above the strips are equally far apart", hours)
for no_color, want in (("", True), ("1", False)):
    t = Terminal(["vesper", "report", "week"], dict(day.env, NO_COLOR=no_color))
    t.ends()
    wait_for(lambda: b"Extensions and" in t.out)
    equal(b"\x1b[34m" in t.out, want, "colour on a terminal" if want else "NO_COLOR")
for args in (["report", "2026-11-18"], ["report", "week"], ["status"], ["why"]):
    env = dict(day.env, NO_COLOR="1", COLUMNS="40")
    t = Terminal(["vesper"] + args, env)
    whole = vesper(*args, env=env)[0].split()
    ok(wait_for(lambda: t.out.decode(errors="replace").split() == whole),
       "a narrow terminal: vesper %s, every word of it" % " ".join(args), t.out)
    lines = t.out.decode().replace("\r", "").split("\n")
    ok(len(lines) > 3 and all(len(l) <= 40 or " " not in l.strip() for l in lines), "broken between words",
       [l for l in lines if len(l) > 40])
plain = vesper("report", "2026-11-18", env=dict(day.env, COLUMNS="40"))[0]
ok(max(map(len, plain.splitlines())) > 40, "and for programs not at all", plain)

# --- one page
page = day.home + "/report.html"
equal(vesper("report", "month", "--html", page)[2], 0, "--html")
html = read(page)
ok(html.count(" role=\"img\"") == 5 and "http" not in html.replace("http-equiv", "") and "<script" not in html,
   "a strip a day and a calendar, nothing from elsewhere", html.count(" role=\"img\""))
ok(html.count("<svg class=\"day\"") == 5 and html.count("preserveAspectRatio") == 5,
   "strips and their hours take the width that is there", html)
ok(">Wed 2026-11-18<" in html and re.search("<text x=\"0\"[^>]*>Sun</text>", html) and re.search("<text[^>]*>11</text>", html),
   "days of the week and months have their names")
ok(all("aria-label" in s.split(">")[0] for s in html.split(" role=\"img\"")[1:]), "each in words, too")

# --- export
exported = vesper("export")[0]
lines = [json.loads(l) for l in exported.splitlines()]
equal(len(lines), day.rows("SELECT count(*) FROM events")[0][0], "export: a line an event")
with open(day.home + "/events.jsonl", "w") as f:
    f.write(exported)
out, err, status = vesper("replay", day.home + "/events.jsonl")
replayed = [json.loads(l) for l in out.splitlines()]
equal([status, err], [0, ""], "vesper replay reads it")
closed = dict((d["day"], d["worked"]) for d in replayed if "ended" in d)
equal(closed, dict((d["day"], d["worked"]) for d in week["days"][:3]), "and finds the same days")
equal([(n["notice"], n["at"]) for n in replayed if "notice" in n],
      [tuple(r) for r in day.rows("SELECT notice, at FROM notices ORDER BY at, n")], "and gives the same notices")
ok(vesper("export", "--csv")[0].count("\n") == 5, "--csv")

# --- forgotten
database = day.home + "/.local/state/vesper/clock.db"


def traces(word):
    return [n for n in os.listdir(os.path.dirname(database))
            if word.encode() in open(os.path.dirname(database) + "/" + n, "rb").read()]


ok(traces("/src/beta"), "there are traces of a project")
for name in ("broken-20261101T000000Z", "broken-20261101T000000Z-wal"):
    shutil.copy(database, database + "." + name)
day.link.ask(event="activity", source="vim", human=True, project="/src/beta", file="/src/beta/secret.c", line=3)
for nothing, why in (("", "--project needs a value: PATH"),  # a variable that was not set, say
                     ("/", "which project? Write its path, as vesper report shows it")):
    before = day.rows("SELECT count(*) FROM events")
    out, err, status = vesper("forget", "--project", nothing)
    equal([status, err.split("\n")[0]], [2, "vesper: forget: " + why], "forget --project '%s'" % nothing)
    equal(day.rows("SELECT count(*) FROM events"), before, "forgets nothing")
out, err, status = vesper("forget", "--project", "/src/beta/")
equal([status, traces("/src/beta")], [0, []], "forget --project leaves none in any file")
ok("set aside are gone as well: 2." in out, "nor in those that were set aside", out)
day.link.ask(get="morning") # writes down what waits in memory
equal(traces("secret.c"), [], "and none comes out of memory later")
week = report("week")
equal([d["day"][8:] for d in week["days"]][:3], ["16", "17", "18"], "the other days are there")
equal([p["project"] for p in week["totals"]["projects"]], ["/src/alpha"], "without it")
day.link.ask(event="activity", source="vim", human=True, project="/src/gamma")
reader = sqlite3.connect(database, isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM events").fetchall()
out, err, status = vesper("forget", "--project", "/src/gamma")
equal([status, "another program is reading it" in out + err], [1, True], "while a backup reads, that is said")
reader.close()
equal([vesper("forget", "--project", "/src/gamma")[2], traces("/src/gamma")], [0, []], "once more, and no trace is left")
out, err, status = vesper("forget", "--before", "2026-11-18")
equal([status, err], [0, ""], "forget --before")
equal([d["day"][8:] for d in report("week")["days"]][0], "18", "days before are gone")
equal(day.rows("SELECT (SELECT count(*) FROM events WHERE at < %d AND kind NOT IN ('config', 'zone')),"
               " (SELECT count(*) FROM rollups WHERE day < '2026-11-18')" % at(18, "04:00")), [(0, 0)], "with their rows")
equal(traces("deploy"), [], "and the words of their reasons")
equal(vesper("forget", "--before", "2027-01-01")[2], 1, "not what is to come")
equal(vesper("forget")[2], 2, "not everything by accident")
activity()
equal(day.status()["present"], True, "and work goes on")

# --- what is older than what was summed up: a reserve that is read back, say
equal([d["worked"] for d in fact(18)], [14 * 3600], "a day that is summed up")
database_ = sqlite3.connect(database)
database_.execute("INSERT INTO events (at, kind, source, project) VALUES (?, 'activity', 'vim', '/src/alpha')",
                  (at(18, "23:05"),))
database_.commit()
database_.close()
equal([d["worked"] for d in fact(18)], [14 * 3600 + 300], "is summed up anew with what comes late")

# --- a day off that was ordered three weeks before
to(23, "10:00")
activity()
equal(vesper("off", "2026-12-14")[2], 0, "a day off in three weeks")
day.link.ask(clock="%d" % (MIDNIGHT + 26 * DAY + 10 * 3600))
activity()
out = vesper("report", "2026-12-14", "--json")[0]
equal(json.loads(out)["kind"], "off", "is one when it comes")
day.link.ask(clock="%d" % (MIDNIGHT + 27 * DAY + 10 * 3600))
activity()
equal([d["kind"] for d in report("2026-12-14..2026-12-15")["days"]], ["off", "work"], "and when it is over")
done()
