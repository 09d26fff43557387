#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# As people install it: a native package, loaded late, or by make install;
# help is found, :checkhealth speaks, and -u NONE or g:vesper_disable load nothing.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from editor import *

for name in EDITORS:
    env = install(scratch_env(name))
    d = Daemon(env)
    # a copy, for :helptags writes beside the help
    pack = env["HOME"] + ("/.vim" if name == "vim" else "/.local/share/nvim/site") + "/pack/v"
    os.unlink(pack + "/start/vesper")
    for part in ("plugin", "vim"):
        shutil.copytree(TOP + "/" + part, pack + "/start/vesper/" + part)
    os.symlink("vim/doc", pack + "/start/vesper/doc")
    e = Editor(name, env)
    ok(d.hears('"activity"'), name + ": works as a package")
    equal(e.eval("execute('helptags ALL')"), "", name + ": tags without an error")
    equal(e.eval("[execute('help :Vesper-merge'), expand('%:t')]")[1], "vesper.txt", name + ": help is found")
    equal(e.eval("len(filter(split(&runtimepath, ','), 'v:val =~# \"vesper/vim$\"'))"), 1, name + ": one folder is added")
    equal(e.eval("[execute('runtime! plugin/vesper.vim'), v:errmsg][1]"), "", name + ": sourced again, nothing happens")
    facts = e.eval("vesper#health#facts()")
    equal([f[0] for f in facts], ["ok", "ok", "ok"], name + ": all is well")
    if name == "nvim":
        e.keys("\x1c\x0e:checkhealth vesper\r")
        ok(e.comes("match(getline(1, '$'), 'daemon: 0.1.0') > 0", 1), "nvim: :checkhealth speaks")
    e.quit()
    d.forget()
    os.makedirs(pack + "/opt")
    os.rename(pack + "/start/vesper", pack + "/opt/vesper")
    e = Editor(name, env, "-c", "packadd vesper")
    ok(d.hears('"activity"'), name + ": works when it is loaded late")
    e.quit()
    d.forget()
    os.rename(pack + "/opt/vesper", pack + "/start/vesper")
    for args, why in ((["-c", "let g:x = 1", "--cmd", "let g:vesper_disable = 1"], "g:vesper_disable"),
                      (["--noplugin"], "--noplugin")):
        e = Editor(name, env, *args)
        equal(e.eval("[exists(':Vesper'), exists('#vesper_session')]"), [0, 0], name + ": nothing with " + why)
        e.quit()
    equal(d.heard(), [], name + ": and nothing is told")
    # by make install, where only root may write
    shutil.rmtree(pack)
    root = T + "/root-" + name
    subprocess.run(["make", "-s", "-C", TOP, "O=" + os.path.relpath(O, TOP), "install", "DESTDIR=" + root,
                    "PREFIX=/usr"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    site = root + "/usr/share/" + {"vim": "vim/vimfiles", "nvim": "nvim/site"}[name]
    with open(env["HOME"] + "/rc.vim", "a") as f:
        f.write("set packpath=%s,$VIMRUNTIME\n" % site)
    e = Editor(name, env)
    ok(d.hears('"activity"'), name + ": works as make install puts it")
    equal(e.eval("[execute('help vesper'), expand('%:p')]")[1], site + "/pack/vesper/start/vesper/vim/doc/vesper.txt",
          name + ": with its help")
    e.quit()
    d.stop()
done()
