#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The editor's helper against a daemon that is there, absent, hung or gone.
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from tap import *

ATTACH = O + "/libexec/attach"
HELLO = '{"hello":1,"as":"vim","pid":%d,"subscribe":true}' % os.getpid()
BEAT = '{"event":"activity","source":"vim","project":"/src/a","file":"","line":%d}'


class Editor:
    """Runs attach and collects what it says, unless told to be deaf."""

    def __init__(self, env, deaf=False):
        self.p = start(ATTACH, env=env, stdin=subprocess.PIPE,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = []
        if not deaf:
            self.listen()

    def listen(self):
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.p.stdout:
            self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))

    def send(self, *lines):
        for line in lines:
            data = line if isinstance(line, bytes) else line.encode()
            self.p.stdin.write(data + b"\n")
        self.p.stdin.flush()

    def told(self, part):
        return wait_for(lambda: [l for l in list(self.lines) if part in l])

    def ends(self, seconds=2):
        try:
            self.p.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False


def spooled(env):
    dirname = env["HOME"] + "/.local/state/vesper/spool"
    names = sorted(os.listdir(dirname)) if os.path.isdir(dirname) else []
    return [l for n in names for l in read(dirname + "/" + n).splitlines()]


def beats(daemon):
    return [json.loads(l)["line"] for l in daemon.heard() if '"line"' in l]


def relay():
    env = scratch_env("relay")
    d = Daemon(env)
    e = Editor(env)
    e.send(HELLO)
    ok(e.told('"every"'), "the hello is answered")
    e.send(BEAT % 1, '{"do":"extend","when":"15m","id":7}')
    answer = e.told('"id"')
    ok(answer and '"ok"' in answer[0], "a request is answered")
    equal(d.heard()[1], HELLO, "the hello came first")
    equal(beats(d), [1], "the event came as it was written")
    d.push('{"status":"18:00","regime":"normal"}')
    ok(e.told('"18:00"'), "a push arrives")
    e.send(BEAT % 2, '["not","an","object"]', "", BEAT.replace('"/src/a"', '"\u00e4"') % 3)
    ok(wait_for(lambda: beats(d) == [1, 2, 3]), "what is no object is dropped")
    e.send(b'{"event":"activity","file":"\xff"}', BEAT % 4)
    ok(wait_for(lambda: 4 in beats(d)), "so is what is not UTF-8, and the link lives")
    ok("�" not in read(d.log), "nothing of it was sent")
    d.push('{"status":"\udcff"}', '{"notice":"x","n":1,"body":"%s"}' % ("y" * 5000),
           '{"status":"after"}')
    e.told('"after"')
    ok(not [l for l in e.lines if "yyy" in l or "�" in l],
       "lines over 4 KiB and invalid UTF-8 never reach the editor")
    e.send('{"get":"note","id":8}')
    parts = lambda: [json.loads(l)["text"] for l in list(e.lines) if '"id": 8' in l]
    ok(wait_for(lambda: len(parts()) == 4), "a long answer comes whole and in order", parts())
    before = beats(d)
    e.send('{"again":5}', '{"again":-1}', '{"again":"x"}', '{"again":}', '{"again":12345678901234567890}', '{"again":6}')
    ok(wait_for(lambda: beats(d) == before + [5, 6]), "a report is said again with another line", beats(d))
    equal([json.loads(l) for l in d.heard() if '"line":5' in l], [json.loads(BEAT % 5)], "whole")
    e.p.stdin.close()
    ok(e.ends(), "it ends with the editor")
    equal(spooled(env), [], "nothing was spooled")
    d.stop()


def restarted():
    env = scratch_env("restarted")
    d = Daemon(env)
    e = Editor(env)
    e.send('{"again":1}', HELLO, BEAT % 1)
    d.hears('"line":1')
    e.send('{"get":"silence","id":9}')
    d.hears("silence")
    d.stop()
    ok(e.told('{"id":9,"error":"no daemon"}'), "who waits learns that no answer comes")
    ok(e.told('{"status":"","regime":""}'), "and the status is emptied")
    e.send('{"again":2}', '{"do":"carry","id":10}')
    ok(e.told('{"id":10,"error":"no daemon"}'), "a request without a daemon is answered")
    d.start()
    d.forget()
    e.send(BEAT % 3)
    ok(d.hears('"line":3'), "the next line finds the new daemon")
    equal(d.heard()[1:2], [HELLO], "after the hello, said again")
    one = json.loads(spooled(env)[0])
    equal(one["line"], 2, "the event in between was spooled, whole")
    equal(one["project"], "/src/a", "with what was not said again")
    now = int(time.time())
    boot = int(time.clock_gettime(time.CLOCK_BOOTTIME))
    ok(now - 60 <= one["at"] <= now and boot - 60 <= one["boot"] <= boot,
       "with its instant on both clocks", one)
    equal(one["boot_id"], read("/proc/sys/kernel/random/boot_id").strip(), "and the boot")
    dirname = env["HOME"] + "/.local/state/vesper/spool"
    equal(os.listdir(dirname), ["attach-%d.jsonl" % e.p.pid], "one file a writer")
    mode = [oct(os.stat(p).st_mode & 0o777) for p in
            (dirname, dirname + "/attach-%d.jsonl" % e.p.pid)]
    equal(mode, ["0o700", "0o600"], "closed to others")
    e.p.send_signal(signal.SIGTERM)
    ok(e.ends(), "it ends on TERM")
    d.stop()


def torn():
    """The file of a writer that was killed, whose number is this one's now."""
    env = scratch_env("torn")
    e = Editor(env)
    dirname = env["HOME"] + "/.local/state/vesper/spool"
    os.makedirs(dirname)
    with open("%s/attach-%d.jsonl" % (dirname, e.p.pid), "w") as f:
        f.write('{"event":"act')
    e.send(HELLO, BEAT % 1, '{"do":"carry","id":1}')
    e.told('"id":1')
    equal(json.loads(spooled(env)[1])["line"], 1, "a torn line does not take the next one with it")
    e.p.kill()


def bounds():
    env = scratch_env("bounds")
    e = Editor(env)
    e.send(HELLO, *['{"event":"activity","file":"%s"}' % ("f" * 8000)] * 200)
    e.send('{"do":"carry","id":1}')
    e.told('"id":1')
    size = sum(len(l) + 1 for l in spooled(env))
    ok(1000000 < size <= 1 << 20, "the spool is bounded", size)
    e.send("x" * 70000, '{"id":2,"do":"merge","note":"%s"}' % ("n" * 70000), '{"id":3}')
    ok(e.told('{"id":2,"error":"the line cannot be sent"}'), "a line over 64 KiB is refused")
    ok(e.told('{"id":3'), "and the next one is heard")
    e.p.send_signal(signal.SIGHUP)
    ok(e.ends(), "it ends on HUP")
    equal(len(e.p.stderr.read()), 0, "it says nothing on stderr")


def hung():
    env = scratch_env("hung")
    d = Daemon(env)
    d.child.send_signal(signal.SIGSTOP)
    e = Editor(env)
    began = time.monotonic()
    e.send(HELLO, *['{"event":"activity","line":%d,"file":"%s"}' % (i, "f" * 5000)
                    for i in range(200)])
    e.send('{"do":"carry","id":1}')
    ok(e.told('"id":1,"error":"the daemon is busy"'), "a stopped daemon is named as busy")
    kept = len(spooled(env))
    ok(0 < kept < 200, "what it cannot take is spooled", kept)
    e.p.send_signal(signal.SIGTERM)
    ok(e.ends(), "and the helper ends at once")
    last = len(spooled(env))
    d.child.send_signal(signal.SIGCONT)
    ok(wait_for(lambda: "closed" in read(d.log)), "the daemon goes on")
    equal(len(beats(d)) + last, 200, "no event was lost, none told twice")
    d.stop()


def full_queue():
    env = scratch_env("full")
    path = socket_of(env)
    os.makedirs(os.path.dirname(path))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(0)
        others = []
        while len(others) < 8:
            s = socket.socket(socket.AF_UNIX)
            s.setblocking(False)
            others.append(s)
            if s.connect_ex(path):
                break
        e = Editor(env)
        e.send(HELLO, BEAT % 1, '{"do":"carry","id":1}')
        ok(e.told('{"id":1,"error":"the daemon is busy"}'), "a full listen queue does not block")
        equal(len(spooled(env)), 1, "the event was spooled")
        e.p.stdin.close()
        ok(e.ends(), "and it ends at once")
        for s in others:
            s.close()


def deaf_editor():
    env = scratch_env("deaf")
    d = Daemon(env)
    e = Editor(env, deaf=True)
    e.send(HELLO, BEAT % 1)
    d.hears('"line":1')
    d.push('{"notice":"merge","n":1,"level":2,"title":"stays"}')
    fill = ['{"status":"%d %s"}' % (i, "s" * 3000) for i in range(400)]
    d.push(*fill)
    e.send(BEAT % 2)
    ok(d.hears('"line":2'), "an editor that does not read stops nothing")
    d.push('{"notice":"stretch","n":2,"level":0,"title":"goes"}', '{"gone":7}', '{"gone":8}',
           '{"status":"last"}')
    e.send('{"get":"note","id":4}')
    d.hears('"get":"note"')
    e.listen()
    ok(e.told('"day"'), "what it asked for comes when it reads again")
    status = [l for l in e.lines if '"status"' in l]
    ok(status and "last" in status[-1], "the newest status came")
    ok(len(status) < 60, "the old ones did not", len(status))
    ok([l for l in e.lines if "stays" in l] and [l for l in e.lines if "goes" in l],
       "a passing notice hides none that stays")
    equal([l for l in e.lines if '"gone"' in l], ['{"gone":7}', '{"gone":8}'], "every gone counts")
    e.p.kill()
    d.stop()


def surroundings():
    env = scratch_env("surroundings", GIT_DIR="/nowhere", GIT_INDEX_FILE="/x/index.lock")
    d = Daemon(env)
    r, w = os.pipe()
    os.set_inheritable(w, True)
    e = Editor.__new__(Editor)
    e.p = start(ATTACH, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, close_fds=False, cwd=T)
    e.lines = []
    e.listen()
    e.send(HELLO, BEAT % 1)
    d.hears('"line":1')
    proc = "/proc/%d/" % e.p.pid
    equal(os.readlink(proc + "cwd"), "/", "it holds no directory")
    held = [os.readlink(proc + "fd/" + n) for n in os.listdir(proc + "fd")]
    ok(not [h for h in held if h == os.readlink("/proc/self/fd/%d" % w)],
       "it holds none of the editor's files", held)
    os.close(r)
    os.close(w)
    smaps = read(proc + "smaps_rollup")
    private = sum(int(n) for n in re.findall(r"^Private_\w+:\s+(\d+) kB", smaps, re.M))
    ok(0 < private <= 100, "at most 100 kB of memory are its own", private)
    switches = lambda: re.findall(r"ctxt_switches:\s+(\d+)", read(proc + "status"))
    wait_for(lambda: "ppoll" in read(proc + "syscall") or read(proc + "wchan").startswith("do_"), 1)
    before = switches()
    trace = subprocess.run(["timeout", "1", "strace", "-c", "-S", "calls", "-p", str(e.p.pid),
                            "-o", T + "/strace"], stderr=subprocess.DEVNULL)
    calls = [l for l in read(T + "/strace").splitlines() if re.search(r"\d.*[a-z]$", l)
             and not re.search(r"total|ppoll|restart_syscall", l)]
    if trace.returncode == 124 and os.path.exists(T + "/strace"):
        equal(calls, [], "idle, it does nothing")
    else:
        print("# no strace here; context switches instead")
        equal(switches(), before, "idle, it does nothing")
    e.p.kill()
    alone = Editor(env, deaf=True)
    alone.send(HELLO, BEAT % 2)
    d.hears('"line":2')
    alone.p.stdout.close()
    d.push('{"status":"to nobody"}')
    ok(alone.ends(), "it ends when nobody reads any more")
    d.stop()


def last_words():
    env = scratch_env("last")
    d = Daemon(env)
    e = Editor(env)
    e.send(HELLO, BEAT % 1)
    d.hears('"line":1')
    e.p.send_signal(signal.SIGSTOP)
    e.send('{"event":"bye"}')
    e.p.send_signal(signal.SIGTERM)
    e.p.send_signal(signal.SIGCONT)
    ok(d.hears('"bye"'), "the last line arrives although TERM came with it")
    ok(e.ends(), "and then it ends")
    d.stop()


def places():
    def at(name, **more):
        env = scratch_env(name, **more)
        for key in [k for k in more if more[k] is None]:
            del env[key]
        return env
    env = at("place1", XDG_RUNTIME_DIR=None, XDG_STATE_HOME=T + "/place1/st")
    d = Daemon(dict(env, XDG_RUNTIME_DIR=T + "/place1/st"))
    d.stop()
    os.rename(T + "/place1/st/vesper", T + "/place1/v")
    os.makedirs(T + "/place1/st/vesper")
    os.rename(T + "/place1/v", T + "/place1/st/vesper/run")
    e = Editor(env)
    e.send(HELLO, BEAT % 1, '{"do":"carry","id":1}')
    e.told('"id":1')
    ok(os.path.isdir(T + "/place1/st/vesper/spool"), "the spool follows XDG_STATE_HOME")
    trace = subprocess.run(["strace", "-e", "trace=connect", ATTACH], env=env, input=HELLO.encode() + b"\n",
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr.decode()
    ok("/place1/st/vesper/run/socket" in trace or "ptrace" in trace, "so does the socket without a runtime directory", trace)
    long = Editor(scratch_env("place2", VESPER_SOCKET="/tmp/" + "x" * 200))
    long.send(HELLO, '{"do":"carry","id":1}')
    ok(long.told('{"id":1,"error":"no daemon"}'), "a path too long for a socket is no daemon")


if not os.access(ATTACH, os.X_OK):
    skip_all("attach is not built")
relay()
restarted()
torn()
bounds()
hung()
full_queue()
deaf_editor()
surroundings()
last_words()
places()
done()
