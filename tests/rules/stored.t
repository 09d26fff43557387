#!/bin/sh
# SPDX-License-Identifier: MIT
# The page that says what is stored says all of it: every table, and every
# place below the state directory that the sources name.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2

page=$(sed -n '/^.Sh WHAT IS STORED/,/^.Sh ENVIRONMENT/p' core/man/vesper.1)
tables=$(grep -o 'CREATE TABLE [a-z_]*' core/store/schema.c | cut -d' ' -f3)
is "$(echo "$tables" | wc -w)" 16 "there are sixteen tables"
for table in $tables; do
	like "$page" "^\.It Li .*\b$table\b" "$table is told of"
done
for place in vesper.db spool/ notes/ broken clock.db calm; do
	like "$page" "$place" "$place is told of"
done
for command in report note export forget undo; do
	like "$page" "Cm .*$command|Fl -$command" "and $command"
done
done_testing
