#!/bin/sh
# SPDX-License-Identifier: MIT
# Five minutes of a thousand editors and 100,000 events a minute: every event is
# answered and stored once, and memory stays what it was.
. tests/lib/test-lib.sh

[ -n "$VESPER_NIGHTLY" ] || skip_all "long: only with VESPER_NIGHTLY (make nightly)"
python3 tests/bench/load 300
