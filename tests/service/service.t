#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# systemd's units are sound, and vesperd speaks with systemd as they say:
# ready, alive, ending, on the socket it is handed.
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

env = scratch_env("service")
env["PATH"] = O + ":" + env["PATH"]
env["ASAN_OPTIONS"] = "detect_leaks=0"
home = env["HOME"]
runtime = env["XDG_RUNTIME_DIR"]


def run(*args, **more):
    done_ = subprocess.run(args, env=dict(env, **more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, timeout=30)
    return done_.returncode, done_.stdout.decode()


def status_answers():
    return run("vesper", "status", "--json")[0] == 0


# the units
units = home + "/units"
os.makedirs(units)
for name in ("vesperd.service", "vesperd.socket"):
    with open(units + "/" + name, "w") as f:
        f.write(read(TOP + "/contrib/systemd/" + name).replace("@bindir@", O))
if shutil.which("systemd-analyze"):
    code, out = run("systemd-analyze", "verify", "--user", "--man=no", units + "/vesperd.service",
                    units + "/vesperd.socket")
    equal([code, out], [0, ""], "systemd has nothing to say against the units")
    os.makedirs(units + "/vesperd.service.d")
    shutil.copy(TOP + "/contrib/systemd/strict.conf", units + "/vesperd.service.d/")
    code, out = run("systemd-analyze", "verify", "--user", "--man=no", units + "/vesperd.service")
    equal([code, out], [0, ""], "nor with the strict drop-in")
else:
    skip("no systemd-analyze here")
service = read(TOP + "/contrib/systemd/vesperd.service")
ok("WatchdogSec=10min" in service and "Type=notify" in service, "ready by word, watched every ten minutes")

# sd_notify(3), heard as systemd hears it
for path in (home + "/notify", "@vesper-test-%d" % os.getpid()):
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ear.bind(path if path[0] == "/" else "\0" + path[1:])
    ear.settimeout(20)
    daemon = start("vesperd", env=dict(env, NOTIFY_SOCKET=path, WATCHDOG_USEC="2000000"), stdin=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    equal(ear.recv(100), b"READY=1", "ready is said at " + path[:1])
    ok(status_answers(), "when it answers")
    equal(ear.recv(100), b"WATCHDOG=1", "alive in half of the time given")
    daemon.terminate()
    equal(ear.recv(100), b"STOPPING=1", "ending is said")
    equal(daemon.wait(), 0, "and done")
    ear.close()
ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ear.bind(home + "/notify2")
ear.settimeout(1.5)
daemon = start("vesperd", env=dict(env, NOTIFY_SOCKET=home + "/notify2"), stdin=subprocess.DEVNULL,
               stderr=subprocess.DEVNULL)
ear.settimeout(20)
equal(ear.recv(100), b"READY=1", "without a watchdog: ready")
run("vesper", "status")
ear.setblocking(False)
try:
    more = ear.recv(100)
except BlockingIOError:
    more = None
equal(more, None, "and no more")
daemon.terminate()
daemon.wait()

# handed a socket
if shutil.which("systemd-socket-activate"):
    os.makedirs(runtime + "/vesper", exist_ok=True)
    path = runtime + "/vesper/socket"
    started = start("systemd-socket-activate", "-l", path, "-E", "HOME", "-E", "XDG_RUNTIME_DIR", "-E", "VESPER_LIBEXEC",
                    "-E", "PATH", "-E", "ASAN_OPTIONS", O + "/vesperd", env=env, stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ok(wait_for(lambda: os.path.exists(path)), "systemd listens")
    equal(read("/proc/%d/comm" % started.pid).strip()[:8], "systemd-", "nobody runs before the first word")
    ok(wait_for(status_answers), "which is answered")
    equal(read("/proc/%d/comm" % started.pid).strip(), "vesperd", "by vesperd")
    started.terminate()
    started.wait()
    ok(os.path.exists(path), "at its end the socket stays, being systemd's")
    os.unlink(path)
else:
    skip("no systemd-socket-activate here")

# doctor
start_of = [line for line in run("vesper", "doctor")[1].splitlines() if " start: " in line]
ok(start_of and start_of[0].startswith(("ok", "warn")), "doctor says who starts it", start_of)
os.makedirs(runtime + "/systemd", exist_ok=True)
open(runtime + "/systemd/private", "w").close()
code, out = run("vesper", "doctor")
ok("warn   start: systemd does not start the daemon" in out, "a user manager without our unit", out)
wants = home + "/.config/systemd/user/sockets.target.wants"
os.makedirs(wants)
os.symlink("/nowhere/vesperd.socket", wants + "/vesperd.socket")
code, out = run("vesper", "doctor")
ok("ok     start: " + wants in out, "and with it", out)

# somebody else's
code, out = run("vesperd", SUDO_UID="1000")
equal([code, "run it without sudo" in out], [1, True], "under sudo it refuses")
if os.geteuid() == 0:
    daemon = start("vesperd", "--foreground", env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ok(wait_for(status_answers), "plain root may")
    daemon.terminate()
    equal(daemon.communicate()[1].decode().count("running as root"), 1, "with one warning")
else:
    skip("the warning to root needs root")
done()
