#!/bin/sh
# SPDX-License-Identifier: MIT
# The longest time the daemon took to answer, asked every 5 ms, in each case of
# a notification server or bus that misbehaves.
exec python3 tests/day/faults.t --bench
