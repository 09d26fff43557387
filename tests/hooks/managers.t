#!/bin/sh
# SPDX-License-Identifier: MIT
# Beside husky, lefthook, pre-commit, git-lfs and simple-git-hooks: each put in
# and taken out before and after us, in every order.  Theirs always run; every
# file of theirs ends as it would have without us; with hooks from git's
# configuration ours run, too.  Node's are looked for in $VESPER_BENCH_DIR,
# and so is a git of 2.54 or later, when this one is older.
. tests/lib/test-lib.sh
. tests/guest/guest-lib.sh

N=$VESPER_BENCH_DIR/node_modules
old_path=$PATH
new=
if new_git; then
	new=$PATH
	PATH=$old_path
fi

# NAME_in, NAME_out: put it in, take it out, in the repository we are in. What
# it runs for a pre-commit leaves a line in $T/ran.
precommit_in() { pre-commit install >/dev/null; }
precommit_out() { pre-commit uninstall >/dev/null; }
lfs_in() { git lfs install --local >/dev/null; }
lfs_out() { git lfs uninstall --local >/dev/null; }
husky_in() { node "$N/husky/bin.js" >/dev/null; }
husky_out() { rm -rf .husky/_ && git config --unset core.hooksPath; }
lefthook_in() { CI='' "$N/lefthook-linux-x64/bin/lefthook" install >/dev/null 2>&1; }
lefthook_out() { "$N/lefthook-linux-x64/bin/lefthook" uninstall >/dev/null 2>&1; }
simple_in() { node "$N/simple-git-hooks/cli.js" >/dev/null; }
simple_out() { node "$N/simple-git-hooks/uninstall.js" >/dev/null 2>&1; }

there_precommit() { command -v pre-commit; }
there_lfs() { git lfs version; }
there_husky() { test -f "$N/husky/bin.js" && command -v node; }
there_lefthook() { test -x "$N/lefthook-linux-x64/bin/lefthook"; }
there_simple() { test -f "$N/simple-git-hooks/cli.js" && command -v node; }

# project DIR: a repository that all five could be put into
project() {
	git init -q "$1" && cd "$1" || exit 2
	mkdir .husky
	echo "echo husky >>$T/ran" >.husky/pre-commit
	printf 'pre-commit:\n  commands:\n    a:\n      run: echo lefthook >>%s\n' "$T/ran" >lefthook.yml
	printf '{"name": "a", "simple-git-hooks": {"pre-commit": "echo simple >>%s"}}\n' "$T/ran" >package.json
	cat >.pre-commit-config.yaml <<-YAML
		repos:
		- repo: local
		  hooks:
		  - {id: a, name: a, entry: sh -c 'echo precommit >>$T/ran', language: system, always_run: true, pass_filenames: false}
	YAML
	git add -A
	git commit -q -m begin
}

us_in() { vesper hooks install $how >/dev/null 2>&1; }
us_out() { vesper hooks uninstall ${how%--strict} >/dev/null 2>&1; }

# state: names, modes and contents of what a manager could have changed
state() {
	(find .git/hooks .husky -type f -exec stat -c '%n %a' {} \; -exec cat {} \;
	find .git/hooks .husky -type d
	cat .git/config) | sort | sha256sum
}

# commits MANAGER: it runs theirs
commits() {
	: >"$T/ran"
	date +%N >>work && git add work
	git commit -q -m x >"$T/said" 2>&1
	commit_status=$?
	case $1 in
	lfs) grep -q 'git lfs post-commit' .git/hooks/post-commit && echo lfs >>"$T/ran" ;;
	esac
	[ $commit_status -eq 0 ] && grep -qx "$1" "$T/ran"
}

# try MANAGER ORDER: the four steps; what each manager's files were meanwhile
try() {
	rm -rf "$T/p"
	project "$T/p"
	for step in $2; do
		case $step in
		us_*) $step ;;
		*) "$1_$step" ;;
		esac
		case $step in
		in) theirs=yes ;;
		out) theirs= ;;
		us_in) us=yes ;;
		us_out) us= ;;
		esac
		if [ "$theirs" ]; then
			commits "$1" || fault="$fault, $step: theirs did not run"
			[ "$us" ] || [ "$(state)" = "$with" ] || fault="$fault, $step: files differ"
		else
			[ "$us" ] || [ "$(state)" = "$without" ] || fault="$fault, $step: traces"
		fi
		[ ! "$us" ] || [ "$everything" != yes ] || ours_run ||
			fault="$fault, $step: ours did not run"
	done
	cd "$TOP" || exit 2
}

ours_run() {
	before=$(cd "$TOP" && lines)
	git commit -q --allow-empty -m y >/dev/null 2>&1
	[ "$(cd "$TOP" && lines)" -gt "$before" ]
}

all_orders() {
	for manager in precommit lfs husky lefthook simple; do
		if ! "there_$manager" >/dev/null 2>&1; then
			skip "$manager is not installed here"
			continue
		fi
		rm -rf "$T/p"
		project "$T/p"
		"${manager}_in"
		with=$(state)
		"${manager}_out"
		without=$(state)
		cd "$TOP" || exit 2
		for order in "us_in in out us_out" "us_in in us_out out" \
			"in us_in out us_out" "in us_in us_out out"; do
			theirs='' us='' fault=''
			try "$manager" "$order"
			is "$fault" "" "$what: $manager, $order"
		done
	done
}

listen say ''
what="files" how="--repo $T/p" everything=no
all_orders
what="files, strict" how="--repo $T/p --strict"
all_orders
if [ "$new" ]; then
	PATH=$new
	what="git's configuration" how='' everything=yes
	all_orders
	what="git's configuration, strict" how=--strict
	all_orders
else
	skip "no git of 2.54 or later: $(git version)"
fi
silence
done_testing
