#!/bin/sh
# SPDX-License-Identifier: MIT
# From the instant at which a notice is due to its popup on the screen, dunst.
exec python3 tests/bench/figures due
