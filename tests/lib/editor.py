# SPDX-License-Identifier: MIT
"""A real Vim or Neovim on a pseudo-terminal, with this tree as a package.

VIM_EXE and NVIM_EXE name other ones than those of $PATH, to test with.
"""
import fcntl
import json
import os
import pty
import re
import select
import shlex
import signal
import socket
import struct
import termios
import threading
import time

from tap import *

EXE = {name: os.environ.get(name.upper() + "_EXE", name) for name in ("vim", "nvim")}
EDITORS = [name for name in EXE if shutil.which(EXE[name])]

TIOCGPTPEER = 0x5441

# Packages of this machine's are none of ours. And an ear: what Vim evaluates
# without a key being typed; Neovim has a socket for that.
RC_VIM = """
set nocompatible noswapfile nomore shortmess+=I ttimeout ttimeoutlen=10
set viminfo= ruler laststatus=2
if has('nvim')
  set packpath=$HOME/.local/share/nvim/site,$VIMRUNTIME
else
  set packpath=$HOME/.vim,$VIMRUNTIME
endif
function! Ear(line) abort
  let [report, expr] = matchlist(a:line, '\\v^(\\S+) (.*)')[1:2]
  try
    let heard = {'value': eval(expr)}
  catch
    let heard = {'error': v:exception}
  endtry
  call writefile([json_encode(heard)], report, 'S')
endfunction
if exists('g:ear')
  let g:ear_job = job_start(['cat', g:ear], {'out_cb': {c, line -> Ear(line)}, 'err_io': 'null'})
endif
"""


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
        f.write(RC_VIM)
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


def _value(said):
    """The object at the end of an answer; None until it is whole."""
    try:
        return json.loads(said[said.index(b'{"value": '):])
    except ValueError:
        return None


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
            if b"\x1b[5n" in data:  # newer Neovims ask whether it is there
                self.keys("\x1b[0n")

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
    def __init__(self, name, env, *args, cwd=None, rc="", shell=False, under=()):
        self.name, self.env = name, env
        stamp = time.monotonic_ns()
        self.report = "%s/report.%d" % (env["HOME"], stamp)
        self.ear = "%s/e%d" % (T, stamp)
        self.line = None
        if name == "vim":
            os.mkfifo(self.ear)
            self.line = os.open(self.ear, os.O_RDWR)
            hearing = ["--cmd", "let g:ear = '%s'" % self.ear]
        else:
            hearing = ["--listen", self.ear]
        with open(env["HOME"] + "/rc2.vim", "w") as f:
            f.write(rc)
        command = list(under) + [EXE[name], "-u", env["HOME"] + "/rc.vim", "-S", env["HOME"] + "/rc2.vim"]
        command += hearing + list(args)
        if shell:  # as a job of an interactive one
            super().__init__(["sh", "-i"], dict(env, PS1="prompt> ", ENV=""), cwd)
            wait_for(lambda: b"prompt> " in self.out)
            self.keys(shlex.join(command) + "\r")
        else:
            super().__init__(command, env, cwd)
        self.started = wait_for(lambda: b"\x1b[" in self.out)

    def type(self, keys):
        """One key a turn of the editor's loop, as people type."""
        for key in keys:
            self.keys(key)
            self.settled()

    def eval(self, expr):
        """Leaves whatever state the editor is in, and returns the value."""
        if os.path.exists(self.report):
            os.unlink(self.report)
        self.keys('\x1c\x0e')
        self.keys(':call writefile([json_encode(%s)],"%s")\r' % (expr, self.report))
        text = wait_for(lambda: read(self.report).endswith("\n") and read(self.report), 20)
        if not text:
            raise RuntimeError("no answer to %s: %r" % (expr, self.out[-400:]))
        return json.loads(text)

    def look(self, expr):
        """The value of expr, without a key and in whatever state there is;
        None while the editor takes nothing but keys."""
        if self.line is None:
            heard = self._ask(_value, "nvim_eval", "json_encode({'value': %s})" % expr)
            return heard and heard["value"]
        report = "%s.%d" % (self.ear, time.monotonic_ns())
        os.write(self.line, ("%s %s\n" % (report, expr)).encode())
        text = wait_for(lambda: read(report).endswith("\n") and read(report))
        if text:
            os.unlink(report)
        return json.loads(text or "{}").get("value")

    def _ask(self, find, method, *args):
        """What find() finds in Neovim's answer, within a second."""
        text = lambda t: b"\xda" + struct.pack(">H", len(t.encode())) + t.encode()
        said = b""
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(1)
            try:
                s.connect(self.ear)
                s.sendall(b"\x94\0\1" + text(method) + bytes([0x90 + len(args)])
                          + b"".join(map(text, args)))
                while True:
                    more = s.recv(1 << 16)
                    said += more
                    if not more or find(said):
                        return find(said)
            except OSError:
                return None

    def settled(self, mode=None):
        """True once all that was typed was taken and the editor waits for
        more, in the mode given; "!" stands for what waits for a key alone."""
        slave = fcntl.ioctl(self.fd, TIOCGPTPEER, os.O_RDONLY | os.O_NOCTTY)
        unread = lambda: struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0" * 4))[0]
        try:
            if not wait_for(lambda: unread() == 0):
                return False
        finally:
            os.close(slave)
        if self.line is not None:
            return wait_for(lambda: mode in (None, "!", self.look("mode(1)")))
        where = lambda said: re.search(rb"\xa4mode[\xa0-\xaf](.*)\xa8blocking([\xc2\xc3])", said, re.S)
        def there():
            found = self._ask(where, "nvim_get_mode")
            if not found:
                return False
            # newer ones handle events at such a prompt, too
            prompt = found[2] == b"\xc3" or found[1][:1] == b"r"
            return mode in (None, "!" if prompt else found[1].decode())
        return wait_for(there)

    def comes(self, expr, want, seconds=20):
        """True once expr is want; nothing is typed for it."""
        return wait_for(lambda: self.look(expr) == want, seconds)

    def ready(self):
        """Has begun, with the helper told of it."""
        return self.look("exists('#vesper_session')")

    def editor(self):
        """The process that edits: newer Neovims draw in another one."""
        return self.look("getpid()")

    def screen(self):
        with self.lock:
            return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b" ", self.out).decode("utf-8", "replace")

    def mark(self):
        with self.lock:
            self.out = b""

    def quit(self):
        self.keys("\x1c\x0e:qa!\r")
        return self.ends(20)
