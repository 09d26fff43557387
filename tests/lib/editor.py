# SPDX-License-Identifier: MIT
"""A real Vim or Neovim on a pseudo-terminal, with this tree as a package."""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time

from tap import *

EDITORS = [e for e in ("vim", "nvim") if shutil.which(e)]


def install(env, program=True):
    """The tree as a native package of both editors, and a "vesper" to run."""
    home = env["HOME"]
    for pack in (home + "/.vim/pack/v/start", home + "/.local/share/nvim/site/pack/v/start"):
        os.makedirs(pack, exist_ok=True)
        os.symlink(TOP, pack + "/vesper")
    os.makedirs(home + "/bin", exist_ok=True)
    if program:
        with open(home + "/bin/vesper", "w") as f:
            f.write('#!/bin/sh\n[ "$1" = attach ] && exec "%s/libexec/attach"\n'
                    '. "$HOME/bin/vesper.sh"\n' % O)
        os.chmod(home + "/bin/vesper", 0o755)
    # nothing but ours: not the client of the build, either
    env["PATH"] = home + "/bin:" + ":".join(
        p for p in os.environ["PATH"].split(":") if not os.path.exists(p + "/vesper"))
    with open(home + "/rc.vim", "w") as f:
        f.write("set nocompatible noswapfile nomore shortmess+=I ttimeout ttimeoutlen=10\n"
                "set viminfo= ruler laststatus=2\n")
    return env


def helpers_of(pid):
    """The processes below pid (or of its session) that are helpers."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = read("/proc/%s/stat" % name)
            if "(attach)" in stat and int(stat.rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(name))
    return found


class Terminal:
    def __init__(self, args, env, cwd=None):
        self.out = b""
        self.lock = threading.Lock()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd or env["HOME"])
            os.execvpe(args[0], args, env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 90, 0, 0))
        children.append(self)
        threading.Thread(target=self._drain, daemon=True).start()
        self.status = None

    def _drain(self):
        while True:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return
            if not data:
                return
            with self.lock:
                self.out += data

    # as much of Popen as tap.py needs
    def poll(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def send_signal(self, signo):
        if self.poll() is None:
            os.kill(self.pid, signo)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def wait(self):
        while self.poll() is None:
            time.sleep(0.005)
        return self.status

    def keys(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            n = os.write(self.fd, data[:1024])
            data = data[n:]

    def ends(self, seconds=5):
        return wait_for(lambda: self.poll() is not None, seconds)


class Editor(Terminal):
    def __init__(self, name, env, *args, cwd=None, rc=""):
        self.name, self.env = name, env
        self.report = env["HOME"] + "/report.%s.%d" % (name, time.monotonic_ns())
        with open(env["HOME"] + "/rc2.vim", "w") as f:
            f.write(rc)
        super().__init__([name, "-u", env["HOME"] + "/rc.vim", "-S", env["HOME"] + "/rc2.vim"]
                         + list(args), env, cwd)
        self.started = wait_for(lambda: b"\x1b[" in self.out)

    def eval(self, expr):
        """Leaves whatever state the editor is in, and returns the value."""
        if os.path.exists(self.report):
            os.unlink(self.report)
        self.keys('\x1c\x0e')
        self.keys(':call writefile([json_encode(%s)],"%s")\r' % (expr, self.report))
        text = wait_for(lambda: read(self.report).endswith("\n") and read(self.report), 4)
        if not text:
            raise RuntimeError("no answer to %s: %r" % (expr, self.out[-400:]))
        return json.loads(text)

    def comes(self, expr, want):
        """True once expr is want. Leaves the editor at rest between looks."""
        for _ in range(20):
            if self.eval(expr) == want:
                return True
            time.sleep(0.4)
        return False

    def ready(self):
        """Has begun, with the helper told of it."""
        return self.eval("exists('#vesper_session')")

    def screen(self):
        with self.lock:
            return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b" ", self.out).decode("utf-8", "replace")

    def mark(self):
        with self.lock:
            self.out = b""

    def quit(self):
        self.keys("\x1c\x0e:qa!\r")
        return self.ends()
