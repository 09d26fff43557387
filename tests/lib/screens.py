# SPDX-License-Identifier: MIT
"""Real notification servers, each on a screen of its own: what is up is
photographed, and its buttons are pressed as a person presses them.

    with_nobody(); day = Day("name"); screen = Mako(day.env)

sway and GNOME Shell do not run as root, so the test as a whole becomes nobody."""
import ast

from day import *

PYTHON = "/usr/bin/python3"  # the one with gi
SCREENS = os.environ.get("VESPER_NOBODY", O + "/screens")
NOTIFICATIONS = "org.freedesktop.Notifications"


def with_nobody():
    """As root: runs this program again as nobody, keeps its pictures, and ends."""
    if os.getuid() or "VESPER_NOBODY" in os.environ:
        if not os.access(O + "/libexec/desktop", os.X_OK):
            skip_all("the build cannot be read by nobody")
        return
    pictures = tempfile.mkdtemp()
    os.chmod(pictures, 0o777)
    try:
        done_ = subprocess.run(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--no-new-privs",
                                sys.executable] + sys.argv, env=dict(os.environ, VESPER_NOBODY=pictures, O=O))
        os.makedirs(O + "/screens", exist_ok=True)
        for name in os.listdir(pictures):
            shutil.copy(os.path.join(pictures, name), O + "/screens")
    finally:
        shutil.rmtree(pictures)
    sys.stdout.flush()
    atexit._run_exitfuncs()
    os._exit(done_.returncode)


class Screen:
    """A session bus that starts what `services` names, and nothing else."""
    needs, services, name = (), (), ""

    def __init__(self, env):
        self.env, self.dir = env, env["HOME"]
        self.log = open(self.dir + "/screen.log", "w")
        os.makedirs(SCREENS, exist_ok=True)
        self.display()
        self.bus("session", "DBUS_SESSION_BUS_ADDRESS")
        self.begin()

    def display(self):
        """Before the bus, for what the bus starts."""

    def bus(self, name, variable):
        path, services = self.dir + "/" + name, self.dir + "/" + name + "-services"
        os.makedirs(services)
        for service in self.services:
            shutil.copy("/usr/share/dbus-1/services/" + service, services)
        with open(path + ".conf", "w") as f:
            f.write("<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN'"
                    " 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
                    "<busconfig><type>session</type><listen>unix:path=%s</listen><servicedir>%s</servicedir>"
                    "<policy context='default'><allow send_destination='*'/><allow eavesdrop='true'/>"
                    "<allow own='*'/></policy></busconfig>" % (path, services))
        self.program("dbus-daemon", "--config-file=" + path + ".conf", "--nofork", "--nopidfile")
        wait_for(lambda: os.path.exists(path))
        self.env[variable] = "unix:path=" + path

    def program(self, *args, **kw):
        return start(*args, env=self.env, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, **kw)

    def run(self, *args):
        return subprocess.run(args, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=20).stdout.decode()

    def x_display(self):
        r, w = os.pipe()
        self.program("Xvfb", "-displayfd", str(w), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset",
                     pass_fds=[w])
        os.close(w)
        with os.fdopen(r) as f:
            self.env.update(DISPLAY=":" + f.readline().strip(), GDK_BACKEND="x11")

    def owned(self, seconds=10):
        """Whether a server has taken the name."""
        return wait_for(lambda: "true" in self.run(
            "gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus",
            "-m", "org.freedesktop.DBus.NameHasOwner", NOTIFICATIONS), seconds)

    def shoot(self, path):
        self.run("import", "-window", "root", path)

    def sweep(self):
        """Closes whatever is up."""
        for n in range(1, 40):
            self.run("gdbus", "call", "--session", "-d", NOTIFICATIONS, "-o", "/org/freedesktop/Notifications", "-m",
                     NOTIFICATIONS + ".CloseNotification", str(n))
            if not self.up():
                break

    def still(self):
        """The screen once two looks at it are the same: it is painted, and
        has faded in."""
        path, before = self.dir + "/look.png", b""
        for _ in range(60):
            self.shoot(path)
            with open(path, "rb") as f:
                now = f.read()
            if now == before:
                break
            before = now
            time.sleep(0.1)
        return path

    def picture(self, name):
        shutil.copy(self.still(), "%s/%s-%s.png" % (SCREENS, self.name, name))


class Dunst(Screen):
    name, needs = "dunst", ("dunst", "dunstctl", "Xvfb", "import")

    def display(self):
        self.x_display()

    def begin(self):
        with open(self.dir + "/menu", "w") as f:
            f.write('#!/bin/sh\ngrep -m1 -F -- "$(cat "%s/pick")"\n' % self.dir)
        os.chmod(self.dir + "/menu", 0o755)
        with open(self.dir + "/dunstrc", "w") as f:
            f.write("[global]\nwidth = 420\norigin = top-right\noffset = 20x20\nfont = DejaVu Sans 11\n"
                    "markup = full\nformat = \"<b>%%s</b>\\n%%b\"\ndmenu = %s/menu\n"
                    "[urgency_low]\ntimeout = 0\n[urgency_normal]\ntimeout = 0\n" % self.dir)
        self.program("dunst", "-conf", self.dir + "/dunstrc")
        self.owned()

    def press(self, key, label, after=0):
        with open(self.dir + "/pick", "w") as f:
            f.write(label)
        self.run("dunstctl", "context")

    def up(self):
        return self.run("dunstctl", "count", "displayed").strip() != "0"


class Xfce(Screen):
    name, needs = "xfce", ("Xvfb", "xdotool", "import")
    services = ("org.xfce.xfce4-notifyd.Notifications.service", "org.xfce.Xfconf.service")
    # of a button's middle: from the right end of the row, by how many follow
    RIGHT = (57, 150)

    def display(self):
        self.x_display()
        self.env["XDG_CONFIG_HOME"] = self.dir + "/.config"

    def begin(self):
        pass  # the bus starts it when it is needed

    def window(self):
        return self.run("xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd").split()

    def up(self):
        return bool(self.window())

    def press(self, key, label, after=0):
        shape = dict(line.split("=") for line in
                     self.run("xdotool", "getwindowgeometry", "--shell", self.window()[0]).split())
        x, y, w, h = (int(shape[k]) for k in ("X", "Y", "WIDTH", "HEIGHT"))
        self.run("xdotool", "mousemove", str(x + w - self.RIGHT[after]), str(y + h - 31), "click", "1")


class Sway(Screen):
    """A screen without a display; server() starts what shows notices."""

    def begin(self):
        with open(self.dir + "/sway.conf", "w") as f:
            f.write("output * resolution 800x600 bg #444444 solid_color\nxwayland disable\n")
        self.env.update(WLR_BACKENDS="headless", WLR_LIBINPUT_NO_DEVICES="1", WLR_RENDERER="pixman",
                        LIBSEAT_BACKEND="noop")
        self.program("sway", "-c", self.dir + "/sway.conf")
        run = self.env["XDG_RUNTIME_DIR"]
        self.env["WAYLAND_DISPLAY"] = wait_for(
            lambda: next((f for f in os.listdir(run) if re.fullmatch(r"wayland-\d", f)), None)) or "none"
        self.server()
        self.owned()

    def shoot(self, path):
        self.run("grim", path)


class Mako(Sway):
    name, needs = "mako", ("sway", "mako", "makoctl", "grim")

    def server(self):
        with open(self.dir + "/mako.conf", "w") as f:
            f.write("font=DejaVu Sans 11\nwidth=420\nheight=200\n")
        self.program("mako", "-c", self.dir + "/mako.conf")

    def up(self):
        return '"app-name"' in self.run("makoctl", "list")

    def press(self, key, label, after=0):
        self.run("makoctl", "invoke", key)


POINTER = """
import sys, time
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
NAME = "org.gnome.Mutter.RemoteDesktop"
def call(path, interface, method, args=None):
    return bus.call_sync(NAME, path, interface, method, args, None, 0, 5000, None)
path = call("/org/gnome/Mutter/RemoteDesktop", NAME, "CreateSession").unpack()[0]
def session(method, args=None):
    return call(path, NAME + ".Session", method, args)
session("Start")
def move(x, y):
    # from the lower right, away from the hot corner; the last pixel is a motion
    for dx, dy in ((4000., 4000.), (x - 1024., y - 769.), (1., 1.)):
        session("NotifyPointerMotionRelative", GLib.Variant("(dd)", (dx, dy)))
        time.sleep(.05)
print("ready", flush=True)
for line in sys.stdin:
    what, x, y = line.split()
    move(float(x), float(y))
    for down in (True, False) if what == "click" else ():
        session("NotifyPointerButton", GLib.Variant("(ib)", (0x110, down)))
        time.sleep(.05)
    print(what, flush=True)
"""


class Gnome(Screen):
    """The Shell without a seat: logind is a stand-in, the pointer Mutter's own
    remote control; its unsafe mode tells where things are on the screen."""
    name, needs = "gnome", ("gnome-shell", "gsettings", "gjs")
    services = ("org.gnome.Shell.Notifications.service",)

    def begin(self):
        self.bus("system", "DBUS_SYSTEM_BUS_ADDRESS")
        self.env.update(GSETTINGS_BACKEND="keyfile", XDG_SESSION_TYPE="wayland", XDG_CURRENT_DESKTOP="GNOME",
                        NO_AT_BRIDGE="1", GTK_A11Y="none", XDG_CONFIG_HOME=self.dir + "/.config")
        self.program(PYTHON, "-m", "dbusmock", "--system", "--template", "logind")
        mock = ("gdbus", "call", "--system", "-d", "org.freedesktop.login1", "-o", "/org/freedesktop/login1", "-m",
                "org.freedesktop.DBus.Mock.AddSession", "c1", "seat0", str(os.getuid()), "me", "true")
        wait_for(lambda: "Error" not in self.run(*mock))
        os.makedirs(self.dir + "/.local/share/gnome-shell")
        open(self.dir + "/.local/share/gnome-shell/lock-warning-shown", "w").close()
        self.run("gsettings", "set", "org.gnome.desktop.background", "picture-options", "none")
        self.run("gsettings", "set", "org.gnome.desktop.interface", "enable-animations", "false")
        self.program("gnome-shell", "--headless", "--wayland", "--no-x11", "--unsafe-mode", "--virtual-monitor",
                     "1024x768")
        self.owned(60)
        wait_for(lambda: self.eval("Main.overview.hide(); Main.overview.visible") is False, 30)
        self.sweep()
        self.pointer = start(PYTHON, "-c", POINTER, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=self.log, text=True, bufsize=1)
        self.pointer.stdout.readline()

    def sweep(self):
        """What the Shell itself has to say goes as well."""
        wait_for(lambda: self.eval("let all = Main.messageTray.getSources().flatMap(s => s.notifications);"
                                   " all.forEach(n => n.destroy()); all.length") == 0 and not self.up())

    def eval(self, script):
        """The value of some of the Shell's JavaScript, or None."""
        got = self.run("gdbus", "call", "--session", "-d", "org.gnome.Shell", "-o", "/org/gnome/Shell", "-m",
                       "org.gnome.Shell.Eval", script)
        said = ast.literal_eval(got[7:].strip()[:-1]) if got.startswith("(true, ") else ""
        return json.loads(said) if said else None

    def shoot(self, path):
        self.run("gdbus", "call", "--session", "-d", "org.gnome.Shell.Screenshot", "-o",
                 "/org/gnome/Shell/Screenshot", "-m", "org.gnome.Shell.Screenshot.Screenshot", "false", "false", path)

    def up(self):
        return self.eval("Main.messageTray._banner !== null")

    def mouse(self, what, x, y):
        self.pointer.stdin.write("%s %d %d\n" % (what, x, y))
        self.pointer.stdout.readline()

    def buttons(self):
        """{label: (x, y)} of the banner's buttons, as they are drawn."""
        script = ("Main.messageTray._banner._buttonBox.get_children().map(b => {"
                  " let [x, y] = b.get_transformed_position(); let [w, h] = b.get_transformed_size();"
                  " return [b.label, x + w / 2, y + h / 2]; })")
        return {label: (x, y) for label, x, y in self.eval(script) or ()}

    def picture(self, name):
        """A second one with the pointer over the banner, when that unfolds it."""
        super().picture(name)
        if not self.eval("Main.messageTray._banner?.expanded"):
            self.mouse("move", 500, 75)
            wait_for(lambda: self.eval("Main.messageTray._banner?.expanded"), 3)
            super().picture(name + "-open")

    def press(self, key, label, after=0):
        wait_for(lambda: label in self.buttons(), 3)
        self.mouse("click", *self.buttons()[label])
        self.mouse("move", 500, 700)


CONFIG_ALL = """[workday "day"]
days = Mon-Fri
start = 09:00
merge = 18:00
warn = 30m
[protect "ארוחת ערב"]
days = Mon-Fri
from = 19:10
to = 19:50
lead = 5m
[notify]
insist = yes
[git]
repositories = ~/%s ~/%s ~/%s
"""
NAMES = ("a-repository-whose-name-says-everything-there-is-to-say", "מיזוג-ענפים-של-כל-הפרויקטים", "مشروع")


class Walk:
    """Some days on which every notice of the table is up once, as the daemon
    words it: each is photographed on the screen, and each button pressed."""

    def __init__(self, screen):
        self.day = day = Day(screen.name, CONFIG_ALL % NAMES)
        for name in NAMES:
            day.run("git", "init", "-q", "-b", "main", day.home + "/" + name)
            for n in range(3):
                with open("%s/%s/%d" % (day.home, name, n), "w") as f:
                    f.write("open\n")
        self.screen = screen(day.env)
        self.date = -1  # days from the 18th
        day.start(self.at("15:00"))
        self.tuesday()
        self.date = 0
        self.wednesday()
        self.evening()
        self.date = 3
        self.saturday()

    def end(self):
        equal(self.day.kill(signal.SIGTERM), 0, self.screen.name + ": the daemon ends in good order")

    def at(self, text):
        return str(instant(text) + 86400 * self.date)

    def to(self, text):
        self.day.to(self.at(text))

    def types(self, *times):
        for at in times:
            self.to(at)
            self.day.link.ask(event="activity", source="vim", human=True, project=self.day.home + "/" + NAMES[0])

    def works(self, first, last):
        """Keys every five minutes."""
        for at in range(int(self.at(first)), int(self.at(last)) + 1, 300):
            self.day.to(str(at))
            self.day.link.ask(event="activity", source="vim", human=True, project=self.day.home + "/" + NAMES[0])

    def notice(self):
        return self.day.status()["notice"] or {}

    def closed(self):
        return self.day.status()["day"]["closed"]

    def shows(self, notice, picture=None, says=""):
        """It is up, on the screen as well, and photographed there."""
        where = "%s: %s" % (self.screen.name, picture or notice)
        equal(self.notice().get("notice"), notice, where + " is given")
        ok(wait_for(self.screen.up), where + ": and on the screen")
        if says:
            ok(wait_for(lambda: says in str(self.notice())), where + ": says " + says, self.notice())
        self.screen.picture(picture or notice)

    def press(self, key, label, done, after=0, word=None):
        """`after`: how many buttons are drawn behind it. What is said in reply is
        photographed as `word`."""
        where = "%s: %s" % (self.screen.name, label)
        self.screen.press(key, label, after)
        ok(wait_for(done), where + ": the press arrives", self.day.status())
        if word:
            ok(wait_for(self.screen.up), where + ": and is answered")
            self.screen.picture(word)
            self.screen.sweep()
        ok(wait_for(lambda: not self.screen.up()), where + ": and takes the notice away")

    def tuesday(self):
        self.works("15:00", "16:20")
        self.works("16:50", "17:30")
        self.shows("warn")
        self.works("17:35", "18:00")
        self.to("18:02")
        self.shows("merge", says=NAMES[0][:32] + "…")
        self.press("plus", "+15 min", lambda: self.day.status()["day"]["effective_end"] == int(self.at("18:17")))
        self.works("18:05", "18:15")
        self.to("18:19")
        self.shows("merge", "again")
        self.press("merge", "Merge", self.closed, 1, "closed")
        said = self.day.run("vesper", "merge", "-m", "tomorrow: the parser\nמחר: המנתח")[1]
        equal(said, "", self.screen.name + ": with a note")

    def wednesday(self):
        self.types("09:00")
        self.to("09:01")
        self.shows("morning")
        self.press("morning", "Read", lambda: not self.notice(), word="note")
        self.works("09:05", "10:25")
        self.types("10:29")
        self.to("10:31")
        self.shows("stretch")
        self.press("snooze", "Later", lambda: not self.notice())

    def evening(self):
        self.works("17:40", "18:00")
        self.to("18:02")
        self.works("18:05", "18:15")
        self.to("18:18")
        self.shows("late")
        self.works("18:20", "18:30")
        self.to("18:35")
        self.works("18:40", "18:45")
        self.to("18:55")
        self.shows("late", "insist")
        self.press("merge", "Merge", self.closed, 1, "closed")
        self.types("19:04")
        self.to("19:05")
        self.shows("protect-warn", says="19:10, in 5 min: ארוחת ערב")
        self.types("19:11")
        self.to("19:12")
        self.shows("protect")
        self.press("carry", "Carry on", lambda: not self.notice())

    def saturday(self):
        self.types("11:00")
        self.to("11:01")
        self.shows("off")
        self.press("carry", "Carry on", lambda: not self.notice())
