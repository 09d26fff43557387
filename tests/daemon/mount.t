#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A mount behind which nobody answers any more, as of a server that is gone:
every call to it waits for ever.  Here it is a FUSE whose server is ours."""
import ctypes
import struct
import sys
import os
import threading
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

libc = ctypes.CDLL(None, use_errno=True)
MNT_DETACH = 2


class Mount:
    """The smallest FUSE server: an empty directory; it can be stopped."""

    def __init__(self, point):
        self.point, self.alive = point, True
        self.fd = os.open("/dev/fuse", os.O_RDWR)
        options = "fd=%d,rootmode=40000,user_id=0,group_id=0" % self.fd
        if libc.mount(b"nowhere", point.encode(), b"fuse.sshfs", 0, options.encode()):
            raise OSError(ctypes.get_errno(), "mount")
        atexit.register(self.end)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def end(self):
        if self.fd >= 0:
            libc.umount2(self.point.encode(), MNT_DETACH)
            os.close(self.fd)
            self.fd = -1

    def serve(self):
        while True:
            try:
                request = os.read(self.fd, 1 << 17)
            except OSError:
                return
            while not self.alive:
                time.sleep(0.01)
            opcode, unique = struct.unpack("<IQ", request[4:16])
            try:
                self.answer(opcode, unique)
            except OSError:
                return

    def answer(self, opcode, unique):
        attr = struct.pack("<QQQQQQIIIIIIIIII", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0o40755, 2, os.geteuid(), 0, 0, 4096, 0)
        body, error = b"", 0
        if opcode == 26:  # INIT
            body = struct.pack("<IIIIHHIIHHI7I", 7, 31, 0, 0, 0, 0, 1 << 16, 1, 0, 0, 0, *[0] * 7)
        elif opcode == 3:  # GETATTR
            body = struct.pack("<QII", 0, 0, 0) + attr
        elif opcode == 2 or opcode == 36:  # FORGET
            return
        else:
            error = -2 if opcode == 1 else -38  # no such file; not there
        os.write(self.fd, struct.pack("<IiQ", 16 + len(body), error, unique) + body)


def slowest(day, **line):
    begun = time.monotonic()
    answers = [day.link.ask(**line) for _ in range(20)]
    ok(all("error" not in a for a in answers), day.name + ": each is answered", answers[0])
    return time.monotonic() - begun


def probes(pid):
    return len(read("/proc/%d/task/%d/children" % (pid, pid)).split())


if os.geteuid() or not os.path.exists("/dev/fuse"):
    skip_all("only root may mount here")

day = Day("mount")
point = day.home + "/far away"
os.mkdir(point)
for place in ("near", "linked"):
    os.mkdir(day.home + "/" + place)
os.symlink("near/../far away", day.home + "/link")
os.symlink(day.home + "/link/src/.git", day.home + "/linked/.git")
os.symlink("loop", day.home + "/loop")
try:
    mount = Mount(point)
except OSError as error:
    skip_all("no mount to be had: %s" % error)
day.start("10:00")
day.link.ask(event="activity", source="vim", project=point + "/src", file=point + "/src/x.c", line=1)
before = probes(day.daemon.pid)
mount.alive = False
# until the answer of just now holds no more
begun = time.monotonic()
wait_for(lambda: day.status() and time.monotonic() - begun > 1.5)
took = slowest(day, event="activity", source="vim", project=point + "/src")
ok(took < 5, "events of a project there: 20 in %.2f s" % took)
for name, project in (("a link to it", "/link/src"), ("a repository whose .git is such a link", "/linked"),
                      ("a link to itself", "/loop/src")):
    took = slowest(day, event="activity", source="vim", project=day.home + project)
    ok(took < 5, "events of %s: 20 in %.2f s" % (name, took))
ok(slowest(day, get="status") < 5, "and all else is answered")
ok(day.link.ask(get="doctor")["checks"], "doctor, too")
ok(probes(day.daemon.pid) <= before + 1, "one child waits there, not one for each event", probes(day.daemon.pid))
mount.alive = True
ok(wait_for(lambda: day.link.ask(event="activity", source="vim", project=point + "/src").get("ok") and
            probes(day.daemon.pid) == before), "when it answers again, the child is gone")
mount.alive = False

# Notes that lie there.
day.kill(signal.SIGTERM)
mount.end()
day = Day("notes")
point = day.home + "/.local/share/vesper"
os.makedirs(point)
mount = Mount(point)
mount.alive = False
begun = time.monotonic()
day.start("10:00")
ok(time.monotonic() - begun < 8, "notes on a dead mount: the daemon starts")
answer = day.link.ask(do="merge", note="enough")
ok("error" in answer or "refused" in answer or "cannot" in json.dumps(answer), "a note is not said to be kept", answer)
ok("day" in day.link.ask(get="status"), "and it lives")
day.kill()
mount.end()

# A FIFO in a note's place.
day = Day("fifo")
notes = day.home + "/.local/share/vesper/clock-notes"
os.makedirs(notes)
os.mkfifo(notes + "/2026-11-18.md")
os.mkfifo(notes + "/2026-11-17.md")
day.start("10:00")
day.link.ask(get="note", day="2026-11-17")
answer = day.link.ask(do="merge", note="enough")
ok("cannot read" in json.dumps(answer), "a FIFO in a note's place: said", answer)
ok(os.path.exists(notes + "/2026-11-18.md"), "and left alone")
day.kill(signal.SIGTERM)
done()
