#!/bin/sh
# SPDX-License-Identifier: MIT
# What vesper says without a daemon: help, usage, exit codes, completion.
. tests/lib/test-lib.sh

# run ARG...: sets out, err and code
run() {
	out=$(vesper "$@" 2>"$T/err")
	code=$?
	err=$(cat "$T/err")
}

run --version
is "$code $out" "0 vesper 0.1.0" "its version"
run --help
is "$code$err" 0 "help is no error"
for command in status merge extend config replay start; do
	like "$out" "^  $command +[a-z]" "help names $command"
done
run help extend
is "$out" "vesper extend UNTIL|LENGTH [-m WHY]
  move the end of today" "help of one command"
run extend --help
like "$out" "^vesper extend" "the same by --help"

run stauts
is "$code" 2 "an unknown command"
is "$err" 'vesper: there is no command "stauts"; the nearest is status: see vesper --help' \
	"names the nearest"
run xyzzyxyzzy
is "$err" 'vesper: there is no command "xyzzyxyzzy": see vesper --help' "or none"
run "$(printf 'a\033[31mb')"
unlike "$err" "$(printf '\033')" "no escape sequence comes back"

run help stauts
is "$code $err" '2 vesper: help: there is no command "stauts"; the nearest is status: see vesper --help' \
	"so does help"
run --json
is "$code $err" "2 vesper: there is no option --json before a command: see vesper --help" \
	"an option where a command belongs"

run extend
is "$code $err" "2 vesper: extend: an argument is missing
usage: vesper extend UNTIL|LENGTH [-m WHY]" "too few arguments"
run status now
is "$code" 2 "too many"
run status --jsom
like "$err" "^vesper: status: there is no option --jsom" "an unknown option"
run merge -m
like "$err" "^vesper: merge: -m needs a value: TEXT" "a missing value"
run hooks install --repo ""
like "$code $err" "^2 vesper: hooks: --repo needs a value: PATH" "an empty one"
run carry ""
like "$code $err" "^2 vesper: carry: an argument is empty" "an empty argument"
run day edit today --start 09:00 --start 10:00
like "$code $err" "^2 vesper: day: --start is given twice" \
	"an option that is given twice"
run day edit today --start 09:00 --undo
like "$code $err" "^2 vesper: day: --undo goes without other options" \
	"--undo and a correction"
run config list --example --keys
like "$code $err" "^2 vesper: config: --example and --keys go with list," \
	"two lists at once"
run config path --keys
is "$code" 2 "a list of something else"
run merge -m x --undo
is "$code" 2 "options that exclude each other"
run status --json --format x
is "$code" 2 "and others"
run report week-ish
is "$code" 2 "a report of nothing"
run hooks
is "$code $err" "2 vesper: hooks: an argument is missing
usage: vesper hooks install|uninstall|status|print [--repo PATH] [--strict]" \
	"hooks alone"
run hooks instal
like "$code $err" "^2 vesper: hooks: write install, uninstall," \
	"hooks and something else"
run hooks --help
is "$code$err" 0 "help for hooks"
run attach now
is "$code" 2 "attach takes nothing"
run plan --days=0
is "$code" 2 "no days to plan"
run config
is "$code" 2 "config alone"
run config get
is "$code" 2 "get without a key"
run config get vesper.idel
like "$err" "nearest is vesper.idle" "a misspelt key"
run config path
is "$out" "$HOME/.config/vesper/config.ini" "where the config is"
VESPER_CONFIG=/x/y run config path
is "$out" /x/y "or is said to be"
run config check "$T"
is "$code" 2 "a directory is no config"
like "$err" "is a directory" "and is said to be one"

run config check "$T/none.ini"
is "$code $err" "2 vesper: config: $T/none.ini: No such file or directory" \
	"nor is a file that is not there"
run config check
is "$code $out" "0 $HOME/.config/vesper/config.ini: there is no such file, and everything has its default" \
	"unless it is the config itself"

for command in status stop "report day" "report week" "report day --csv" \
	export "export --csv" note plan why; do
	# shellcheck disable=SC2086
	run $command
	is "$code" 3 "$command without a daemon"
	like "$err" "no daemon runs: start it with vesper start" "says what to do"
done
is "$(ls -A "$T/run")" "" "and nothing was started"
run doctor
is "$code" 1 "doctor without a daemon"
like "$out" "^wrong  daemon: " "says so"
run doctor --json
is "$(printf '%s' "$out" | jq -r '.checks[0].name')" daemon "in JSON, too"

# full disks
vesper --help >/dev/full 2>"$T/err"
is "$? $(cat "$T/err")" \
	"1 vesper: help: cannot write the output: No space left on device" \
	"output that cannot be written is an error"

# what is made from the tables is what is checked in
for made in "config list --example:config.example.ini" \
	"--complete bash:contrib/completions/vesper.bash" \
	"--complete zsh:contrib/completions/_vesper" \
	"--complete fish:contrib/completions/vesper.fish"; do
	# shellcheck disable=SC2086
	vesper ${made%:*} | cmp -s - "${made#*:}"
	ok $? "${made#*:} is made by vesper ${made%:*}"
done
cp config.example.ini "$T/example.ini"
run config check "$T/example.ini"
is "$code$err" 0 "the example has no problems"
sed 's/^;\([^ ]\)/\1/' config.example.ini | sed 's/^cycle = .*/cycle = off/' \
	>"$T/all.ini"
run config check "$T/all.ini"
is "$code$err" 0 "nor with everything in it switched on"

if command -v bash >/dev/null; then
	is "$(bash -c '. contrib/completions/vesper.bash
		COMP_WORDS=(vesper config get stretch.l) COMP_CWORD=3
		_vesper; echo "${COMPREPLY[@]}"')" stretch.limit "bash completes keys"
	is "$(bash -c '. contrib/completions/vesper.bash
		COMP_WORDS=(vesper ex) COMP_CWORD=1
		_vesper; echo "${COMPREPLY[@]}"')" "extend export" "and commands"
fi

done_testing
