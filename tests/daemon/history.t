#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A history that cannot be written, read or trusted: recording goes on, it is
said aloud, nothing is deleted, and what was kept meanwhile is read back."""
import glob
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lib"))
from tap import *


class Vesper:
    """A daemon in a home of its own, and one connection to it."""

    def __init__(self, name):
        self.env = scratch_env(name, ASAN_OPTIONS="detect_leaks=0")
        self.state = self.env["HOME"] + "/.local/state/vesper"
        self.db = self.state + "/vesper.db"
        self.held = self.state + "/spool/vesperd.held"
        self.n = 0
        os.makedirs(self.state, exist_ok=True)

    def start(self):
        log = open(self.env["HOME"] + "/log", "ab")
        self.child = start(O + "/vesperd", env=self.env, stdin=subprocess.DEVNULL,
                           stdout=log, stderr=log)
        self.sock = wait_for(self.connect)
        self.file = self.sock.makefile("rw")
        self.ask({"hello": 1, "as": "test"})
        return self

    def connect(self):
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(socket_of(self.env))
            return s
        except OSError:
            s.close()
            return None

    def ask(self, message):
        self.file.write(json.dumps(message) + "\n")
        self.file.flush()
        return json.loads(self.file.readline())

    def event(self):
        self.n += 1
        return self.ask({"event": "activity", "source": "vim", "id": self.n,
                         "project": "/e/%d" % self.n})

    def status(self):
        return self.ask({"get": "status"})

    def trouble(self):
        return self.status().get("trouble") or ""

    def doctor(self):
        """What `vesper doctor` says of the history, and how to mend it."""
        said = subprocess.run([O + "/vesper", "doctor", "--json"], env=self.env, capture_output=True, text=True).stdout
        return str([(c["text"], c.get("mend")) for c in json.loads(said)["checks"] if c["name"] == "history"])

    def stop(self, signo=signal.SIGTERM):
        self.file.close()
        self.sock.close()
        self.child.send_signal(signo)
        return self.child.wait(10)

    def rows(self):
        """How many of the events are in the history, each once."""
        con = sqlite3.connect(self.db)
        try:
            found = con.execute("SELECT count(*), count(DISTINCT project) FROM events"
                                " WHERE project LIKE '/e/%'").fetchone()
        except sqlite3.Error as e:
            found = str(e)
        con.close()
        return found


def locked():
    v = Vesper("locked").start()
    v.event()
    con = sqlite3.connect(v.db, isolation_level=None)
    con.execute("BEGIN IMMEDIATE")
    ok("ok" in v.event(), "locked: an event is kept")
    ok("said" in v.ask({"do": "oncall", "when": "30m"}), "an order too")
    ok("cannot be written" in v.trouble(), "it is said", v.trouble())
    text = subprocess.run([O + "/vesper", "status"], env=v.env, capture_output=True, text=True).stdout
    ok("cannot be written" in text, "in `vesper status`", text)
    ok("cannot be written" in v.doctor() and "look after the disk" in v.doctor(), "and by `vesper doctor`")
    ok("refused" in v.ask({"do": "forget", "before": "2020-01-01"}), "nothing is said to be forgotten")
    ok("history" in v.ask({"do": "import", "intervals": [[1, 2, "x"]]}).get("refused", ""), "nor imported")
    worked = v.status()["day"]
    v.stop(signal.SIGKILL)
    v.start()
    equal(v.status()["day"]["date"], worked["date"], "killed meanwhile, it starts")
    v.event()
    con.execute("ROLLBACK")
    con.close()
    ok(wait_for(lambda: v.trouble() == "", 20), "unlocked, the trouble is over")
    equal(v.rows(), (3, 3), "and everything is in the history, once")
    ok(not os.path.exists(v.held), "and only there")
    v.event()
    v.stop()
    equal(v.rows(), (4, 4), "it goes on there")


def held():
    """Somebody has all of the file to himself, before we begin and for long."""
    v = Vesper("held").start()
    v.event()
    v.stop()
    con = sqlite3.connect(v.db, isolation_level=None)
    con.execute("PRAGMA locking_mode = EXCLUSIVE")
    con.execute("BEGIN EXCLUSIVE")
    v.start()
    ok("locked" in v.trouble(), "held: said", v.trouble())
    slowest, begun = 0, time.monotonic()
    while time.monotonic() - begun < 5:  # it is tried again meanwhile
        before = time.monotonic()
        v.event()
        slowest = max(slowest, time.monotonic() - before)
    ok(slowest < 1.5, "held: nobody waits for it", slowest)
    con.execute("ROLLBACK")
    con.close()
    ok(wait_for(lambda: v.trouble() == "", 20), "let go, the trouble is over")
    v.stop()
    equal(v.rows(), (v.n, v.n), "and everything is in the history, once")


def strange():
    """A FIFO where a file or directory of ours would be: nothing waits for a
    reader, and a sound history is written."""
    for name in ("state/slip", "run/calm", "state/held", "state/spool"):
        v = Vesper("strange-" + name.replace("/", "-"))
        path = {"state/slip": v.state + "/vesper.slip", "state/held": v.held, "state/spool": os.path.dirname(v.held),
                "run/calm": os.path.dirname(socket_of(v.env)) + "/calm"}[name]
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.mkfifo(path)
        v.start()
        equal(("ok" in v.event(), v.trouble()), (True, ""), "strange: a FIFO in the place of %s is no trouble" % name)
        v.stop()
        equal(v.rows(), (1, 1), "strange: nor for the history")


def damaged(name, spoil, aside=True):
    v = Vesper(name).start()
    for i in range(40):
        v.event()
    v.stop()
    spoil(v.db)
    before = open(v.db, "rb").read() if os.path.isfile(v.db) else None
    v.start()
    found = glob.glob(v.db + ".broken-*")
    if aside:
        equal(len(found), 1, name + ": set aside")
        ok(open(found[0], "rb").read() == before, "as it was")
        ok("set aside" in v.trouble(), "and said", v.trouble())
        ok("stays where it is" in v.doctor(), "and by doctor, what becomes of it", v.doctor())
    ok("ok" in v.event(), name + ": recording goes on")
    v.stop(signal.SIGKILL)
    v.start()
    ok("ok" in v.event(), "and after a restart")
    equal(len(glob.glob(v.db + ".broken-*")), len(found), "nothing is set aside again")
    v.stop()
    return v


def overwrite(data, offset=0, truncate=None):
    def spoil(path):
        with open(path, "r+b") as f:
            f.seek(offset)
            f.write(data)
            if truncate is not None:
                f.truncate(truncate)
    return spoil


def newer():
    v = Vesper("newer").start()
    v.event()
    v.stop()
    con = sqlite3.connect(v.db)
    ours = con.execute("PRAGMA user_version").fetchone()[0]
    con.execute("PRAGMA user_version = 99")
    con.commit()
    con.close()
    before = open(v.db, "rb").read()
    v.start()
    ok("newer Vesper" in v.trouble(), "newer: said", v.trouble())
    ok("newer Vesper" in v.doctor() and "disk" not in v.doctor(), "newer: by doctor, which blames no disk", v.doctor())
    v.event()
    v.stop(signal.SIGKILL)
    v.start()
    v.event()
    sources = {s["name"] for s in v.status()["sources"]}
    ok("vim" in sources, "newer: a restart knows what was kept")
    ok("refused" in v.ask({"do": "correct", "undo": True, "day": "yesterday"}), "newer: a correction is not said to be kept")
    ok("refused" in v.ask({"do": "import", "intervals": [[1, 2, "x"]]}), "nor what is imported")
    v.stop()
    ok(open(v.db, "rb").read() == before, "newer: the file is not touched")
    con = sqlite3.connect(v.db)
    con.execute("PRAGMA user_version = %d" % ours)
    con.commit()
    con.close()
    v.start()
    equal(v.rows(), (3, 3), "readable again: what was kept is read back, once")
    equal(v.trouble(), "", "and the trouble is over")
    v.stop()


def read_only():
    """By its mode, or for root, whom no mode keeps out, by a mount."""
    v = Vesper("readonly").start()
    v.event()
    v.stop()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["sh", "-c", 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', "-", v.db],
        stderr=subprocess.DEVNULL).returncode == 0
    if mounted:
        atexit.register(lambda: subprocess.run(["umount", "-l", v.db], stderr=subprocess.DEVNULL))
    elif os.geteuid() == 0:
        return skip("root may not mount here")
    else:
        os.chmod(v.db, 0o400)
    before = open(v.db, "rb").read()
    v.start()
    ok("read-only" in v.trouble(), "read-only: said", v.trouble())
    ok("ok" in v.event() and "ok" in v.event(), "read-only: recording goes on")
    equal((open(v.db, "rb").read(), glob.glob(v.db + ".broken-*")), (before, []), "the file is what it was, where it was")
    os.chmod(v.db, 0o600) if not mounted else subprocess.run(["umount", "-l", v.db])
    ok(wait_for(lambda: v.trouble() == "", 20), "writable again: the trouble is over")
    v.stop()
    equal(v.rows(), (3, 3), "and everything is in it")


def nowhere():
    """No file can be opened: a directory lies there, and a file for the spool."""
    v = Vesper("nowhere")
    os.mkdir(v.db)
    open(v.state + "/spool", "w").close()
    v.start()
    ok("error" in v.event(), "nowhere: an event that does not survive is not acknowledged")
    ok("refused" in v.ask({"do": "oncall", "when": "30m"}), "and an order is refused")
    ok("memory" in v.trouble(), "nowhere: said", v.trouble())
    ok(v.status()["present"], "but the engine knows of it")
    os.rmdir(v.db)
    os.unlink(v.state + "/spool")
    ok(wait_for(lambda: v.trouble() == "", 20), "nowhere: over when it can be written")
    v.stop()
    equal(v.rows(), (1, 1), "with what was in memory")


def full():
    """Writes fail at a size, as on a full disk."""
    v = Vesper("full").start()
    pid = v.child.pid
    v.event()
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))
    kept = sum("ok" in v.event() for _ in range(1500))
    ok(v.trouble() != "", "full: said", v.trouble())
    ok(100 < kept < 1500, "full: %d of 1500 acknowledged" % kept)
    ok(v.child.poll() is None, "full: the daemon lives")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ok(wait_for(lambda: v.trouble() == "", 20), "room again: the trouble is over")
    v.stop()
    equal(v.rows(), (1501, 1501), "and nothing is missing or doubled")
    con = sqlite3.connect(v.db)
    equal(con.execute("PRAGMA integrity_check").fetchone()[0], "ok", "the database is sound")
    con.close()


def spoiled_while_running():
    v = Vesper("running").start()
    for i in range(300):
        v.event()
    for path in (v.db, v.db + "-wal"):
        n = os.path.getsize(path)
        with open(path, "r+b") as f:
            f.write(b"\x5a" * n)
    for i in range(50):
        ok_answer = "ok" in v.event()
    ok(ok_answer, "damaged while running: events are kept")
    ok(v.child.poll() is None, "the daemon lives")
    v.stop(signal.SIGKILL)
    v.start()
    ok("ok" in v.event(), "and starts again")
    v.stop()
    con = sqlite3.connect(v.db)
    equal(con.execute("PRAGMA integrity_check").fetchone()[0], "ok", "with a sound history")
    con.close()
    ok(len(glob.glob(v.db + ".broken-*")) >= 1, "the damaged one is beside it")


def leave_in_spool(v, n):
    os.makedirs(v.state + "/spool", mode=0o700, exist_ok=True)
    with open(v.state + "/spool/attach-1.jsonl", "w") as f:
        for i in range(n):
            v.n += 1
            f.write(json.dumps({"event": "activity", "source": "vim", "project": "/e/%d" % v.n,
                                "at": int(time.time())}) + "\n")


def full_at_the_start():
    """What waits is read when there is room, and only then removed."""
    v = Vesper("start").start()
    v.event()
    v.stop()
    leave_in_spool(v, 500)
    resource.prlimit(0, resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
    v.start()
    resource.prlimit(0, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ok("cannot be written" in v.trouble(), "full at the start: said", v.trouble())
    ok(os.path.exists(v.state + "/spool/attach-1.jsonl"), "the spool waits")
    resource.prlimit(v.child.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ok(wait_for(lambda: v.trouble() == "", 20), "room again: the trouble is over")
    equal(os.listdir(v.state + "/spool"), [], "and the spool is read")
    v.stop()
    equal(v.rows(), (501, 501), "all of it, once")


def torn():
    """A line that a kill cut off does not take the next one with it."""
    v = Vesper("torn").start()
    v.event()
    con = sqlite3.connect(v.db, isolation_level=None)
    con.execute("BEGIN IMMEDIATE")
    v.event()
    v.stop(signal.SIGKILL)
    with open(v.held, "a") as f:
        f.write('{"at":1,"kind":"activity","sou')
    v.start()
    v.event()
    con.execute("ROLLBACK")
    con.close()
    ok(wait_for(lambda: v.trouble() == "", 20), "torn: the trouble is over")
    v.stop()
    equal(v.rows(), (3, 3), "what came after a torn line is there")


locked()
held()
strange()
torn()
full_at_the_start()
damaged("no database", overwrite(b"this is no database at all"))
damaged("nothing but NUL", lambda p: overwrite(b"\0" * os.path.getsize(p))(p))
damaged("cut in half", lambda p: os.truncate(p, os.path.getsize(p) // 2))
damaged("of a version below none", overwrite(b"\xff\xff\xff\xfd", 60))
damaged("empty", lambda p: os.truncate(p, 0), aside=False)
newer()
read_only()
nowhere()
full()
spoiled_while_running()
done()
