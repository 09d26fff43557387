#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Events that found no daemon: read in order of time, once, whoever wrote them
and whatever else lies there; and many writers while the daemon comes."""
import sqlite3
import sys
import os
import threading
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

BOOT_ID = read("/proc/sys/kernel/random/boot_id").strip()


class Home:
    def __init__(self, name):
        self.env = scratch_env(name, ASAN_OPTIONS="detect_leaks=0")
        self.state = self.env["HOME"] + "/.local/state/vesper"
        self.spool = self.state + "/spool"
        os.makedirs(self.spool, mode=0o700)

    def begin(self):
        log = open(self.env["HOME"] + "/log", "a")
        self.daemon = start(O + "/vesperd", env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(lambda: os.path.exists(socket_of(self.env)))

    def link(self):
        return wait_for(self._link)

    def _link(self):
        try:
            return Link(socket_of(self.env))
        except OSError:
            return None

    def end(self):
        self.daemon.terminate()
        return self.daemon.wait(20)

    def stored(self):
        con = sqlite3.connect(self.state + "/vesper.db")
        rows = con.execute("SELECT project, at FROM events WHERE kind = 'activity' ORDER BY at, id").fetchall()
        con.close()
        return rows

    def leave(self, name, *lines, mode="a"):
        with open(self.spool + "/" + name, mode) as f:
            f.write("".join(lines))


def line(project, age, boot=True, **more):
    event = {"event": "activity", "source": "vim", "project": project, "at": int(time.time()) - age}
    if boot:
        event.update(boot=int(time.clock_gettime(time.CLOCK_BOOTTIME)) - age, boot_id=BOOT_ID)
    return json.dumps(dict(event, **more)) + "\n"


def what_lies_there():
    home = Home("order")
    day = 86400
    home.begin()  # there is a record already, twenty days old
    home.link().close()
    home.end()
    con = sqlite3.connect(home.state + "/vesper.db")
    con.execute("UPDATE events SET at = at - ?", [20 * day])
    con.commit()
    con.close()
    home.leave("attach-3.jsonl", line("/3", 30), line("/1", 50), '{"event":"activity","project":"/torn')
    home.leave("attach-2.jsonl", line("/2", 40), "\n", "not a line\n", '["neither"]\n', "\0\0\0\n",
               line("/4", 20))
    home.leave("attach-1.jsonl", line("/old", 13 * day, boot=False), line("/too old", 15 * day, boot=False),
               line("/future", -3600, boot=False), line("/0", 60, project2={"unknown": [1]}))
    # the clock was set since: what counts is how long ago it was
    home.leave("attach-4.jsonl", line("/set", 10, at=int(time.time()) - 9 * day))
    # before the machine was started, in another life of it, or an hour ahead of the machine itself
    up = int(time.clock_gettime(time.CLOCK_BOOTTIME))
    home.leave("attach-8.jsonl", line("/before", min(up + 3600, 12 * day)), line("/other boot", 25, boot_id="another", boot=1),
               line("/ahead", 15, boot=up + 3600), line("/no boot", 14, boot=0))
    home.leave("attach-5.jsonl", *["x" * 60000 + "\n"] * 18, line("/beyond the bound", 5))
    os.mkfifo(home.spool + "/attach-6.jsonl")
    home.leave("elsewhere", line("/elsewhere", 5))
    os.rename(home.spool + "/elsewhere", home.env["HOME"] + "/elsewhere")
    os.symlink(home.env["HOME"] + "/elsewhere", home.spool + "/attach-7.jsonl")
    home.begin()
    link = home.link()
    checks = link.ask(get="doctor")["checks"]
    ok([c for c in checks if c["name"] == "spool" and c["state"] == "warn"], "what is refused is counted and told")
    link.close()
    equal(home.end(), 0, "a FIFO among them stops nothing")
    rows = home.stored()
    equal([p for p, _ in rows],
          ["/old", "/before", "/0", "/1", "/2", "/3", "/other boot", "/4", "/ahead", "/no boot", "/set"],
          "in the order of time, whatever the file, and what cannot be read hides nothing")
    near = [abs(at - (time.time() - age)) < 20 for (p, at), age in zip(rows[2:], (60, 50, 40, 30, 25, 20, 15, 14, 10))]
    ok(all(near), "each with its instant, whatever the clock says", rows)
    equal(sorted(os.listdir(home.spool)), ["attach-6.jsonl", "attach-7.jsonl"], "read files are gone, strange ones stay")
    ok(os.path.exists(home.env["HOME"] + "/elsewhere"), "and no link was followed")
    home.begin()
    home.link().close()
    home.end()
    equal(home.stored(), rows, "nothing is read twice")


def many_writers():
    """Twenty editors at once; the daemon comes while they write."""
    home = Home("writers")
    each, editors = 60, 20
    half = threading.Barrier(editors + 1)

    def write(n):
        p = subprocess.Popen([O + "/libexec/attach"], env=home.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             bufsize=0)
        p.stdin.write(b'{"hello":1,"as":"vim","subscribe":true}\n')
        for i in range(each):
            if i == each // 2:
                half.wait()
            p.stdin.write(b'{"event":"activity","source":"vim","project":"/%d.%d"}\n' % (n, i))
            time.sleep(0.002)  # as fast as nobody types
        p.stdin.write(b'{"get":"status","id":1}\n')
        while b'"id":1' not in p.stdout.readline():
            pass
        p.stdin.close()
        p.stdout.close()
        p.wait()
    threads = [threading.Thread(target=write, args=[n]) for n in range(editors)]
    for t in threads:
        t.start()
    half.wait()
    ok(os.listdir(home.spool), "they write to the spool")
    home.begin()
    for t in threads:
        t.join()
    link = home.link()
    link.sock.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
    ok(wait_for(lambda: not os.listdir(home.spool) or link.sock.sendall(
        b'{"hello":1,"as":"vim","subscribe":true}\n')), "and it is read", os.listdir(home.spool))
    link.close()
    equal(home.end(), 0, "the daemon ends")
    projects = [p for p, _ in home.stored()]
    equal(len(projects), len(set(projects)), "no event is there twice")
    equal(set("/%d.%d" % (n, i) for n in range(editors) for i in range(each)) - set(projects), set(), "none is missing")


what_lies_there()
many_writers()
done()
