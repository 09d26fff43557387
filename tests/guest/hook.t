#!/bin/sh
# SPDX-License-Identifier: MIT
# What git runs: which hooks tell what, who gets to read the answer, and that
# nothing the daemon does or fails to do can hurt a git command.
. tests/lib/test-lib.sh
. tests/guest/guest-lib.sh

W=$T/w
C="git -C $W commit -q --allow-empty"
repository "$W" post-commit post-rewrite post-merge post-applypatch

# --- nobody there
is "$($C -m none 2>&1; echo $?)" 0 "no daemon: the commit succeeds in silence"

# --- a daemon that answers
listen say 'the day ended at 18:00: "vesper extend 30m"
moves it'
out=$(with_tty "$C -m one")
is "$out" 'the day ended at 18:00: "vesper extend 30m"
moves it' "its sentence reaches the terminal"
is "$(heard '[.hello, .as, .source, .event, .hook, .id] | join(" ")')" \
	"1 hook hook commit post-commit 1" "the line says who and what"
is "$(heard '[.cwd, .git_dir, .email] | join(" ")')" \
	"$W $W/.git ada@example.org" "and where and whose"
is "$(heard '[.tty, .ci, .sequence] | join(" ")')" "true false false" \
	"and that a person is there"
is "$(heard 'has("reason")')" false "no reason when none is given"

out=$(no_tty $C -m two)
is "$out" "" "without a terminal nothing is printed"
is "$(heard '[.tty, has("id")] | join(" ")')" "false false" \
	"and no answer is asked for"

out=$(with_tty "CI=1 $C -m three")
is "$out" "" "nothing is printed in CI"
is "$(heard '[.tty, .ci] | join(" ")')" "true true" "and it says so"

with_tty "VESPER_REASON='a \"fix\" \\\\ tab	é' $C -m four" >/dev/null
is "$(heard .reason)" 'a "fix" \\ tab	é' "the reason arrives as it was given"
with_tty "VESPER_REASON=\$(printf 'x\\377\\303(\\355\\240\\200') $C -m five" \
	>/dev/null
is "$(heard .reason)" 'x��(���' "bytes that are not UTF-8 are replaced"

odd="$T/odd \"\\ name"
repository "$odd" post-commit
no_tty git -C "$odd" commit -q --allow-empty -m odd
is "$(heard .cwd)" "$odd" "a strange directory name is exact"
mkdir "$W/sub"
no_tty git -C "$W/sub" commit -q --allow-empty -m sub
is "$(heard .cwd)" "$W" "from a subdirectory the top is told"

# --- which commands tell
before=$(lines)
no_tty git -C "$W" commit -q --amend --allow-empty -m amended
settle
is "$(tail -n +$((before + 1)) "$LOG" | jq -r '[.hook, .command] | join(" ")' |
	tr '\n' ,)" "post-commit ,post-rewrite amend," "an amend tells both"
out=$(with_tty "git -C $W commit -q --amend --allow-empty -m again" |
	grep -c 'the day ended')
is "$out" 1 "an amend is spoken about once"

git -C "$W" checkout -q -b topic
echo a >"$W/a" && git -C "$W" add a
no_tty git -C "$W" commit -q -m topic
git -C "$W" checkout -q main
no_tty git -C "$W" merge -q --no-ff topic -m merged
is "$(heard '[.event, .hook, .sequence] | join(" ")')" "merge post-merge false" \
	"a merge tells by post-merge, and is no sequence"
git -C "$W" format-patch -q -1 topic -o "$T/patches"
git -C "$W" checkout -q -b mail topic~1
no_tty git -C "$W" am -q "$T"/patches/*.patch >/dev/null
is "$(heard '[.event, .hook, .sequence] | join(" ")')" \
	"commit post-applypatch true" "am tells by post-applypatch"

# --- a conflict resolved by commit
git -C "$W" checkout -q -b left main
echo l >"$W/a" && no_tty git -C "$W" commit -q -am left
git -C "$W" checkout -q -b right main
echo r >"$W/a" && no_tty git -C "$W" commit -q -am right
no_tty git -C "$W" cherry-pick left >/dev/null
echo lr >"$W/a"
cp "$HOOKS/pre-commit" "$W/.git/hooks/"
out=$(with_tty "git -C $W commit -q -am resolved")
settle
is "$(tail -n 2 "$LOG" | head -n 1 | jq -r '[.hook, .sequence] | join(" ")')" \
	"pre-commit true" "pre-commit sees a stopped cherry-pick"
rm "$W/.git/hooks/pre-commit"

# --- linked worktrees and submodules
git -C "$W" worktree add -q "$T/linked" -b linked
no_tty git -C "$T/linked" commit -q --allow-empty -m linked
is "$(heard '[.cwd, .git_dir] | join(" ")')" \
	"$T/linked $W/.git/worktrees/linked" "a linked worktree names its own"
git init -q "$T/super"
no_tty git -C "$T/super" submodule --quiet add "$W" sub >/dev/null
cp "$HOOKS/post-commit" "$T/super/.git/modules/sub/hooks/"
no_tty git -C "$T/super/sub" commit -q --allow-empty -m inner
is "$(heard '[.cwd, .git_dir] | join(" ")')" \
	"$T/super/sub $T/super/.git/modules/sub" "a submodule names its own"

# --- a rebase of 50
R=$T/rebase
repository "$R" post-commit post-rewrite
no_tty git -C "$R" commit -q --allow-empty -m base
git -C "$R" checkout -q -b other
no_tty git -C "$R" commit -q --allow-empty -m other
git -C "$R" checkout -q main
for i in $(seq 50); do
	echo "$i" >"$R/f" && git -C "$R" add f
	git -C "$R" -c core.hooksPath=/dev/null commit -q -m "$i"
done
before=$(lines)
out=$(with_tty "git -C $R rebase -q other" | grep -c 'the day ended')
is "$out" 1 "a rebase of 50 is spoken about once"
settle
is "$(lines)" "$((before + 1))" "its steps tell nothing"
is "$(heard '[.hook, .command, .count, .sequence] | join(" ")')" \
	"post-rewrite rebase 50 false" "but its end, with its number"
no_tty env GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' \
	git -C "$R" rebase -q -i HEAD~2 2>/dev/null
no_tty git -C "$R" commit -q --allow-empty -m meanwhile
is "$(heard '[.hook, .sequence] | join(" ")')" "post-commit true" \
	"what a person commits in the middle of one is told"
no_tty git -C "$R" rebase --continue >/dev/null 2>&1

# --- pushes
git init -q --bare "$T/bare.git"
git -C "$W" remote add origin "$T/bare.git"
cp "$HOOKS/pre-push" "$W/.git/hooks/"
no_tty git -C "$W" push -q origin main topic
is "$(heard '[.event, .count, has("url")] | join(" ")')" "push 2 false" \
	"a push tells how many refs"
before=$(lines)
no_tty git -C "$W" push -q origin main
is "$(lines)" "$before" "a push of nothing tells nothing"
silence

# --- strict
S=$T/strict
repository "$S" pre-commit pre-merge-commit post-commit pre-push
listen block 'refused: say why with VESPER_REASON'
C="git -C $S commit -q --allow-empty"
is "$(no_tty $C -m no; echo $?)" "refused: say why with VESPER_REASON
1" "a refusal stops the commit and says why, terminal or not"
is "$(heard '[.event, .hook, .tty] | join(" ")')" "precommit pre-commit false" \
	"it is a question before the commit"
is "$(CI=1 no_tty $C -m ci; echo $?)" 0 "never in CI"
is "$(no_tty $C --no-verify -m verify >/dev/null; echo $?)" 0 \
	"--no-verify goes past it"
: >"$S/.git/CHERRY_PICK_HEAD"
is "$(cd "$S" && no_tty "$HOOKS/pre-commit"; echo $?)" 0 "never in a sequence"
rm "$S/.git/CHERRY_PICK_HEAD"
is "$(cd "$S" && no_tty "$HOOKS/post-commit"; echo $?)" 0 \
	"post-commit never fails, whatever is answered"
git -C "$S" remote add origin "$T/bare.git"
no_tty git -C "$S" push -q origin HEAD:refs/heads/refused >/dev/null
is "$(git -C "$T/bare.git" for-each-ref refs/heads/refused)" "" \
	"a refused push pushes nothing"
silence
ln -s "$HOOKS/pre-commit" "$T/unknown-hook"
is "$("$T/unknown-hook"; echo $?)" 0 "under another name it does nothing"

# --- answers that are none
C="git -C $S commit -q --allow-empty"
for raw in 'nonsense' '{"id":1,"block":true' '{"id":2,"block":true}' \
	'{"id":1,"block":"true"}' '[{"id":1,"block":true}]' \
	'{"block":true}' '{"nest":{"id":1,"block":true}}' ''; do
	listen raw "$raw"
	(cd "$S" && no_tty "$HOOKS/pre-commit" >/dev/null)
	ok $? "no refusal in: $raw"
	silence
done
listen raw '{"x":[{"a":"}"},2] , "id" : 1 ,"say":"a\u001b[31m\u009b\u00e9\ud83d\ude00\ud800\tb\\\"\/","block":true}'
is "$(cd "$S" && no_tty "$HOOKS/pre-commit"; echo $?)" \
	"$(printf 'a[31mé😀\tb\\"/\n1')" "an answer is unescaped and made plain"
silence

# --- a daemon that hangs, one that is full, one of somebody else
listen mute
is "$(no_tty $C -m mute; echo $?)" 0 "a mute daemon: the commit goes on"
is "$(with_tty "$C -m mute" | sort -u)" \
	"vesper: the daemon gave no answer in time; git goes on without it" \
	"and who asked for strict reads so"
like "$(cd "$S" && setsid -w strace "$HOOKS/pre-commit" 2>&1 </dev/null)" \
	'ITIMER_REAL, .*tv_usec=150000' "after 150 ms at most"
silence
listen full
is "$(no_tty timeout 5 $C -m full; echo $?)" 0 "a full backlog: the commit goes on"
calls=$(cd "$S" && setsid -w strace -f "$HOOKS/pre-commit" 2>&1 </dev/null)
like "$calls" 'connect.*EAGAIN' "the backlog was full"
unlike "$calls" 'poll|read\(3' "and nobody waited"
silence
mkdir -p "$T/away" && chmod 0 "$T/away"
is "$(VESPER_SOCKET=$T/away/socket no_tty $C -m away; echo $?)" 0 \
	"a socket out of reach: the commit goes on"
is "$(VESPER_SOCKET=$(printf %0300d 0) no_tty $C -m long; echo $?)" 0 \
	"a path that fits no socket: the commit goes on"
chmod 700 "$T/away"

# --- what it is
listen say hello
for hook in post-commit pre-commit pre-push post-rewrite; do
	n=$(cd "$S" && echo a b c d | script -qec \
		"echo x | strace -o $T/calls $HOOKS/$hook origin url" \
		/dev/null >/dev/null; grep -vc '^+++' "$T/calls")
	ok $((n > 30)) "$hook: at most 30 system calls ($n)"
done
silence
ok $(($(wc -c <"$HOOKS/post-commit") > 100000)) "at most 100 kB"
unlike "$(file -L "$HOOKS/post-commit" 2>/dev/null; ldd "$HOOKS/post-commit" 2>&1)" \
	'=>' "it needs no shared library"
done_testing
