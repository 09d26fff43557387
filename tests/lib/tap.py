# SPDX-License-Identifier: MIT
"""TAP, a scratch home and bounded waiting for the tests written in Python:

    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lib"))
    from tap import *
"""
import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
O = os.environ.get("O", TOP + "/build")
T = tempfile.mkdtemp(prefix="vesper-test.", dir=os.environ.get("TMPDIR", "/tmp"))
FAKE = os.path.join(TOP, "tests/lib/fakedaemon.py")
count = failed = 0
children = []


def _clean():
    """Politely, so that what counts lines can write down how many."""
    left = [child for child in children if child.poll() is None]
    for child in left:
        child.send_signal(signal.SIGCONT)
        child.send_signal(signal.SIGTERM)
    wait_for(lambda: all(child.poll() is not None for child in left), 2)
    for child in left:
        if child.poll() is None:
            child.kill()
            child.wait()
    shutil.rmtree(T, ignore_errors=True)


atexit.register(_clean)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def ok(good, name, *why):
    global count, failed
    count += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    if not good:
        for line in why:
            print("# " + str(line).replace("\n", "\n# "))
    sys.stdout.flush()
    return bool(good)


def equal(got, want, name):
    return ok(got == want, name, "got:  %r" % (got,), "want: %r" % (want,))


def skip(why):
    ok(True, "# SKIP " + why)


def skip_all(why):
    print("1..0 # SKIP " + why)
    sys.exit(0)


def done():
    print("1..%d" % count)
    sys.exit(failed != 0)


def wait_for(condition, seconds=10):
    """The first true value of condition(), or its last after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.01)


def scratch_env(name="home", **more):
    """An environment that knows nothing of the user, with a home in T."""
    home = os.path.join(T, name)
    os.makedirs(home, exist_ok=True)
    os.makedirs(home + "/run", mode=0o700, exist_ok=True)
    env = {"HOME": home, "XDG_RUNTIME_DIR": home + "/run", "TERM": "xterm",
           "PATH": O + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
           "TZ": "Europe/Berlin", "VESPER_LIBEXEC": O + "/libexec",
           "GIT_CONFIG_NOSYSTEM": "1"}
    env.update(more)
    return env


def socket_of(env):
    return env["XDG_RUNTIME_DIR"] + "/vesper/socket"


def start(*args, **kw):
    child = subprocess.Popen(args, **kw)
    children.append(child)
    return child


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()
    except OSError:
        return ""


class Daemon:
    """tests/lib/fakedaemon.py at the socket of env."""

    def __init__(self, env, every=20):
        self.env, self.every = env, every
        self.log = env["HOME"] + "/daemon.log"
        self.start()

    def start(self):
        path = socket_of(self.env)
        if os.path.exists(path):
            os.unlink(path)
        self.child = start(FAKE, path, self.log, str(self.every))
        assert wait_for(lambda: os.path.exists(path)), "no fake daemon"

    def push(self, *lines):
        text = "".join(line + "\n" for line in lines)
        with open(self.log + ".new", "w", encoding="utf-8",
                  errors="surrogateescape") as f:
            f.write(text)
        wait_for(lambda: not os.path.exists(self.log + ".push"), 2)
        os.rename(self.log + ".new", self.log + ".push")
        self.child.send_signal(signal.SIGUSR1)

    def heard(self):
        return read(self.log).splitlines()

    def hears(self, part, seconds=10):
        """The lines that hold part, once there is one."""
        return wait_for(lambda: [l for l in self.heard() if part in l], seconds)

    def forget(self):
        os.truncate(self.log, 0)

    def stop(self, signo=signal.SIGKILL):
        self.child.send_signal(signo)
        self.child.wait()
