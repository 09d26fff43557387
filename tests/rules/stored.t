#!/bin/sh
# SPDX-License-Identifier: MIT
# The page that says what is stored says all of it: every table, every place
# that the sources name, and every file that a daemon has while it runs.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2

page=$(sed -n '/^.Sh WHAT IS STORED/,/^.Sh ENVIRONMENT/p' core/man/vesper.1)
tables=$(grep -o 'CREATE TABLE [a-z_]*' core/store/schema.c | cut -d' ' -f3 | sort -u)
is "$(echo "$tables" | wc -w)" 16 "there are sixteen tables"
for table in $tables; do
	like "$page" "^\.It Li .*\b$table\b" "$table is told of"
done
for place in vesper.db spool/ notes/ db.broken db.schema clock.db socket.word; do
	like "$page" "$place" "$place is told of"
done
for command in report note export forget undo; do
	like "$page" "Cm .*$command|Fl -$command" "and $command"
done

(exec vesperd --foreground >/dev/null 2>&1) &
daemon_pid=$!
pids="$pids $daemon_pid"
wait_for vesper status
vesper merge -m "enough" >/dev/null
printf '{"hello":1,"as":"vim"}\n{"event":"activity","source":"vim"}\n' |
	vesper attach >/dev/null
find "$HOME" "$XDG_RUNTIME_DIR" -type f -o -type s >"$T/files"
while read -r file; do
	name=$(basename "$file" | sed 's/-wal$//; s/-shm$//; s/^[0-9-]*\.md$/notes/')
	like "$page" "\.It Pa .*/$name|\.Pa $name|the $name" \
		"$(basename "$file") is told of"
done <"$T/files"
stop_daemon
done_testing
