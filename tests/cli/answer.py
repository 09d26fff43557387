#!/usr/bin/python3
# SPDX-License-Identifier: MIT
r"""answer.py SOCKET BEHAVIOUR [FILE]: a listener that misbehaves as told, or
answers each request with the next line of FILE (}\n{ in it is the end of a line
of the answer; a new FILE begins anew) and appends what it heard to FILE.heard.  For what a real daemon never does, and for foreign text.
"""
import json
import os
import signal
import socket
import sys

path, behaviour = sys.argv[1:3]
os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
server = socket.socket(socket.AF_UNIX)
server.bind(path + ".new")
server.listen(0 if behaviour == "full" else 8)
if behaviour == "full":  # one in the queue fills it; nobody is accepted
    waiting = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for end in waiting:
        end.setblocking(False)
        end.connect_ex(path + ".new")
os.rename(path + ".new", path)  # who sees it can connect
HELLO = {"hello": 1, "version": "0.1.0", "every": 20, "now": 1795021200,
         "clock": "real"}


def hello(lines, out):
    """True when the two can go on."""
    asked = json.loads(lines.readline() or "{}").get("hello")
    protocol = 99 if behaviour == "protocol" else 1
    same = asked == protocol
    out.write(json.dumps(dict(HELLO, hello=protocol) if same else {"error": "another", "hello": protocol}) + "\n")
    out.flush()
    return same


def answers(lines, out, replies):
    for line in lines:
        with open(sys.argv[3] + ".heard", "a") as heard:
            heard.write(line)
        out.write(replies.pop(0).replace("}\\n{", "}\n{"))
        out.flush()
        if '"stop"' in line:
            return


while behaviour == "full":
    signal.pause()
replies, version = [], None
while True:
    connection, _ = server.accept()
    if sys.argv[3:] and os.stat(sys.argv[3]).st_mtime_ns != version:
        version = os.stat(sys.argv[3]).st_mtime_ns
        replies = open(sys.argv[3]).read().splitlines(True)
    lines = connection.makefile("r", encoding="utf-8", errors="replace")
    out = connection.makefile("w", encoding="utf-8")
    try:
        if behaviour == "hang":
            lines.read()
        elif behaviour == "garbage":
            lines.readline()
            out.write("SSH-2.0-OpenSSH_9.2\n")
            out.flush()
        elif behaviour == "close":
            hello(lines, out)
        elif behaviour == "endless":
            hello(lines, out)
            lines.readline()
            for _ in range(4096):
                out.write("x" * 65536)
        else:
            if hello(lines, out):
                answers(lines, out, replies)
    except (OSError, IndexError):
        pass
    for end in (out, lines, connection):
        try:
            end.close()
        except OSError:
            pass
