#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kill -9 at any instant, under load: what was acknowledged is there, once;
so is what waited in the spool.  VESPER_NIGHTLY=1 kills 10,000 times, a hundred
times in each of a hundred homes."""
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lib"))
from tap import *

if os.environ.pop("VESPER_NIGHTLY", None):
    for seed in range(100):
        out = subprocess.run([__file__], env=dict(os.environ, VESPER_SEED=str(seed)),
                             capture_output=True, text=True).stdout
        ok(out.endswith("1..8\n") and "not ok" not in out, out.splitlines()[0][7:], out[:2000])
    done()

ROUNDS = 100
SEED = int(os.environ.get("VESPER_SEED", time.time_ns() % 1000000))
env = scratch_env("kill", ASAN_OPTIONS="detect_leaks=0")
state = env["HOME"] + "/.local/state/vesper"
db = state + "/vesper.db"
chance = random.Random(SEED)
sent = acknowledged = spooled = 0
known = set()    # acknowledged
offered = set()  # left in the spool


def start_daemon():
    log = open(env["HOME"] + "/log", "ab")
    child = subprocess.Popen([O + "/vesperd"], env=env, stdin=subprocess.DEVNULL,
                             stdout=log, stderr=log)
    children.append(child)

    def connect():
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(socket_of(env))
            return s
        except OSError:
            s.close()
            return None
    return child, connect


def leave_in_spool(n):
    """As attach writes them."""
    os.makedirs(state + "/spool", mode=0o700, exist_ok=True)
    if sum(os.path.getsize(e) for e in os.scandir(state + "/spool")) > 1000000:
        return
    boot_id = open("/proc/sys/kernel/random/boot_id").read().strip()
    with open("%s/spool/attach-%d.jsonl" % (state, n), "a") as f:
        for i in range(chance.randint(1, 60)):
            name = "/s/%d.%d" % (n, i)
            offered.add(name)
            f.write(json.dumps({"event": "activity", "source": "vim", "project": name,
                                "at": int(time.time()),
                                "boot": int(time.clock_gettime(time.CLOCK_BOOTTIME)),
                                "boot_id": boot_id}) + "\n")
        if chance.random() < 0.3:
            f.write('{"event":"activity","project":"/torn')


def load(s, seconds):
    """Sends events and notes those that are acknowledged, until killed."""
    global sent
    s.settimeout(60)
    rest = b""
    try:
        s.sendall(b'{"hello":1,"as":"vim","subscribe":true}\n')
        if chance.random() < 0.5:
            rest = hear(s, rest)  # it is up
        s.settimeout(0.002)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            batch = b""
            for _ in range(chance.randint(1, 20)):
                sent += 1
                batch += b'{"event":"activity","source":"vim","project":"/e/%d","id":%d}\n' % (sent, sent)
            s.sendall(batch)
            rest = hear(s, rest)
    except OSError:
        pass
    return rest


def hear(s, rest):
    try:
        rest += s.recv(65536)
    except socket.timeout:
        return rest
    *lines, rest = rest.split(b"\n")
    for line in lines:
        answer = json.loads(line)
        if answer.get("ok") and "id" in answer:
            known.add("/e/%d" % answer["id"])
    return rest


def drain(s, rest):
    """Answers that were sent before the end count as well."""
    s.settimeout(1)
    try:
        while True:
            before = rest
            rest = hear(s, rest)
            if rest == before:
                return
    except OSError:
        pass


ok_checks = True
for n in range(ROUNDS):
    if chance.random() < 0.5:
        leave_in_spool(n)
    child, connect = start_daemon()
    wait = chance.choice([0, 0.001, 0.005, 0.02])
    if chance.random() < 0.3:
        time.sleep(wait)  # at a random instant of the start
        child.kill()
        child.wait()
        continue
    s = wait_for(lambda: connect() if child.poll() is None else "dead")
    if not s or s == "dead":
        ok(False, "round %d: it starts" % n, read(env["HOME"] + "/log")[-500:])
        break
    rest = load(s, chance.random() * 0.06)
    child.kill()
    child.wait()
    drain(s, rest)
    s.close()
    if n % 10 == 0:
        con = sqlite3.connect(db)
        ok_checks &= con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        con.close()

child, connect = start_daemon()
s = wait_for(connect)
load(s, 0)
wait_for(lambda: not os.listdir(state + "/spool"), 60)
child.send_signal(signal.SIGTERM)
child.wait()
con = sqlite3.connect(db)
rows = {}
for project, count in con.execute("SELECT project, count(*) FROM events WHERE kind = 'activity' GROUP BY project"):
    rows[project] = count
ok(len(known) > 1000, "%d kills, %d events acknowledged (seed %d)"
   % (ROUNDS, len(known), SEED))
equal(sorted(known - set(rows))[:5], [], "of the acknowledged none is missing")
equal(sorted(offered - set(rows))[:5], [], "of %d in the spool none is missing" % len(offered))
equal([p for p, c in rows.items() if c != 1][:5], [], "none is there twice")
equal(os.listdir(state + "/spool")[:5], [], "the spool is empty")
# A kill between removing a file and its mark leaves the mark, which holds for
# the very bytes of that file only.
equal([m for m, in con.execute("SELECT log FROM marks WHERE repository = 'leftover'") if os.path.exists(m)],
      [], "and no mark is of a file that is there")
ok(ok_checks and con.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the database is sound")
equal([f for f in os.listdir(state) if "broken" in f], [], "none was set aside")
done()
