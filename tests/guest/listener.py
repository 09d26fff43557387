#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sits where the daemon would and speaks its protocol, for the tests of what
git runs.

    listener.py SOCKET LOG [say TEXT | block TEXT | raw TEXT | mute | full]
    listener.py SOCKET sync

LOG gets every line that was received; one peer is heard after the other, and
`sync` returns when all who came before it were.  `mute` reads and never
answers, `full` never accepts and fills its own backlog; `raw` answers with
TEXT as it is.  A file SOCKET.ready says that it listens.
"""
import json
import signal
import socket
import sys

if sys.argv[2:] == ["sync"]:
    with socket.socket(socket.AF_UNIX) as me:
        me.connect(sys.argv[1])
        me.sendall(b'{"sync":1}\n')
        me.recv(1)
    sys.exit()

path, log, mode = sys.argv[1:4] if len(sys.argv) > 3 else sys.argv[1:3] + ["say"]
text = sys.argv[4] if len(sys.argv) > 4 else ""
record = open(log, "ab", buffering=0)


def serve(peer):
    with peer, peer.makefile("rb") as lines:
        for line in lines:
            asked = json.loads(line)
            if "sync" in asked:
                peer.sendall(b"\n")
                continue
            record.write(line)
            if mode == "mute" or "id" not in asked:
                continue
            answer = {"id": asked["id"], "ok": True, "block": mode == "block"}
            if text:
                answer["say"] = text
            reply = text if mode == "raw" else json.dumps(
                {"hello": 1, "version": "0", "every": 20}) + "\n" + json.dumps(answer)
            try:
                peer.sendall((reply + "\n").encode())
            except OSError:
                return


with socket.socket(socket.AF_UNIX) as server:
    server.bind(path)
    server.listen(0 if mode == "full" else 64)
    waiting = []
    while mode == "full":
        client = socket.socket(socket.AF_UNIX)
        client.setblocking(False)
        try:
            client.connect(path)
            waiting.append(client)
        except BlockingIOError:
            break
    open(path + ".ready", "w").close()
    if mode == "full":
        signal.pause()
    while True:
        serve(server.accept()[0])
