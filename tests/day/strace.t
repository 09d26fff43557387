#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A whole day under strace: what each of our programs connects to, starts and
# writes.  The other programs of the day (vim, git, dunst ...) may do what they
# want; a process is ours from the exec of one of ours to the next.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

TRACE = T + "/trace"
CALLS = ("execve,execveat,socket,connect,bind,open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,"
         "rmdir,mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown,fchownat,"
         "lchown,mount,clone,clone3,fork,vfork,fsync,fdatasync,recvfrom,sendto")
STRACE = ["strace", "-D", "-ff", "-qq", "-y", "-s", "400", "-e", "signal=none", "-e", "trace=" + CALLS]

need("strace", "vim")
if subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode:
    skip_all("strace may not trace here")


def traced(env):
    """The programs a person starts, under strace unless who starts them is."""
    os.mkdir(TRACE)
    os.mkdir(T + "/bin")
    for name in ("vesper", "vesperd", "vim", "git"):
        real = O + "/" + name if name.startswith("vesper") else shutil.which(name)
        with open(T + "/bin/" + name, "w") as f:
            f.write('#!/bin/sh\n[ -z "$TRACED" ] || exec %s "$@"\nTRACED=1 exec %s -o %s/%s.$$ %s "$@"\n'
                    % (real, " ".join(STRACE), TRACE, name, real))
        os.chmod(T + "/bin/" + name, 0o755)
    os.mkdir(env["HOME"] + "/tmp")  # where `vesper merge` has its draft
    env.update(PATH=T + "/bin:" + env["PATH"], TMPDIR=env["HOME"] + "/tmp")


def note_of(day, command):
    """What a person does in the editor that `vesper merge` opens."""
    with open(day.home + "/write", "w") as f:
        f.write('#!/bin/sh\nprintf "enough for today\\n" >"$1"\n')
    os.chmod(day.home + "/write", 0o755)
    return day.run(*command, env=dict(day.env, EDITOR=day.home + "/write"))


def live(day):
    day.repository()
    if DESKTOP:
        day.desktop = Desktop(day.env)
        day.desktop.dunst()
    traced(day.env)
    os.mkdir(day.home + "/.local/state")  # of the system, like the rest of it
    # an event that finds no daemon, and one that is asked for by name
    subprocess.run(["vesper", "attach"], env=day.env, stdout=subprocess.DEVNULL,
                   input=b'{"hello":1,"as":"vim"}\n{"event":"activity","source":"vim"}\n')
    day.start("17:20")
    day.run("vesper", "hooks", "install", "--repo", day.src)
    day.open("vim")
    day.works("17:25", "17:29", "17:38", "17:50")
    day.saves("17:52")
    day.commit("work")
    day.works("17:59:30")
    day.to("18:02")
    day.run("vesper", "extend", "15m", "-m", "deploy")
    day.works("18:10")
    day.to("18:25")
    day.saves("18:30")
    day.commit("late")
    for command in (["status"], ["why"], ["plan"], ["doctor"], ["report"], ["report", "week"], ["export"], ["note"],
                    ["config", "check"], ["carry"], ["break", "5m"], ["hooks", "status"], ["off", "2026-12-24"]):
        day.run("vesper", *command)
    out, err, status = note_of(day, ["vesper", "merge"])
    equal(status, 0, "the day is closed by a note")
    day.run("vesper", "morning")
    with sqlite3.connect(day.home + "/.local/state/vesper/clock.db") as db:  # more than SQLite keeps in memory
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("%d" % n, "x" * 1000) for n in range(2000)])
    db.close()
    day.run("vesper", "forget", "--before", "2020-01-01")
    ok(day.editor.quit(), "Vim quits")
    day.link.close()
    day.run("vesper", "stop")
    equal(day.daemon.wait(10), 0, "the daemon ends")


# --- what was traced ---------------------------------------------------------

OURS = {os.path.realpath(p): name for name, p in
        [("vesper", O + "/vesper"), ("vesperd", O + "/vesperd")]
        + [(name, O + "/libexec/" + name) for name in ("desktop", "digest", "attach")]
        + [("hook", O + "/libexec/hooks/" + name) for name in os.listdir(O + "/libexec/hooks")]}
# What each may start besides: vesper its helper, the daemon, an editor and
# git; the daemon its two; digest git where libgit2 cannot.
STARTS = {"vesper": ("vesper", "attach", "vesperd", "git", "write", "sh"), "vesperd": ("desktop", "digest"),
          "digest": ("git",), "desktop": (), "attach": (), "hook": ()}
FORKS = ("clone", "clone3", "fork", "vfork")
LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")


class Call:
    def __init__(self, program, name, text, result):
        self.program, self.name, self.text, self.result = program, name, text, int(result)
        # a name for each directory it is relative to
        self.paths = [os.path.normpath(os.path.join(at or "/", path)) for at, path in PATH.findall(text)]

    def __str__(self):
        return "%s: %s(%s) = %d" % (self.program, self.name, self.text, self.result)


def calls():
    """Those of our programs, in any order; what they start before its exec is
    theirs."""
    traces = {name: [m.groups() for m in map(LINE.match, read(TRACE + "/" + name).splitlines()) if m]
              for name in os.listdir(TRACE)}
    waiting = {name: None for name in traces if name.split(".")[1] == name.split(".")[2]}
    while waiting:
        name, program = waiting.popitem()
        for line in traces.pop(name):
            call = Call(program, *line)
            if call.name in FORKS:
                waiting.update({t: program for t in traces if t.endswith(".%d" % call.result)})
                continue
            if program:
                yield call
            if call.name.startswith("execve") and call.result == 0:
                program = OURS.get(os.path.realpath(call.paths[0]))
    ok(not traces, "it is known who started what", sorted(traces))


def family(call):
    found = re.search(r"sa_family=(AF_\w+)|^(AF_\w+)", call.text)
    return found and (found.group(1) or found.group(2))


def writes(call):
    if call.name in ("open", "openat", "openat2"):
        return bool(WRITING.search(call.text)) and "O_TMPFILE" not in call.text
    return call.name not in ("execve", "execveat", "socket", "connect", "bind", "fsync", "fdatasync", "recvfrom",
                             "sendto")


def places(day):
    """Where may be written, by whom."""
    home, everybody = day.home, ("/dev/null", "/dev/tty")
    state, data = home + "/.local/state/vesper", home + "/.local/share/vesper"
    run, config = home + "/run/vesper", home + "/.config/vesper"
    return {"vesperd": everybody + (state, data, run), "vesper": everybody + (config, day.src + "/.git/hooks", home + "/tmp"),
            "attach": everybody + (state + "/spool",), "hook": everybody + (run + "/socket.word",),
            "digest": everybody, "desktop": everybody}


def in_place(path, allowed):
    return any(path == a or path.startswith(a.rstrip("/") + "/") for a in allowed)


def is_synced(seen, order, *steps):
    """Whether each step, (call, part of its text), follows the one before,
    between an order and its answer."""
    begun, left = False, list(steps)
    for call in seen:
        begun |= call.name == "recvfrom" and '"do\\":\\"' + order in call.text
        if begun and call.name == "sendto" and '"said' in call.text:
            return not left
        if begun and left and call.name == left[0][0] and left[0][1] in call.text:
            left.pop(0)
    return False


def survives(by):
    """A power cut, that is: what is acknowledged was synced before."""
    for order in ("extend", "merge", "off", "carry"):
        ok(is_synced(by["vesperd"], order, ("fdatasync", "clock.db-wal")), order + ": synced before it is answered")
    ok(is_synced(by["vesperd"], "merge", ("fsync", "2026-11-18.md."), ("rename", "2026-11-18.md"),
                 ("fsync", "/clock-notes>")), "the note: synced, renamed, its directory synced before the answer")


def look(day):
    seen = list(calls())
    by = {program: [c for c in seen if c.program == program] for program in STARTS}
    for program in STARTS:
        if program != "desktop" or DESKTOP:
            ok(len(by[program]) > 3, "%s was seen: %d calls" % (program, len(by[program])))
    equal([str(c) for c in seen if c.name in ("socket", "connect", "bind") and family(c) != "AF_UNIX"], [],
          "no socket but of AF_UNIX, no connection but to one")
    equal([str(c) for c in seen if c.name == "connect" and c.program in ("vesperd", "digest", "hook", "attach", "vesper")
           and "/run/vesper/socket" not in c.text], [], "and that is ours; the desktop program has the bus and its screen")
    equal([str(c) for c in seen if c.name == "bind" and (c.program != "vesperd" or "/run/vesper/" not in c.text)], [],
          "only the daemon listens, at its place")
    equal(sorted({str(c) for c in seen if c.name.startswith("execve") and c.result == 0
                  and os.path.basename(c.paths[0]) not in STARTS[c.program]}), [], "none starts what it is not to")
    allowed = places(day)
    wrong = [c for c in seen if writes(c) and c.result >= 0
             and not all(in_place(p, allowed[c.program]) for p in c.paths)
             and not (c.name == "mkdir" and any(a.startswith(c.paths[0] + "/") for a in allowed[c.program]))]
    equal(sorted({str(c) for c in wrong}), [], "none writes elsewhere")
    for program, path in (("vesperd", "/vesper/clock.db"), ("vesperd", "/clock-notes/2026-11-18.md"),
                          ("attach", "/vesper/spool/attach-"), ("vesper", "/.git/hooks/")):
        ok([c for c in by[program] if writes(c) and path in c.text], "%s: a write to %s is seen" % (program, path))
    survives(by)
    ok([c for c in by["vesperd"] if "execve" in c.name and "digest" in c.text], "and the start of digest")


DESKTOP = all(shutil.which(p) for p in ("dunst", "dunstctl", "Xvfb", "dbus-daemon", "gdbus"))
day = Day("strace")
live(day)
look(day)
done()
