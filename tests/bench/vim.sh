#!/bin/sh
# SPDX-License-Identifier: MIT
# What the plugin costs an editor, beside the same editor without it: see vim.py.
#
#	tests/bench/vim.sh [ROUNDS]
exec python3 "$(dirname "$0")/vim.py" "$@"
