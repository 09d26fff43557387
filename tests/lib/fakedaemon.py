#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A daemon of a few lines that speaks core/wire/wire.h, for the tests of the
editor's side: it writes down what it is told and says what it is bidden.

    fakedaemon.py SOCKET LOG [EVERY]

LOG gets every line received, as it came, and {"connected":N} / {"closed":N}.
Lines put into the file LOG.push (written elsewhere, then renamed there) are
sent to all who are connected. USR1 makes it look; it looks at each line, too.
Answers are as the daemon gives them; ANSWERS is the place to read.
"""
import json
import os
import select
import signal
import socket
import sys

path, log = sys.argv[1:3]
every = float(sys.argv[3]) if len(sys.argv) > 3 else 20
DRAFT = ["# Wednesday\n\n## Done\n- [x] ", "parser\n\n", "## Open\n- [ ] t\u00e4st\n",
         "# Lines that begin like this are left out.\n"]


def answers(m):
    """The lines that answer request m."""
    get, do = m.get("get"), m.get("do")
    if get == "note":
        for i, text in enumerate(DRAFT):
            more = {"more": True} if i + 1 < len(DRAFT) else {
                "day": "2026-11-18", "path": "/n/2026-11-18.md"}
            yield dict(text=text, **more)
    elif get == "status":
        yield {"extensions_left": 2, "pacer": False}
    elif get == "silence":
        return
    elif do == "snooze":
        yield {"refused": "there is no stretch to hold"}
    elif do in ("merge", "extend", "carry", "break", "oncall"):
        yield {"ok": True, "said": "%s: %s" % (do, m.get("when", "done"))}
    else:
        yield {"error": "unknown: %s" % (do or get)}


def main():
    if os.path.exists(path):
        os.unlink(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    out = open(log, "a", buffering=1, encoding="utf-8", errors="replace")
    server = socket.socket(socket.AF_UNIX)
    server.bind(path + "~")
    server.listen(8)
    os.rename(path + "~", path)  # there only when somebody answers
    wake_r, wake_w = os.pipe()
    os.set_blocking(wake_w, False)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    signal.set_wakeup_fd(wake_w)
    peers, rest, count = [], {}, 0

    def say(peer, m):
        try:
            text = m if isinstance(m, str) else json.dumps(
                m, ensure_ascii=False)
            peer.sendall(text.encode("utf-8", "surrogateescape") + b"\n")
        except OSError:
            pass

    def push():
        try:
            os.rename(log + ".push", log + ".pushing")
        except OSError:
            return
        with open(log + ".pushing", encoding="utf-8",
                  errors="surrogateescape") as f:
            for line in f.read().splitlines():
                for peer in peers:
                    say(peer, line)

    def heard(peer, line):
        out.write(line.decode("utf-8", "replace") + "\n")
        m = json.loads(line)
        if "hello" in m:
            say(peer, {"hello": 1, "version": "0.1.0", "every": every,
                       "now": 1795021200, "clock": "real"})
        elif "id" in m:
            for answer in answers(m):
                say(peer, dict(id=m["id"], **answer))

    while True:
        ready, _, _ = select.select([server, wake_r] + peers, [], [])
        if wake_r in ready:
            os.read(wake_r, 512)
            push()
        if server in ready:
            peer, _ = server.accept()
            count += 1
            peers.append(peer)
            rest[peer] = b""
            out.write('{"connected":%d}\n' % count)
        for peer in [p for p in peers if p in ready]:
            try:
                data = peer.recv(65536)
            except OSError:
                data = b""
            if not data:
                peers.remove(peer)
                out.write('{"closed":%d}\n' % count)
                continue
            *lines, rest[peer] = (rest[peer] + data).split(b"\n")
            for line in lines:
                heard(peer, line)
            push()


main()
