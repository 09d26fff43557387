#!/bin/sh
# SPDX-License-Identifier: MIT
# A running day, an editor attached, a real dunst, nothing shown: wakeups and
# memory of vesperd, desktop and attach over 60 s (VESPER_NIGHTLY: ten minutes).
exec python3 tests/bench/figures idle
