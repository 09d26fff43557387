#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A real Vim and a real Neovim on a terminal, beside a daemon that is there,
# absent, hung or restarted: what is told, and what is never noticed.
import glob
import os
import sys
import shutil
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

# what is hooked: nothing between two reports, something when armed
HOOKED = "len(filter(getcompletion('', 'event'), {i, name -> exists('#vesper#' . name)}))"
LISTENERS = """luaeval('(function() for i = 1, 9 do local name, value = debug.getupvalue(vim.on_key, i)
 if name == "on_key_cbs" then return vim.tbl_count(value) end end end)()')""".replace("\n", "")
ARMED = "[len(timer_info()), exists('#vesper#FocusGained')]"


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
    equal([hello["hello"], hello["as"], hello["pid"], hello["subscribe"]], [1, name, e.editor(), True],
          name + ": after a hello")
    wait_for(lambda: e.look("vesper#link#daemon()"))
    e.keys("jlix y z\x1b")
    equal(e.eval(HOOKED), 0, name + ": no hook is left between two reports")
    if name == "nvim":
        equal(e.look(LISTENERS), 0, name + ": nor a listener")
    e.keys("i" + "word " * 1000 + "\x1b")
    e.comes("strlen(getline('.')) > 5000", 1)
    equal(len(beats(d)), 1, name + ": 5000 characters and no second line")
    helpers = helpers_of(e.editor())
    equal(len(helpers), 1, name + ": one helper a session")
    e.keys(":e %s\r:bnext\r:w!\r:bprevious\r" % (path + "2"))
    e.eval("1")
    equal(helpers_of(e.editor()), helpers, name + ": the same one")
    e.look("[execute('doautocmd <nomodeline> FocusLost'), execute('doautocmd <nomodeline> FocusGained')]")
    ok(d.hears('"unfocus"') and d.hears('"focus"'), name + ": focus is told")
    d.push('{"hello":2,"version":"9.0"}', '{"hello":2,"version":"9.0"}')
    ok(e.comes("count(execute('messages'), 'the daemon (9.0) speaks another protocol')", 1),
       name + ": another protocol is told")
    ok(e.quit(), name + ": quits")
    ok(d.hears('"bye"'), name + ": says bye")
    ok(wait_for(lambda: not os.path.exists("/proc/%d" % helpers[0])), name + ": the helper ends, too")
    d.stop()


def rests(e):
    """True once nothing is under way: the next report needs a new sign."""
    return e.comes(ARMED, [0, 1])


def told_by(e, d, keys):
    """Whether somebody who types keys again and again is told of."""
    rests(e)
    before = len(beats(d))
    return wait_for(lambda: e.type(keys) or len(beats(d)) > before)


def interval(name):
    env, path = world(name, "interval")
    d = Daemon(env, 0.2)
    e = Editor(name, env, path)
    d.hears('"activity"')
    wait_for(lambda: e.look("vesper#link#daemon()"))
    rests(e)
    ok(e.look(HOOKED) > 0 and (name == "vim" or e.look(LISTENERS) == 1), name + ": armed again after the interval")
    for state, before, keys in (("moving", "", "jk"), ("inserting", "i", "ab"), ("visual work", "\x1bv", "jk"),
                                ("a long command line", "\x1b:s/", "lm"), ("searching", "\x1b\x1b/t", "wo")):
        e.type(before)
        ok(told_by(e, d, keys), "%s: %s is told" % (name, state))
    e.keys("\x1b\x1b")
    if name == "nvim" or e.look("exists('##TextChangedT')"):
        terminal(name, env, d, e)
    # left alone, it falls silent: there is no timer and nobody types
    e.eval("1")
    ok(rests(e), name + ": left alone, no timer is left")
    told = len(beats(d))
    d.push('{"status":"1","regime":"normal"}', '{"notice":"x","n":1,"level":2,"title":"t"}')
    e.comes("[vesper#statusline(), get(vesper#notice(), 'n')]", ["1", 1])
    equal([len(beats(d)), e.look(ARMED)], [told, [0, 1]], name + ": what is pushed is no sign of a person")
    e.quit()
    d.stop()


def terminal(name, env, d, e):
    e.keys(":terminal sh\r" + ("i" if name == "nvim" else ""))
    wait_for(lambda: "$ " in e.screen() or "# " in e.screen())
    ok(told_by(e, d, "true\r"), name + ": a terminal's keys count")
    equal([beats(d)[-1]["file"], beats(d)[-1]["project"]], ["", env["HOME"] + "/src"],
          name + ": a terminal is no file, and belongs to the work before it")
    e.keys("until [ -e ~/stop ]; do date; sleep 0.03; done\r")
    rests(e)
    told, lines = len(beats(d)), e.look("line('$')")
    wait_for(lambda: e.look("line('$')") > lines + 50)
    equal([len(beats(d)), e.look(ARMED)], [told, [0, 1]], name + ": a terminal's output does not")
    open(env["HOME"] + "/stop", "w").close()
    wait_for(lambda: re.search(r"[$#] \s*$", e.look("join(getline(1, '$'))") or ""))
    e.keys("\x1c\x0e:bwipeout!\r")


def programs(name):
    """What is no person's doing: a timer's, a macro's that runs, a caller's from
    elsewhere."""
    env, path = world(name, "programs")
    d = Daemon(env, 0.2)
    e = Editor(name, env, path)
    d.hears('"activity"')
    wait_for(lambda: e.look("vesper#link#daemon()"))
    for what, do in (("a cursor that a timer moves", "timer_start(0, {-> cursor(3, 1)})"),
                     ("a change that a timer makes", "timer_start(0, {-> setline(1, string(reltime()))})"),
                     ("normal commands of a timer", "timer_start(0, {-> execute('normal! jkix')})"),
                     ("a macro that a timer runs", "[setreg('q', 'jkixy'), timer_start(0, {-> execute('normal! @q')})]"),
                     ("a buffer that a script opens", "execute('hide edit %s2')" % path)):
        rests(e)
        told = len(beats(d))
        e.look(do)
        e.comes("len(timer_info())", 0)
        equal([len(beats(d)), e.look(ARMED)], [told, [0, 1]], "%s: %s tells nothing" % (name, what))
    e.quit()
    d.stop()


def economy(name):
    """A typed hour in seconds: 180 reports, 60 writes, 15 changes of file."""
    env, path = world(name, "economy")
    with open(env["HOME"] + "/bin/vesper", "w") as f:
        f.write('#!/bin/sh\ntee "$HOME/said" | "%s/libexec/attach"\n' % O)
    d = Daemon(env, 0.05)
    e = Editor(name, env, path)
    d.hears('"activity"')
    for n in range(1, 181):
        if n % 3 == 0:
            e.keys(":w!\r")
        if n % 12 == 0:
            module = path.replace("a.c", "module-%d.c" % n)
            e.keys(":e! %s\r" % module)
            wait_for(lambda: e.type("ihello\x1b") or any(b["file"] == module for b in beats(d)))
        wait_for(lambda: e.type("ihello\x1b") or len(beats(d)) >= n)
    e.quit()
    said = read(env["HOME"] + "/said")
    reports = len(re.findall(r'"activity"|"again"', said))
    each = len(said) / reports
    ok(180 <= reports and 180 * each <= 15000,
       "%s: 180 reports are %d bytes, at most 15000" % (name, 180 * each), reports, said[-400:])
    equal(len({b["file"] for b in beats(d)}), 16, name + ": and every file is in them")
    d.stop()


def calls(name):
    """Nothing written, nothing synced, one process; asleep when left alone."""
    env, path = world(name, "calls")
    d = Daemon(env, 0.2)
    log = env["HOME"] + "/strace"
    e = Editor(name, env, path, under=["strace", "-ff", "-o", log, "-e", "trace=execve,fsync,fdatasync,"
               "openat,open,creat,rename,renameat,unlink,mkdir"])
    if not d.hears('"activity"'):
        skip(name + ": no strace here")
        return
    for keys in ("jk", "ihello\x1b"):
        told_by(e, d, keys)
    d.push('{"status":"1","regime":"normal"}', '{"notice":"x","n":1,"level":2,"title":"t"}')
    e.comes("vesper#statusline()", "1")
    e.keys(":Vesper extend 15m\r")
    e.comes("execute('messages') =~# 'extend: 15m'", 1)
    e.keys(":q!\r")
    ok(e.ends(), name + ": a session, looked at by strace")
    lines = [l for name in glob.glob(log + ".*") for l in read(name).splitlines()]
    equal([l for l in lines if "sync(" in l], [], name + ": nothing is synced")
    ours = (e.ear, "/dev/", "/proc/", env["HOME"] + "/.cache", env["HOME"] + "/.local/state")  # Neovim's log
    equal([l for l in lines if re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|rename|unlink|mkdir", l) and " = -1 " not in l
           and not any('"' + o in l for o in ours)], [], name + ": no file is written")
    started = [re.search(r'execve\("([^"]*)"', l)[1].rsplit("/", 1)[1] for l in lines if re.search(r"execve\(.* = 0", l)]
    equal(sorted(set(started) - {"cat", "nvim", "vim", "vim.nox", os.path.basename(EXE[name])}), ["attach", "vesper"],
          name + ": one process, and what it is run as")
    equal(started.count("attach"), 1, name + ": once")
    d.stop()


def idle(name):
    env, path = world(name, "idle")
    d = Daemon(env, 0.2)
    e = Editor(name, env, path)
    d.hears('"activity"')
    wait_for(lambda: e.look("vesper#link#daemon()"))
    rests(e)
    seconds = 60 if os.environ.get("VESPER_NIGHTLY") else 2
    log = env["HOME"] + "/strace"
    who = [e.editor()] + helpers_of(e.editor())
    for _ in range(5):  # Neovim 0.12 has something to do at its start
        traced = subprocess.run(["timeout", str(seconds), "strace", "-f", "-o", log]
                                + [a for pid in who for a in ("-p", str(pid))], stderr=subprocess.DEVNULL)
        # what they were waiting in when strace came and went is no call
        calls = [l for l in read(log).splitlines() if not re.search("<unfinished|<detached|restart_syscall", l)]
        if not calls:
            break
    if traced.returncode == 124 and len(who) == 2:
        equal(calls, [], "%s: left alone %d s, editor and helper sleep" % (name, seconds))
    else:
        skip("%s: no strace here" % name)
    e.quit()
    d.stop()


def absent(name):
    env, path = world(name, "absent")
    e = Editor(name, env, path)
    ok(wait_for(lambda: e.look("vesper#link#is_open()")), name + ", no daemon: the helper runs")
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
    said = "[v:errmsg, count(execute('messages'), 'not in $PATH'), vesper#link#is_open()]"
    ok(e.comes(said, ["", 1, 0]), name + ", no program: a word", e.look(said))
    e.look("vesper#activity#every(0.05)")
    for _ in range(10):
        e.type("jk")
    equal(e.look(said), ["", 1, 0], name + ", no program: once")
    e.settled("n")
    e.keys(":Vesper extend 15m\r")
    ok(e.comes(said, ["", 2, 0]), name + ", no program: and when asked")
    ok(e.quit(), name + ", no program: quits")


def hung(name):
    env, path = world(name, "hung")
    d = Daemon(env, 0.1)
    e = Editor(name, env, path)
    d.hears('"activity"')
    wait_for(lambda: e.look("vesper#link#daemon()"))
    d.child.send_signal(signal.SIGSTOP)
    for i in range(20):
        e.type("jk")
    equal(e.eval("v:errmsg"), "", name + ", daemon stopped: nothing is said")
    helper = helpers_of(e.editor())[0]
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


# helpers that no program of ours is
DEAF = {
    "closed its input": "exec 0<&-; exec sleep 1000",
    "reads nothing": "exec sleep 1000",
    "ends at no signal": "trap '' TERM HUP INT; while :; do sleep 1000; done",
    "says nonsense": "yes '[[[{id:' | head -c 100000; exec sleep 1000",
    "ends at once": "exit 1",
}


def deaf(name):
    """Whatever is at the other end: keys arrive, nothing is said, quitting works."""
    for what, script in DEAF.items():
        env, path = world(name, "deaf")
        pids = env["HOME"] + "/pids"
        with open(env["HOME"] + "/bin/vesper", "w") as f:
            f.write("#!/bin/sh\necho $$ >>'%s'\n%s\n" % (pids, script))
        undisturbed(name, "a helper that " + what, env, path)
        for pid in read(pids).split():
            for victim in helpers_below(int(pid)) + [int(pid)]:
                try:
                    os.kill(victim, signal.SIGKILL)
                except OSError:
                    pass
        shutil.rmtree(env["HOME"])
    env, path = world(name, "full")
    os.makedirs(os.path.dirname(socket_of(env)))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(socket_of(env))
        server.listen(0)
        others = [socket.socket(socket.AF_UNIX) for _ in range(8)]
        for s in others:
            s.setblocking(False)
            s.connect_ex(socket_of(env))
        undisturbed(name, "a full listen queue", env, path)
        for s in others:
            s.close()


def helpers_below(pid):
    try:
        return [int(p) for p in read("/proc/%d/task/%d/children" % (pid, pid)).split()]
    except ValueError:
        return []


def undisturbed(name, what, env, path):
    e = Editor(name, env, path)
    wait_for(e.ready)
    e.keys("Ohello\x1b")
    e.comes("getline(1)", "hello")
    e.look("vesper#activity#every(0.05)")
    for _ in range(20):
        e.type("jk")
    e.look("map(range(3000), {-> vesper#link#send({'event': 'activity', 'file': repeat('x', 200)})})")
    e.keys("Othere\x1b")
    e.comes("getline(1)", "there")
    equal(e.look("[getline(1), v:errmsg, execute('messages') =~? 'vesper\\|^E\\d']"), ["there", "", 0],
          "%s, %s: keys arrive, nothing is said" % (name, what))
    e.keys(":w!\r")
    e.comes("&modified", 0)
    ok(read(path).startswith("there"), "%s, %s: a file is written" % (name, what))
    e.keys("\x1c\x0e:qa\r")
    ok(e.ends(), "%s, %s: it quits" % (name, what))


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
    os.kill(helpers_of(e.editor())[0], signal.SIGKILL)
    wait_for(lambda: e.look("vesper#link#is_open()") == 0)
    e.keys("jkjk")
    equal(e.eval("[v:errmsg, vesper#link#is_open(), execute('messages') =~? 'vesper']"), ["", 0, 0],
          name + ", helper killed: silence, and no new one at once")
    e.keys(":Vesper extend 15m\r")
    ok(e.comes("execute('messages') =~# 'extend: 15m'", 1),
       name + ", helper killed: a command starts another")
    editor = e.editor()
    helper = helpers_of(editor)[0]
    os.kill(editor, signal.SIGKILL)
    ok(wait_for(lambda: not os.path.exists("/proc/%d" % helper)), name + " killed: the helper ends")
    d.stop()


def nobody(name):
    env, path = world(name, "nobody")
    d = Daemon(env)
    runs = [[EXE[name], "-es", "-c", "normal jjx", "-c", "sleep 100m", "-c", "qa!", path],
            [EXE[name], "-e", "-s", path]]
    if name == "nvim":
        runs.append([EXE[name], "--headless", "-c", "normal jjx", "-c", "sleep 100m", "-c", "qa!", path])
    for args in runs:
        done_ = subprocess.run(args, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=20)
        equal(done_.stdout.decode().replace("\r", "").strip(), "", name + " " + args[1] + ": says nothing")
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
                 dict(env, GIT_EDITOR="%s -u %s/rc.vim" % (EXE["vim"], env["HOME"])), cwd=env["HOME"] + "/linked")
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
    for part in [globals()[a] for a in sys.argv[1:]] or (typing, interval, programs, economy, calls, idle, absent, hung, deaf, killed, nobody, names):
        try:
            part(editor)
        except Exception as error:  # a broken part must not hide the others
            ok(False, "%s: %s" % (editor, part.__name__), repr(error))
worktree()
done()
