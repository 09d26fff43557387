#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the end of a day says of a repository that has nowhere to push.
import sys
import os
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gitday import *


def remote():
    day = GitDay("remote", "commits = nudge\n", at="17:50")
    day.person("commit", "-q", "--allow-empty", "-m", "work")
    day.to("18:01")
    ok(wait_for(lambda: "Nothing uncommitted; there is no remote to push to." in day.log()),
       "remote: without one nothing is said to be pushed", day.log())
    day.ends()


parts(remote)
