#!/bin/sh
# SPDX-License-Identifier: MIT
# exec of vesperd to its first reply, with ten years in its database, against
# the time dunst and Workrave take to own their names on the bus.
exec python3 tests/bench/figures start
