#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kill -9 at any instant, under load: what was acknowledged is there, once;
so is what waited in the spool.  The same while the disk is now and then full
(a small file system of its own, or a limit where we may not mount one), and
while writes fail.  VESPER_NIGHTLY=1 kills 10,000 times in each of the three
ways, a hundred times in each of a hundred homes, as many at a time as there are
processors."""
import concurrent.futures
import json
import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lib"))
from tap import *

WAYS = ("kills", "full", "failing")


def one(way, seed, rounds):
    return subprocess.run([__file__, way, str(rounds)], env=dict(os.environ, VESPER_SEED=str(seed)),
                          capture_output=True, text=True).stdout


def at_night(way):
    """A hundred homes; one line for each that is not as it should be."""
    acknowledged = kills = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for seed, out in enumerate(pool.map(lambda seed: one(way, seed, 100), range(100))):
            good = out.endswith("1..9\n") and "not ok" not in out
            figure = out.split("# figure: ")[-1].split()
            kills, acknowledged = kills + int(figure[0]), acknowledged + int(figure[2])
            if not good:
                ok(False, "%s, seed %d" % (way, seed), out[:2000])
    print("# figure: %s: %d kills, %d events acknowledged, none missing, none doubled, every database sound"
          % (way, kills, acknowledged) if not failed else "# figure: %s: FAILED" % way)
    ok(kills >= 10000, "%s: %d times" % (way, kills))


if len(sys.argv) == 1:
    seed = int(os.environ.get("VESPER_SEED", time.time_ns() % 1000000))
    for way in WAYS:
        if os.environ.get("VESPER_NIGHTLY"):
            at_night(way)
        else:
            out = one(way, seed, 100 if way == "kills" else 40)
            ok(out.endswith("1..9\n") and "not ok" not in out, "%s: %s" % (way, out.splitlines()[0][7:]), out[:2000])
    done()

WAY, ROUNDS = sys.argv[1], int(sys.argv[2])
SEED = int(os.environ.get("VESPER_SEED", 0))
env = scratch_env("kill", ASAN_OPTIONS="detect_leaks=0")
state = env["HOME"] + "/.local/state/vesper"
db = state + "/vesper.db"
filler = state + "/filler"
chance = random.Random(SEED)
sent = killed = 0
known = set()    # acknowledged
offered = set()  # left in the spool


def own_disk():
    """A file system of 64 MB, if we may have one: the log grows to 8 before it is written back."""
    os.makedirs(state)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "vesper-test", state],
                      stderr=subprocess.DEVNULL).returncode:
        return False
    atexit.register(lambda: subprocess.run(["umount", "-l", state]))
    return True


def leave_room(n):
    """Bytes that are left on the disk; None: as much as there is."""
    if os.path.exists(filler):
        os.unlink(filler)
    if n is None:
        return
    with open(filler, "wb") as f:
        while True:
            st = os.statvfs(state)
            try:
                return os.posix_fallocate(f.fileno(), 0, max(1, st.f_bavail * st.f_bsize - n))
            except OSError:  # the daemon wrote in between
                if not st.f_bavail:
                    return


DISK = WAY == "full" and own_disk()


def limit(pid=0):
    """A size at which writes fail, mostly close to what there is; or none."""
    size = os.path.getsize(db) if os.path.exists(db) else 0
    size = chance.choice([resource.RLIM_INFINITY, 0, size // 2, size + chance.randint(-8192, 65536), 1 << 20])
    size = size if size == resource.RLIM_INFINITY else max(0, size)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def start_daemon():
    log = open(env["HOME"] + "/log", "ab")
    child = subprocess.Popen([O + "/vesperd"], env=env, stdin=subprocess.DEVNULL,
                             stdout=log, stderr=log)
    children[:] = [child]

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
    """As attach writes them; one that does not fit is not one."""
    os.makedirs(state + "/spool", mode=0o700, exist_ok=True)
    if sum(os.path.getsize(e) for e in os.scandir(state + "/spool")) > 1000000:
        return
    boot_id = open("/proc/sys/kernel/random/boot_id").read().strip()
    fd = os.open("%s/spool/attach-%d.jsonl" % (state, n), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for i in range(chance.randint(1, 60)):
        name = "/s/%d.%d" % (n, i)
        line = json.dumps({"event": "activity", "source": "vim", "project": name, "at": int(time.time()),
                           "boot": int(time.clock_gettime(time.CLOCK_BOOTTIME)), "boot_id": boot_id}) + "\n"
        try:
            if os.write(fd, line.encode()) < len(line):
                break
        except OSError:
            break
        offered.add(name)
    else:
        if chance.random() < 0.3:
            try:
                os.write(fd, b'{"event":"activity","project":"/torn')
            except OSError:
                pass
    os.close(fd)


def load(s, seconds, pid=None):
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
            if pid and chance.random() < 0.2:
                limit(pid)
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


def is_sound():
    """The database as it was left, in a copy: to open it is to mend it."""
    there = T + "/copy"
    shutil.rmtree(there, ignore_errors=True)
    os.mkdir(there)
    for name in ("vesper.db", "vesper.db-wal"):
        if os.path.exists(state + "/" + name):
            shutil.copy(state + "/" + name, there)
    con = sqlite3.connect(there + "/vesper.db")
    try:
        return con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        con.close()


def kill(child):
    global killed
    child.kill()
    child.wait()
    killed += 1


unsound = []
while killed < ROUNDS:
    n = killed
    if DISK:
        leave_room(chance.choice([None, 0, chance.randint(0, 300000), chance.randint(0, 40000)]))
    if chance.random() < 0.5:
        leave_in_spool(n)
    child, connect = start_daemon()
    if WAY == "failing" or WAY == "full" and not DISK:
        limit(child.pid)
    wait = chance.choice([0, 0.001, 0.005, 0.02])
    if chance.random() < 0.3:
        time.sleep(wait)  # at a random instant of the start
        kill(child)
        continue
    s = wait_for(lambda: connect() if child.poll() is None else "dead")
    if not s or s == "dead":
        ok(False, "round %d: it starts" % n, read(env["HOME"] + "/log")[-500:])
        break
    rest = load(s, chance.random() * 0.06, child.pid if WAY == "failing" else None)
    kill(child)
    drain(s, rest)
    s.close()
    if not is_sound():
        unsound.append(n)

if DISK:
    leave_room(None)
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
ok(len(known) > ROUNDS // 2, "%d kills, %d events acknowledged (seed %d)" % (killed, len(known), SEED))
equal(sorted(known - set(rows))[:5], [], "of the acknowledged none is missing")
equal(sorted(offered - set(rows))[:5], [], "of %d in the spool none is missing" % len(offered))
equal([p for p, c in rows.items() if c != 1][:5], [], "none is there twice")
equal(os.listdir(state + "/spool")[:5], [], "the spool is empty")
# A kill between removing a file and its mark leaves the mark, which holds for
# the very bytes of that file only.
equal([m for m, in con.execute("SELECT log FROM marks WHERE repository = 'leftover'") if os.path.exists(m)],
      [], "and no mark is of a file that is there")
equal(unsound, [], "the database was sound after each kill")
equal(con.execute("PRAGMA integrity_check").fetchone()[0], "ok", "and is at the end")
equal([f for f in os.listdir(state) if "broken" in f], [], "none was set aside")
print("# figure: %d kills, %d events acknowledged" % (killed, len(known)))
done()
