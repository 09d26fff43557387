#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A real Vim and a real Neovim on a terminal, beside a daemon that is there,
# absent, hung or restarted: what is told, and what is never noticed.
import sys
import os
import shutil
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

HOOKED = "exists('#vesper#CursorMoved') + exists('#vesper#CursorMovedI') + exists('#vesper#FocusGained')"


def world(name, what, **more):
    env = install(scratch_env(name + "-" + what, **more))
    src = env["HOME"] + "/src"
    os.makedirs(src + "/.git")
    os.makedirs(src + "/deep/er")
    with open(src + "/deep/er/a.c", "w") as f:
        f.write("one\ntwo\nthree\n")
    return env, src + "/deep/er/a.c"


def beats(d):
    return [json.loads(l) for l in d.heard() if '"activity"' in l]


def typing(name):
    env, path = world(name, "typing")
    d = Daemon(env, 3600)
    e = Editor(name, env, path)
    first = d.hears('"activity"')
    ok(first and len(first) == 1, name + ": opening a file is told once", d.heard())
    b = beats(d)[0]
    equal([b["source"], b["project"], b["file"], b["line"], b["human"]],
          [name, env["HOME"] + "/src", path, 1, True], name + ": with its project, file and line")
    hello = json.loads(d.heard()[1])
    equal([hello["hello"], hello["as"], hello["pid"], hello["subscribe"]], [1, name, e.pid, True],
          name + ": after a hello")
    wait_for(lambda: e.eval("vesper#link#daemon()"))
    e.keys("jlix y z\x1b")
    equal(e.eval(HOOKED), 0, name + ": no hook is left between two reports")
    e.keys("i" + "word " * 1000 + "\x1b")
    e.eval("1")
    equal(len(beats(d)), 1, name + ": 5000 characters and no second line")
    helpers = helpers_of(e.pid)
    equal(len(helpers), 1, name + ": one helper a session")
    e.keys(":e %s\r:bnext\r:w!\r:bprevious\r" % (path + "2"))
    e.eval("1")
    equal(helpers_of(e.pid), helpers, name + ": the same one")
    ok(e.quit(), name + ": quits")
    ok(d.hears('"bye"'), name + ": says bye")
    ok(wait_for(lambda: not os.path.exists("/proc/%d" % helpers[0])), name + ": the helper ends, too")
    d.stop()


def _silent_screen(e):
    before = e.screen()
    return not wait_for(lambda: e.screen() != before, 0.2)


def interval(name):
    env, path = world(name, "interval")
    d = Daemon(env, 0.2)
    e = Editor(name, env, path)
    d.hears('"activity"')
    e.eval("1")
    wait_for(lambda: e.eval(HOOKED) == 0 and len(beats(d)) > 1)
    for state, keys in (("moving", "jk"), ("inserting", ["ia", "\x1b"]), ("visual work", ["\x1bv", "j", "k"]),
                        ("a long command line", ["\x1b", ":", "s", "/", "l"]), ("searching", ["\x1b", "/", "t", "w"])):
        told = len(beats(d))
        wait_for(lambda: typed(e, keys) or len(beats(d)) > told)
        ok(len(beats(d)) > told, "%s: %s is told" % (name, state))
    e.keys("\x1b\x1b")
    if name == "nvim" or e.eval("exists('##TextChangedT')"):
        e.keys(":terminal sh\r" + ("i" if name == "nvim" else ""))
        wait_for(lambda: "$ " in e.screen() or "# " in e.screen())
        told = len(beats(d))
        ok(wait_for(lambda: typed(e, "true\r") or len(beats(d)) > told + 2), name + ": a terminal's keys count")
        equal(beats(d)[-1]["file"], "", name + ": a terminal is no file")
        equal(beats(d)[-1]["project"], env["HOME"] + "/src", name + ": it belongs to the work before it")
        e.keys("while sleep 0.05; do date; done\r")
        ok(wait_for(lambda: _silent(d), 5), name + ": a terminal's output does not")
        e.keys("\x03")  # alone: Vim drops what comes with an interrupt
        wait_for(lambda: _silent_screen(e))
        e.keys("\x1c\x0e:bwipeout!\r")
    e.eval("1")
    # left alone, it falls silent: at most the report of what eval typed
    quiet = wait_for(lambda: _silent(d), 5)
    ok(quiet, name + ": left alone, nothing is told", d.heard()[-4:])
    d.push('{"status":"1","regime":"normal"}', '{"notice":"x","n":1,"level":2,"title":"t"}')
    ok(_silent(d), name + ": what is pushed is no sign of a person", d.heard()[-4:])
    e.quit()
    d.stop()


def typed(e, keys):
    """One key a turn of the editor's loop, as people type."""
    for key in keys:
        e.keys(key)
        time.sleep(0.02)


def _silent(d):
    before = len(beats(d))
    time.sleep(0.7)
    return len(beats(d)) == before


def macros(name):
    env, path = world(name, "macros")
    d = Daemon(env, 0.2)
    e = Editor(name, env, path, rc="let @q = 'jk'\n")
    d.hears('"activity"')
    e.eval("1")
    _silent(d) or _silent(d)
    told = len(beats(d))
    e.keys("")
    job = "call timer_start(50, {-> cursor(3,1)})"
    e.keys(":%s\r" % job)
    d.hears('"line":3', 1)
    ok(len(beats(d)) <= told + 2, name + ": a cursor that a timer moves tells nothing more", beats(d))
    e.quit()
    d.stop()


def absent(name):
    env, path = world(name, "absent")
    e = Editor(name, env, path)
    ok(wait_for(lambda: e.eval("vesper#link#is_open()")), name + ", no daemon: the helper runs")
    e.keys("ihello\x1b:w\r")
    equal(e.eval("[v:errmsg, execute('messages') =~? 'vesper']"), ["", 0], name + ", no daemon: not a word")
    spool = env["HOME"] + "/.local/state/vesper/spool"
    ok(wait_for(lambda: os.path.isdir(spool) and '"activity"' in
                "".join(read(spool + "/" + n) for n in os.listdir(spool))),
       name + ", no daemon: what was done is in the spool")
    d = Daemon(env)
    equal(e.eval("[v:errmsg, execute('messages') =~? 'vesper']"), ["", 0], name + ", a daemon comes: not a word")
    ok(e.quit() and d.hears('"bye"'), name + ", a daemon comes: it is found")
    d.stop()
    env, path = world(name, "nothing")
    os.unlink(env["HOME"] + "/bin/vesper")
    for pack in ("/.vim/pack/v/start", "/.local/share/nvim/site/pack/v/start"):
        os.unlink(env["HOME"] + pack + "/vesper")
        os.makedirs(env["HOME"] + pack + "/vesper")
        for part in ("plugin", "vim"):
            # a copy: through a link it would find the build beside the original
            shutil.copytree(TOP + "/" + part, env["HOME"] + pack + "/vesper/" + part)
    e = Editor(name, env, path)
    wait_for(e.ready)
    e.keys("ihello\x1b:w\r")
    equal(e.eval("[exists('#vesper_session'), v:errmsg, execute('messages') =~? 'vesper', vesper#link#is_open()]"),
          [1, "", 0, 0], name + ", no program: silence")
    e.keys(":Vesper extend 15m\r")
    ok(e.eval("execute('messages') =~# 'not in \\$PATH'"), name + ", no program: a word when asked")
    ok(e.quit(), name + ", no program: quits")


def hung(name):
    env, path = world(name, "hung")
    d = Daemon(env, 0.1)
    e = Editor(name, env, path)
    d.hears('"activity"')
    e.eval("1")
    d.child.send_signal(signal.SIGSTOP)
    for i in range(20):
        e.keys("j" if i % 2 else "k")
        time.sleep(0.02)
    equal(e.eval("v:errmsg"), "", name + ", daemon stopped: nothing is said")
    helper = helpers_of(e.pid)[0]
    os.kill(helper, signal.SIGSTOP)
    e.keys(":call map(range(4000), {-> vesper#link#send({'event': 'activity'})})\r")
    lag = e.eval("[v:errmsg, vesper#link#send({'event': 'activity'})]")
    equal(lag, ["", 0], name + ", helper stopped: it is sent no more than it may hold")
    e.keys("\x1c\x0e:qa!\r")
    ok(e.ends(1.5), name + ", both stopped: quits at once")
    try:
        os.kill(helper, signal.SIGKILL)
    except OSError:
        pass
    d.child.send_signal(signal.SIGCONT)
    d.stop()


def killed(name):
    env, path = world(name, "killed")
    d = Daemon(env, 0.1)
    e = Editor(name, env, path)
    d.hears('"activity"')
    d.stop()
    e.keys("jk")
    d.start()
    told = len(beats(d))
    ok(wait_for(lambda: e.keys("j") or e.keys("k") or len(beats(d)) > told),
       name + ", daemon restarted: found again")
    equal(e.eval("v:errmsg"), "", name + ", daemon restarted: not a word")
    os.kill(helpers_of(e.pid)[0], signal.SIGKILL)
    wait_for(lambda: e.eval("vesper#link#is_open()") == 0)
    e.keys("jkjk")
    equal(e.eval("[v:errmsg, vesper#link#is_open(), execute('messages') =~? 'vesper']"), ["", 0, 0],
          name + ", helper killed: silence, and no new one at once")
    e.keys(":Vesper extend 15m\r")
    ok(wait_for(lambda: e.eval("execute('messages')").count("extend: 15m")),
       name + ", helper killed: a command starts another")
    os.kill(e.pid, signal.SIGKILL)
    ok(wait_for(lambda: not helpers_of(e.pid)), name + " killed: the helper ends")
    d.stop()


def nobody(name):
    env, path = world(name, "nobody")
    d = Daemon(env)
    runs = [[name, "-es", "-c", "normal jjx", "-c", "sleep 100m", "-c", "qa!", path],
            [name, "-e", "-s", path]]
    if name == "nvim":
        runs.append([name, "--headless", "-c", "normal jjx", "-c", "sleep 100m", "-c", "qa!", path])
    for args in runs:
        done_ = subprocess.run(args, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=20)
        equal(done_.stdout.decode().replace("\r", "").strip(), "", " ".join(args[:2]) + ": says nothing")
    equal(d.heard(), [], name + ": an editor without a person tells nothing")
    d.stop()


def names(name):
    env, path = world(name, "names")
    latin = os.path.dirname(path.encode()) + b"/gr\xfc\xdfe 'x' [1].c"
    with open(latin, "w") as f:
        f.write("x\n")
    d = Daemon(env)
    e = Editor(name, env, latin)
    told = d.hears('"activity"')
    ok(told and '"file"' in told[0] and "/src/deep/er/gr" in told[0].replace("\\/", "/"),
       name + ": a name that is not UTF-8 is told as far as it can be", d.heard())
    equal(e.eval("v:errmsg"), "", name + ": and nothing is said")
    tops = e.eval("map(%s, 'vesper#activity#root(v:val)')" % json.dumps(
        [path, "/nowhere/at/all", env["HOME"] + "/src/.git/COMMIT_EDITMSG"]).replace('"', "'"))
    equal(tops, [env["HOME"] + "/src", "", env["HOME"] + "/src"], name + ": tops of working trees")
    e.quit()
    d.stop()


def worktree():
    env, path = world("vim", "worktree")
    src = env["HOME"] + "/w"
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C"]
    os.makedirs(src)
    for args in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"],
                 ["worktree", "add", "-q", env["HOME"] + "/linked"]):
        subprocess.run(git + [src] + args, env=env, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    d = Daemon(env)
    t = Terminal(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--allow-empty"],
                 dict(env, GIT_EDITOR="vim -u %s/rc.vim" % env["HOME"]), cwd=env["HOME"] + "/linked")
    told = d.hears('"activity"')
    equal(told and json.loads(told[0])["project"], env["HOME"] + "/linked",
          "git commit in a linked worktree tells that worktree")
    pid = json.loads(d.heard()[1])["pid"]
    helper = helpers_of(pid)
    ok(helper and os.readlink("/proc/%d/cwd" % helper[0]) == "/", "its helper holds no directory")
    t.keys("iword\x1b:wq\r")
    ok(t.ends() and t.status == 0, "and the commit is made")
    d.stop()


for editor in EDITORS:
    for part in (typing, interval, macros, absent, hung, killed, nobody, names):
        try:
            part(editor)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (editor, part.__name__), repr(error))
worktree()
done()
