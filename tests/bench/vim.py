# SPDX-License-Identifier: MIT
"""What the plugin costs an editor that somebody types in: the same editor with
it, without it, and without it again, which says how much of a difference is
noise. Interleaved rounds, the lower quartile of each; a report is due every
second, twenty times as often as by default."""
import glob
import sys
import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 25
STARTS = 6 * ROUNDS
MOVES, INSERTS, WRITES = 400, 300, 10
FILE = "".join("line %d\n" % i for i in range(200))
BLOCKS = """
function! Took(what, expr) abort
  let began = reltime()
  call eval(a:expr)
  let g:took += [[a:what, reltimefloat(reltime(began)) * 1000]]
endfunction
function! Measure(timer) abort
  call Took('a second report', 'vesper#link#send({"event": "activity"})')
  if !has('nvim')
    call Took('the key that is a sign', 'execute("doautocmd <nomodeline> vesper CursorMoved")')
  endif
  call writefile([json_encode(g:took)], $HOME . '/took')
  qall!
endfunction
let g:took = []
call Took('loading, after the first screen', 'vesper#activity#start()')
call Took('starting the helper', 'vesper#link#send({"event": "activity"})')
call Took('any program', has('nvim') ? 'jobstart(["true"], {"detach": 1})' : 'job_start(["true"])')
call vesper#activity#every(0.05)
call timer_start(300, 'Measure')
"""


def p25(values):
    return sorted(values)[(len(values) - 1) // 4]


def cpu_us(pid):
    """CPU time of all threads, in microseconds."""
    return sum(int(read(f).split()[0]) for f in glob.glob("/proc/%d/task/*/schedstat" % pid)) / 1000


class Run:
    """One editor on a terminal whose other end is read as it comes."""

    def __init__(self, name, env, *args):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(env["HOME"])
            os.execvpe(EXE[name], [EXE[name]] + list(args), env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        children.append(self)
        self.status = None

    def poll(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if pid else None
        return self.status

    def send_signal(self, signo):
        os.kill(self.pid, signo)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def wait(self):
        if self.status is None:
            self.status = os.waitpid(self.pid, 0)[1]
        return self.status

    def says(self, seconds):
        """What comes within that time; b"" when nothing does."""
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                return os.read(self.fd, 65536)
            except OSError:
                pass
        return b""

    def rests(self, seconds=0.2):
        while self.says(seconds):
            pass

    def keys(self, keys):
        """Each key once the screen has answered the one before."""
        for key in keys:
            os.write(self.fd, key)
            self.says(0.2)
        self.rests(0.02)

    def cost(self, keys):
        began = cpu_us(self.pid)
        self.keys(keys)
        return (cpu_us(self.pid) - began) / len(keys)

    def quit(self):
        """Milliseconds from the last key to the end; killed after 20 s."""
        os.write(self.fd, b":qa!")
        self.rests(0.05)
        began = time.monotonic()
        os.write(self.fd, b"\r")
        while time.monotonic() - began < 20:
            self.says(0.005)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
                os.close(self.fd)
                return (time.monotonic() - began) * 1000
        self.kill()
        self.wait()
        return 20000.0


def world(case, plugin):
    env = install(scratch_env(case))
    env["PATH"] = env["HOME"] + "/bin:" + os.environ["PATH"]
    with open(env["HOME"] + "/bin/vesper", "w") as f:
        f.write('#!/bin/sh\nexec "%s/libexec/attach"\n' % O)
    if not plugin:
        for pack in ("/.vim", "/.local/share/nvim/site"):
            os.unlink(env["HOME"] + pack + "/pack/v/start/vesper")
    return env, Daemon(env, 1)


def start(name, env, *more):
    with open(env["HOME"] + "/file", "w") as f:
        f.write(FILE)
    # Vim waits 100 ms at its end for answers that this terminal does not give
    mute = ["--cmd", "set t_RV= t_u7= t_RB= t_RF="] if name == "vim" else []
    return Run(name, env, "-u", env["HOME"] + "/rc.vim", "-i", "NONE", *mute, *more, env["HOME"] + "/file")


def once(name, env):
    """The figures of one session."""
    run = start(name, env)
    run.rests(0.4)
    figures = {}
    figures["a move, us"] = run.cost([b"j", b"k"] * (MOVES // 2))
    run.keys([b"O"])
    figures["an insert key, us"] = run.cost([b"x"] * INSERTS)
    run.keys([b"\x1b"])
    figures[":w, us"] = run.cost([b":w\r"] * WRITES)
    figures[":qa, ms"] = run.quit()
    return figures


def until_started(name, env):
    """The figures of a session that only starts: half a millisecond needs many of them."""
    times = env["HOME"] + "/times"
    if os.path.exists(times):
        os.unlink(times)
    run = start(name, env, "--startuptime", times, "-c", "call timer_start(40, {-> execute('qa!')})")
    ends(run)
    lines = read(times).splitlines()
    own = [float(l.split()[2].rstrip(":")) for l in lines if "plugin/vesper.vim" in l]
    return dict([("sourcing", own[0])] if own else [],
                started=[float(l.split()[0]) for l in lines if "STARTED" in l][-1])


def ends(run):
    began = time.monotonic()
    while run.poll() is None and time.monotonic() - began < 10:
        run.says(0.02)
    if run.poll() is None:
        run.kill()
        run.wait()


def starting(name, worlds):
    all_ = {case: [] for case in worlds}
    for _ in range(STARTS):
        for case in worlds:
            all_[case].append(until_started(name, worlds[case][0]))
    none, again, with_ = (p25([r["started"] for r in all_[c]]) for c in ("none", "again", "with"))
    print("%s, p25 of %d: start-up, ms %.2f" % (name, STARTS, none))
    verdict(name + " start-up, ms", with_ - min(none, again), again - none, 0.5, "ms")
    verdict(name + " sourcing plugin/vesper.vim", p25([r["sourcing"] for r in all_["with"]]), 0, 0.2, "ms")


def verdict(name, added, noise, goal, unit):
    print("%-38s added %8.2f %-2s  (control %+8.2f)  goal %6.2f %s" % (
        name, added, unit, noise, goal, "" if added <= goal else "  ABOVE THE GOAL"))
    sys.stdout.flush()


def typing(name, worlds):
    all_ = {case: [] for case in worlds}
    for _ in range(ROUNDS):
        for case in worlds:
            all_[case].append(once(name, worlds[case][0]))
    quartile = {case: {key: p25([r[key] for r in all_[case] if key in r]) for key in all_[case][0]} for case in worlds}
    none, again, with_ = (quartile[c] for c in ("none", "again", "with"))
    print("%s, p25 of %d: %s" % (name, ROUNDS, ", ".join("%s %.2f" % i for i in none.items())))
    goals = {":w, us": 50, ":qa, ms": 5}
    for key in none:
        noise = again[key] - none[key]
        # a key: no more than the larger control and 3 us
        base = min(none[key], again[key]) if key in goals else max(none[key], again[key])
        verdict("%s %s" % (name, key), with_[key] - base, noise, goals.get(key, 3), key[-2:])


def blocks(name, env):
    with open(env["HOME"] + "/blocks.vim", "w") as f:
        f.write(BLOCKS)
    took = {}
    for _ in range(max(3, ROUNDS // 2)):
        run = start(name, env, "-c", "call timer_start(200, {-> execute('source ' . $HOME . '/blocks.vim')})",
                    "-c", "autocmd! vesper_enter")
        ends(run)
        for what, ms in json.loads(read(env["HOME"] + "/took") or "[]"):
            took.setdefault(what, []).append(ms)
    median = {what: sorted(all_)[len(all_) // 2] for what, all_ in took.items()}
    anybodys = median.pop("any program", 0)  # what the editor and a busy machine take for it
    for what, ms in median.items():
        verdict("%s %s, median" % (name, what), ms, anybodys if what == "starting the helper" else 0,
                0.3 if what in ("a second report", "the key that is a sign") else 3, "ms")


def leaving(name, env, daemon):
    """The end of a session whose helper or daemon stands still."""
    alone, stopped = [], {"helper": [], "daemon": []}
    for _ in range(max(3, ROUNDS // 3)):
        run = start(name, env, "--cmd", "let g:vesper_disable = 1")
        run.rests(0.3)
        alone.append(run.quit())
        for who in stopped:
            run = start(name, env)
            run.rests(0.3)
            editor = run.pid
            helper = wait_for(lambda: helpers_of(editor), 3)[0]
            victim = helper if who == "helper" else daemon.child.pid
            os.kill(victim, signal.SIGSTOP)
            run.keys([b"j", b"k"] * 20)
            stopped[who].append(run.quit())
            try:
                os.kill(victim, signal.SIGCONT)
            except OSError:
                pass
    for who, all_ in stopped.items():
        verdict("%s :qa, %s stopped" % (name, who), p25(all_) - p25(alone), 0, 20, "ms")


def helper(env):
    p = subprocess.Popen([O + "/libexec/attach"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdin.write(b'{"hello":1,"as":"vim","pid":1,"subscribe":true}\n'
                  b'{"event":"activity","source":"vim","project":"/a","file":"/a/b","line":1}\n')
    p.stdin.flush()
    p.stdout.readline()
    private = sum(int(l.split()[1]) for l in read("/proc/%d/smaps_rollup" % p.pid).splitlines()
                  if l.startswith("Private"))
    verdict("helper, private", private, 0, 100, "kB")
    p.kill()
    p.wait()


worlds = {case: world(case, case == "with") for case in ("none", "with", "again")}
for editor in EDITORS:
    starting(editor, worlds)
    typing(editor, worlds)
    blocks(editor, worlds["with"][0])
    leaving(editor, *worlds["with"])
helper(worlds["with"][0])
