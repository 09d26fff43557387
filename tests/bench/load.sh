#!/bin/sh
# SPDX-License-Identifier: MIT
# A thousand editors and 100,000 events a minute: how long answers take.
exec python3 tests/bench/load 60
