# SPDX-License-Identifier: MIT
"""A person's day: the real daemon on a clock that goes on when told, a real
editor, git and, where wanted, a notification server on a screen of its own."""
import socket
import sqlite3

from editor import *

REPORT_S = 20  # an editor reports at least this often while somebody works
GIVEN_UP = "no answer"


MIDNIGHT = 1794956400  # of Wednesday, 18 November 2026, in Berlin


def stamp(time_of_day):
    """HH:MM[:SS] of that day, or beyond 24:00, as the programs take it; what
    is an instant already stays as it is."""
    return str(instant(time_of_day)) if ":" in time_of_day[:6] else time_of_day


def instant(time_of_day):
    h, m, s = (time_of_day + ":00").split(":")[:3]
    return MIDNIGHT + int(h) * 3600 + int(m) * 60 + int(s)


def clock(at):
    """An instant as HH:MM:SS, to be read."""
    at -= MIDNIGHT
    return "%02d:%02d:%02d" % (at // 3600, at // 60 % 60, at % 60)


class Link:
    """A connection to the daemon that asks and waits for the answer."""

    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(path)
        self.file = self.sock.makefile("r")
        self.n = 0
        self.hello = self._say({"hello": 1, "as": "test"})

    def _say(self, line):
        self.sock.sendall((json.dumps(line) + "\n").encode())
        return json.loads(self.file.readline())

    def ask(self, **line):
        self.n += 1
        answer = self._say(dict(line, id=self.n))
        assert answer.get("id") == self.n, answer
        return answer

    def close(self):
        self.file.close()
        self.sock.close()


class Desktop:
    """A session bus that starts nothing, a screen, and dunst on them."""

    def __init__(self, env):
        self.env = env
        self.dir = env["HOME"]
        path = self.dir + "/bus"
        with open(self.dir + "/bus.conf", "w") as f:
            f.write("<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN'"
                    " 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
                    "<busconfig><type>session</type><listen>unix:path=%s</listen>"
                    "<policy context='default'><allow send_destination='*'/><allow eavesdrop='true'/>"
                    "<allow own='*'/></policy></busconfig>" % path)
        self.log = open(self.dir + "/desktop.log", "w")
        self._start("dbus-daemon", "--config-file=" + self.dir + "/bus.conf", "--nofork", "--nopidfile")
        wait_for(lambda: os.path.exists(path))
        r, w = os.pipe()
        self._start("Xvfb", "-displayfd", str(w), "-screen", "0", "800x600x24", "-nolisten", "tcp",
                    "-noreset", pass_fds=[w])
        os.close(w)
        with os.fdopen(r) as f:
            number = f.readline().strip()
        env.update(DBUS_SESSION_BUS_ADDRESS="unix:path=" + path, DISPLAY=":" + number, GDK_BACKEND="x11")

    def _start(self, *args, **kw):
        return start(*args, env=self.env, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, **kw)

    def dunst(self):
        """The person before dunst's menu picks the line that `pick` names."""
        with open(self.dir + "/menu", "w") as f:
            f.write('#!/bin/sh\ncat >"%s/offered"\ngrep -m1 -F -- "$(cat "%s/pick")" "%s/offered"\n'
                    % ((self.dir,) * 3))
        os.chmod(self.dir + "/menu", 0o755)
        with open(self.dir + "/dunstrc", "w") as f:
            f.write("[global]\nwidth = 420\norigin = top-right\noffset = 20x20\nfont = DejaVu Sans 11\n"
                    "markup = full\nformat = \"<b>%%s</b>\\n%%b\"\ndmenu = %s/menu\n"
                    "[urgency_normal]\ntimeout = 0\n" % self.dir)
        self._start("dunst", "-conf", self.dir + "/dunstrc")
        wait_for(lambda: "true" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus",
            "-m", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.Notifications"))

    def run(self, *args):
        return subprocess.run(args, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=20).stdout.decode()

    def displayed(self):
        text = self.run("dunstctl", "count", "displayed").strip()
        return int(text) if text.isdigit() else text

    def press(self, label):
        with open(self.dir + "/pick", "w") as f:
            f.write(label)
        if os.path.exists(self.dir + "/offered"):
            os.unlink(self.dir + "/offered")
        self.run("dunstctl", "context")
        return wait_for(lambda: read(self.dir + "/offered"), 2)

    def screenshot(self, name):
        os.makedirs(O + "/screens", exist_ok=True)
        self.run("import", "-window", "root", "%s/screens/%s.png" % (O, name))


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            skip_all("no %s here" % program)


CONFIG = "[workday \"day\"]\ndays = Mon-Fri\nstart = 09:00\nmerge = 18:00\n"


class Day:
    def __init__(self, name, config=CONFIG):
        self.name = name
        env = self.env = install(scratch_env(name), program=False)
        env["PATH"] = O + ":" + env["PATH"]
        env["ASAN_OPTIONS"] = "detect_leaks=0:quarantine_size_mb=4"
        self.home = env["HOME"]
        with open(self.home + "/.gitconfig", "w") as f:
            f.write("[user]\nname = Ada\nemail = ada@example.org\n")
        self.config = self.home + "/.config/vesper/config.ini"
        os.makedirs(os.path.dirname(self.config))
        self.configure(config)
        self.src = self.home + "/src"
        self.file = self.src + "/main.c"
        self.daemon = self.link = self.editor = self.desktop = None
        self.touched = []  # when the person did something, as the clock said
        self.seen = []

    def configure(self, text):
        with open(self.config, "w") as f:
            f.write(text)

    # --- the daemon

    def start(self, at):
        self.start_at(stamp(at))

    def start_at(self, at):
        log = open(self.home + "/daemon.log", "a")
        self.daemon = start("vesperd", "--foreground", "--clock", at + ",step", env=self.env,
                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        if not wait_for(lambda: self._linked()):
            raise RuntimeError("no daemon: " + self.log())

    def _linked(self):
        try:
            self.link = Link(socket_of(self.env))
        except OSError:
            return False
        return True

    def log(self):
        return read(self.home + "/daemon.log")

    def kill(self, signo=signal.SIGKILL):
        self.link.close()
        self.daemon.send_signal(signo)
        return self.daemon.wait()

    def to(self, time):
        """Lets time go on until HH:MM[:SS]; all effects are out then."""
        answer = self.link.ask(clock=stamp(time))
        assert answer.get("ok"), answer

    def status(self):
        return self.link.ask(get="status")

    def report(self):
        text = self.run("vesper", "report", "day", "--json")[0]
        return json.loads(text)

    # --- programs

    def run(self, *args, **kw):
        """Its stdout, stderr and exit status."""
        done_ = subprocess.run(args, env=kw.pop("env", self.env), cwd=kw.pop("cwd", self.home),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               timeout=30, **kw)
        return done_.stdout.decode(), done_.stderr.decode(), done_.returncode

    def git(self, *args):
        out, err, status = self.run("git", "-C", self.src, *args, env=self.dated())
        if status:
            raise RuntimeError("git %s: %s" % (args, err))
        return out.strip()

    def dated(self):
        """The environment with git's dates as the day's clock says."""
        now = self.status()["now"] if self.link else instant("17:00")
        return dict(self.env, GIT_AUTHOR_DATE="%d +0100" % now, GIT_COMMITTER_DATE="%d +0100" % now)

    def repository(self):
        self.run("git", "init", "-q", "-b", "main", self.src)
        with open(self.file, "w") as f:
            f.write("one\ntwo\nthree\n")
        env = dict(self.env, GIT_AUTHOR_DATE="2026-11-01T12:00:00Z", GIT_COMMITTER_DATE="2026-11-01T12:00:00Z")
        self.run("git", "-C", self.src, "add", ".", env=env)
        self.run("git", "-C", self.src, "commit", "-qm", "begin", env=env)

    def commit(self, message):
        """What a person at a terminal sees of a commit, and its exit status."""
        now = self.status()["now"]
        t = Terminal(["git", "commit", "-qam", message], self.dated(), cwd=self.src)
        if not t.ends():
            raise RuntimeError("git commit does not end: %r" % t.out)
        wait_for(lambda: self._drained(t))
        self.touched.append(now)
        return t.out.decode().replace("\r", "").strip(), t.status

    @staticmethod
    def _drained(t):
        before = len(t.out)
        time.sleep(0.05)
        return len(t.out) == before

    # --- the person at the editor

    def open(self, name):
        self.editor = Editor(name, self.env, self.file, cwd=self.src)
        self.source = name

    def heard(self):
        """Whether the daemon knows of the editor's activity at this instant."""
        status = self.status()
        return any(s["name"] == self.source and s["last"] == status["now"] for s in status["sources"])

    def types(self, keys="ix\x1bx"):
        """Keys, one at a time, as people type, until they are told: an editor
        that just reported tells of the next key only, one without a daemon tries
        again after 20 seconds."""
        now = self.status()["now"]
        for attempt in range(80):
            for key in keys:
                self.editor.keys(key)
                time.sleep(0.01)
            if wait_for(self.heard, 0.3):
                break
        else:
            raise RuntimeError("nothing heard of %s at %s" % (self.source, clock(now)))
        self.settled()
        self.touched.append(now)

    def settled(self):
        """Until the editor has nothing more to tell of this instant."""
        count = -1
        while count != (count := self.events("activity")):
            time.sleep(0.15)

    def works(self, *times, keys="ix\x1bx"):
        for at in times:
            self.to(at)
            self.types(keys)

    def saves(self, at):
        self.to(at)
        before = os.stat(self.file).st_mtime_ns
        self.types()
        self.editor.keys("onew line\x1b:w\r")
        if not wait_for(lambda: os.stat(self.file).st_mtime_ns != before):
            raise RuntimeError("not saved: " + self.editor.screen()[-500:])
        self.settled()

    def popup(self, name):
        """The text of the editor's popup, '' when there is none."""
        if name == "vim":
            return self.editor.eval("join(map(popup_list(), 'join(getbufline(winbufnr(v:val), 1, \"$\"), \" | \")'), ' ')")
        return self.editor.eval("join(map(filter(nvim_list_wins(), 'nvim_win_get_config(v:val).relative !=# \"\"'),"
                                " 'join(getbufline(winbufnr(v:val), 1, \"$\"), \" | \")'), ' ')")

    # --- the record

    def database(self):
        return sqlite3.connect("file:%s/.local/state/vesper/clock.db?mode=ro" % self.home, uri=True)

    def rows(self, query):
        with self.database() as db:
            return db.execute(query).fetchall()

    def events(self, kind):
        return self.rows("SELECT count(*) FROM events WHERE kind = '%s'" % kind)[0][0]

    def notices(self):
        """(time, notice, level), as given so far."""
        return [(clock(at), notice, level) for at, notice, level in
                self.rows("SELECT at, notice, level FROM notices ORDER BY n")]

    def expected_work(self, pause=600):
        """The sum of the gaps shorter than a break between what was done."""
        return sum(b - a for a, b in zip(self.touched, self.touched[1:]) if b - a < pause)


def replayed(day, until):
    """What `vesper replay` says of the events that the daemon stored, and what
    the daemon did: each the notices and the verdicts."""
    path = day.home + "/events.jsonl"
    with open(path, "w") as f:
        for at, kind, human, data in day.rows("SELECT at, kind, human, data FROM events ORDER BY at, id"):
            line = dict(json.loads(data), at=at, event=kind)
            if kind in ("activity", "commit", "push"):
                line["human"] = bool(human)
            f.write(json.dumps(line) + "\n")
    out, err, status = day.run("vesper", "replay", "--config", day.config, "--until",
                               stamp(until) if ":" in str(until) else str(until), path)
    if err or status:
        raise RuntimeError("vesper replay: %d %s" % (status, err))
    lines = [json.loads(line) for line in out.splitlines()]
    return (([(l["at"], l["notice"], l["level"], l["day"]) for l in lines if "notice" in l],
             [(l["at"], l["event"], l["verdict"], l.get("past", 0)) for l in lines if "verdict" in l]),
            (day.rows("SELECT at, notice, level, day FROM notices ORDER BY at, n"),
             day.rows("SELECT at, kind, verdict, past FROM events WHERE verdict <> '' ORDER BY at, id")))
