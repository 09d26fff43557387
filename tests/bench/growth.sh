#!/bin/sh
# SPDX-License-Identifier: MIT
# 100,000 events and 1,000 notices: how much more memory is dirty after them.
exec python3 tests/bench/figures growth
