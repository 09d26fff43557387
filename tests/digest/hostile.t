#!/bin/sh
# SPDX-License-Identifier: MIT
# Repositories that would run something, belong to others, or never answer;
# and nothing is ever written.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

ran="$T/ran"
cat >"$T/evil" <<-EOF
	#!/bin/sh
	echo "\$0 \$*" >>"$ran"
	cat
EOF
chmod +x "$T/evil"

# trap_config FILE: every key that can name a command
trap_config() {
	for key in core.fsmonitor core.sshCommand core.pager core.editor \
		core.askPass core.gitProxy core.alternateRefsCommand \
		diff.external diff.evil.command diff.evil.textconv \
		filter.evil.clean filter.evil.smudge filter.evil.process \
		filter.a=b.clean \
		gpg.program gpg.ssh.program credential.helper \
		merge.evil.driver interactive.diffFilter sequence.editor \
		uploadpack.packObjectsHook alias.status alias.log; do
		git config --file "$1" "$key" "$T/evil"
	done
	git config --file "$1" core.hooksPath "$T/hooks"
	git config --file "$1" log.showSignature true
	git config --file "$1" diff.evil.binary false
	git config --file "$1" filter.evil.required true
}
mkdir "$T/hooks"
for h in post-index-change pre-commit post-checkout reference-transaction; do
	cp "$T/evil" "$T/hooks/$h"
done

make_evil() {
	fresh "$1"
	add $YESTERDAY base f 3
	printf '* diff=evil\nf filter=evil\ng filter=a=b\n' >.gitattributes
	add $NOON "attributes" g 3
	sed -i '1s/$/!/' f
	add $((NOON + 1)) "changed" f 2
	git mv f h && echo x >>h
	add $((NOON + 2)) "moved"
	touch -d '-50 seconds' h
	echo changed >>g
}

make_evil config
trap_config .git/config
ask . >/dev/null
is "$(cat "$ran" 2>&1)" "$(cat "$ran" 2>&1 | grep 'No such')" \
	"commands in .git/config are not run"
is "$(get '[.commits,.merges,.untracked]')" "[3,0,0]" "and it is read all the same"
is "$(get .dirty)" null "changed files behind its own filters are not guessed"
like "$(get .unread)" "filter" "the reason is told"
git --no-optional-locks status >/dev/null 2>&1
is "$([ -s "$ran" ] && echo yes)" yes "(git status alone would have run them)"
rm -f "$ran"

make_evil included
trap_config .git/evil.inc
git config include.path evil.inc
ask . >/dev/null
is "$([ -e "$ran" ] || echo none)" none "nor those of an included file"
is "$(get .dirty)" null "which are found there, too"

make_evil conditional
git config remote.x.url https://example.org/x
trap_config .git/evil.inc
git config 'includeIf.hasconfig:remote.*.url:https://example.org/**.path' evil.inc
ask . >/dev/null
is "$([ -e "$ran" ] || echo none)" none "nor of a conditional include"

make_evil worktree-config
git config core.repositoryFormatVersion 1
git config extensions.worktreeConfig true
trap_config .git/config.worktree
ask . >/dev/null
is "$([ -e "$ran" ] || echo none)" none "nor of a worktree's config"

fresh evil-sub
add $YESTERDAY inner
fresh evil-super
at $YESTERDAY git submodule --quiet add ../evil-sub lib
git commit -qm sub
trap_config .git/modules/lib/config
echo dirt >>lib/file
ask . >/dev/null
is "$([ -e "$ran" ] || echo none)" none "nor of a submodule"
is "$(get .dirty)" 0 "whose files are its own affair"

# The environment of whoever calls must not lead elsewhere.
fresh right
add $NOON right
fresh wrong
is "$(GIT_DIR="$T/wrong/.git" GIT_WORK_TREE="$T/wrong" \
	GIT_INDEX_FILE=/dev/null GIT_OBJECT_DIRECTORY=/nonexistent \
	counts "$T/right")" "1 0 0 +1 -0" "GIT_* of a caller do not matter"
is "$(get .dirty)" 0 "for files neither"

# Inside another repository, broken: not answered by the one around it.
fresh around
add $NOON around
mkdir inner inner/.git && echo 'ref: refs/heads/main' >inner/.git/HEAD
ask inner >/dev/null
is "$(get .commits)" null "a broken repository is not the one around it"
rm -rf inner/.git
ask inner >/dev/null
is "$(get .unread)" '"not a git repository"' "nor is one that is gone"

if [ "$(id -u)" -eq 0 ]; then
	fresh theirs
	add $NOON theirs
	cd .. && chown -R nobody theirs
	ask theirs >/dev/null
	is "$(get .unread)" '"owned by nobody; not read"' \
		"somebody else's is not read"
	chown root theirs theirs/.git
	chown -R nobody theirs/.git
	ask theirs >/dev/null
	is "$(get '[.commits,.unread]')" '[null,"owned by nobody; not read"]' \
		"nor when only .git is"
else
	skip "chown needs root"
	skip "chown needs root"
fi

# A file system that does not answer, as a FIFO in the place of a file.
fresh good
add $NOON good
fresh hangs
add $NOON hangs
rm .git/HEAD && mkfifo .git/HEAD
fresh hangs-too
add $NOON hangs
rm .git/index && mkfifo .git/index
ask --deadline 1500 --author ada@example.org "$T/hangs" "$T/hangs-too" "$T/good" \
	>/dev/null
is "$(get .commits | tr '\n' ' ')" "null 1 1 " "the others are read"
is "$(jq -r .unread "$T/answer" | head -n1)" "did not answer within 1.5 s" \
	"what hangs is named"
is "$(jq -r .unread "$T/answer" | sed -n 2p)" \
	"state of its files: did not answer within 1.5 s" "so is a hanging index"
is "$(jq -r .path "$T/answer" | xargs -n1 basename | tr '\n' ' ')" \
	"hangs hangs-too good " "in the order they were named"
cd "$T" || exit 2
is "$(find /proc/[0-9]*/cwd -lname "$T/hangs*" 2>/dev/null)" "" "no child of it is left"

if command -v script >/dev/null; then
	script -qc "$DIGEST --since $DAY --until $END --deadline 1500 \
		--author ada@example.org $T/hangs $T/good >$T/answer" \
		"$T/terminal" </dev/null >/dev/null
	like "$(tr '\r' '\n' <"$T/terminal")" "reading repositories: 1 of 2" \
		"a terminal that waits is told how far it is"
	"$DIGEST" --since $DAY --until $END --deadline 1500 "$T/hangs" \
		2>"$T/err" >/dev/null
	is "$(cat "$T/err")" "" "nobody else is"
else
	skip "no script(1)"
	skip "no script(1)"
fi

# Nothing is written, whatever the answer takes.
fresh untouched
add $YESTERDAY base f 3
add $NOON today f 3
touch -d '-50 seconds' f
echo new >untracked
at $NOON git stash -u
echo changed >>f
find . -type f -o -type d | sort | xargs stat -c '%n %s %Y %Z %i' >"$T/before"
find . -type f -print0 | sort -z | xargs -0 sha256sum >>"$T/before"
ask . >/dev/null
find . -type f -o -type d | sort | xargs stat -c '%n %s %Y %Z %i' >"$T/after"
find . -type f -print0 | sort -z | xargs -0 sha256sum >>"$T/after"
is "$(get .dirty)" 1 "(git was asked)"
cmp -s "$T/before" "$T/after"
ok $? "no byte, name, time or inode of the repository changes"
strace -f -qq -e trace=connect,socket -o "$T/trace" \
	"$DIGEST" --deadline 60000 --since $DAY --until $END . >/dev/null
is "$(grep -c AF_INET "$T/trace")" 0 "no connection is tried"

done_testing
