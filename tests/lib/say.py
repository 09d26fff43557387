# SPDX-License-Identifier: MIT
"""say.py LINE...: says each line of JSON to the daemon of the test and waits
for its answer, which is printed when it is a refusal."""
import json
import os
import socket
import sys

s = socket.socket(socket.AF_UNIX)
s.settimeout(20)
s.connect(os.environ.get("VESPER_SOCKET") or os.environ["XDG_RUNTIME_DIR"] + "/vesper/socket")
f = s.makefile("r")
s.sendall(b'{"hello":1,"as":"test"}\n')
f.readline()
for i, text in enumerate(sys.argv[1:]):
    s.sendall((json.dumps(dict(json.loads(text), id=i)) + "\n").encode())
    answer = {}
    while answer.get("id") != i:
        answer = json.loads(f.readline())
    if "error" in answer or "refused" in answer:
        print(json.dumps(answer))
