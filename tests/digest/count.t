#!/bin/sh
# SPDX-License-Identifier: MIT
# Mine, today, counted: each case made by a real git.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

fresh one
add $NOON "first"
is "$(counts .)" "1 0 0 +1 -0" "one commit, all of its root added"
is "$(get .subjects)" '["first"]' "its subject"
is "$(get .oids)" "[\"$(git rev-parse HEAD)\"]" "its name"

for n in 1 2 3; do
	echo "amended $n" >>file
	git add -A && at $NOON git commit -q --amend -m "first, amend $n"
done
is "$(counts .)" "1 0 0 +4 -0" "amended three times: one commit, its last lines"

fresh empty
is "$(counts .)" "0 0 0 +0 -0" "an empty repository is no error"
is "$(get .unread)" null "and nothing of it is unread"

fresh old
add $YESTERDAY "yesterday's"
is "$(counts .)" "0 0 0 +0 -0" "yesterday's commit is not today's"
echo more >>file
git add -A
GIT_COMMITTER_DATE="@$NOON +0100" git commit -q --amend --no-edit
is "$(counts .)" "0 0 1 +0 -0" "amended today: rewritten, not new"
GIT_COMMITTER_DATE="@$NOON +0100" GIT_AUTHOR_DATE="@$NOON +0100" \
	git commit -q --amend --no-edit --reset-author
is "$(counts .)" "1 0 0 +2 -0" "with its author reset: new"

fresh rebase
add $((YESTERDAY - 9000)) base
git branch side
for n in $(seq 50); do add $((YESTERDAY + n)) "old $n"; done
git checkout -q side
add $((YESTERDAY - 8000)) aside other
git checkout -q main
GIT_COMMITTER_DATE="@$NOON +0100" git rebase -q side
is "$(counts .)" "0 0 50 +0 -0" "50 old commits rebased today: rewritten"

fresh rebase-new
add $YESTERDAY base
git branch side
for n in $(seq 10); do add $((NOON + n)) "new $n"; done
git branch kept
git checkout -q side
add $((YESTERDAY + 100)) aside other
git checkout -q main
GIT_COMMITTER_DATE="@$((NOON + 900)) +0100" git rebase -q side
is "$(counts .)" "10 0 0 +10 -0" \
	"10 commits of today rebased, the old ones still on a branch: 10"

fresh picks
add $YESTERDAY base
git branch release
add $NOON "fix" fix 3
git checkout -q release
GIT_COMMITTER_DATE="@$((NOON + 60)) +0100" git cherry-pick main >/dev/null
is "$(counts .)" "1 0 0 +3 -0" "my commit picked to another branch: once"
git checkout -q main
at $((NOON + 5)) git commit -q --allow-empty --author 'Bob <bob@example.org>' \
	-m "Bob's"
is "$(counts .)" "1 0 0 +3 -0" "someone else's is not mine"
is "$(counts --author bob@example.org .)" "1 0 0 +0 -0" "but is Bob's"
is "$(counts --author BOB@Example.ORG .)" "1 0 0 +0 -0" "in any case"
at $((NOON + 99)) git revert --no-edit HEAD~1
is "$(counts .)" "2 0 0 +3 -3" "a revert is a commit"

fresh merges
add $YESTERDAY base
for b in a b c; do
	git checkout -q -b $b main
	add $((YESTERDAY + 60)) "on $b" $b
done
git checkout -q main
add $((YESTERDAY + 90)) "on main" m
at $NOON git merge -q --no-ff -m "merge a" a
at $NOON git merge -q --no-ff -m "octopus" b c
is "$(counts .)" "0 2 0 +0 -0" "merges stand apart, without lines"

fresh clocks
add $((DAY - 600)) "before the day"
GIT_AUTHOR_DATE="@$((DAY - 60)) +0100" GIT_COMMITTER_DATE="@$((DAY + 60)) +0100" \
	git commit -q --allow-empty -m "over the edge"
is "$(counts .)" "0 0 1 +0 -0" "the author's time decides the day"
GIT_AUTHOR_DATE="@$NOON +0900" GIT_COMMITTER_DATE="@$NOON -0800" \
	git commit -q --allow-empty -m "from afar"
is "$(counts .)" "1 0 1 +0 -0" "an instant is an instant in any zone"
at $DAY git commit -q --allow-empty -m "first second"
at $END git commit -q --allow-empty -m "next day"
is "$(counts .)" "2 0 1 +0 -0" "the day begins with its start, ends before its end"

fresh skew
for n in $(seq 80); do
	at $((DAY - 90000 + n)) git commit -q --allow-empty -m "old $n"
done
add $NOON today
GIT_AUTHOR_DATE="@$NOON +0100" GIT_COMMITTER_DATE="@9 +0000" \
	git commit -q --allow-empty -m "committed in 1970"
is "$(counts .)" "2 0 0 +1 -0" "a committer's clock of 1970 hides nothing"
GIT_AUTHOR_DATE="@$NOON +0100" GIT_COMMITTER_DATE="@3976000000 +0000" \
	git commit -q --allow-empty -m "committed in 2096"
is "$(counts .)" "3 0 0 +1 -0" "nor one of 2096"
git checkout -q -b stray HEAD~60
at 99999 git commit -q --allow-empty -m "very old tip"
GIT_AUTHOR_DATE="@$((NOON + 7)) +0100" GIT_COMMITTER_DATE="@9 +0000" \
	git commit -q --allow-empty -m "on a stale branch"
git checkout -q main
is "$(counts .)" "4 0 0 +1 -0" "every branch's tip is looked at"

fresh people
cat >.mailmap <<-'M'
	Ada <ada@example.org> <ada@old.example>
M
add $NOON "by my present address"
git -c user.email=ada@old.example commit -q --allow-empty \
	--date "@$((NOON + 1)) +0100" -m "by my old one"
is "$(counts .)" "2 0 0 +2 -0" "two addresses, one person, by mailmap"
is "$(counts --author ada@old.example .)" "2 0 0 +2 -0" "by either address"
git config user.email work@example.com
at $NOON git commit -q --allow-empty -m "as the repository says"
is "$(counts .)" "1 0 0 +0 -0" "the repository's own user.email is me there"
is "$(counts --author work@example.com --author ada@example.org .)" \
	"3 0 0 +2 -0" "several authors"
git config --unset user.email
git config user.useConfigOnly true
is "$(GIT_CONFIG_GLOBAL=/dev/null ask . | jq -r .unread)" \
	"git names no author here: set user.email" \
	"nobody is known: in a sentence, not git's page of advice"
git config --unset user.useConfigOnly
is "$(GIT_AUTHOR_EMAIL=work@example.com counts .)" "1 0 0 +0 -0" \
	"so does the environment"

fresh origin
add $NOON "in two clones" file 5
cd "$T" && git clone -q origin clone && cd clone || exit 2
add $((NOON + 1)) "only here"
ask "$T/origin" "$T/clone" >/dev/null
is "$(get .commits | tr '\n' ' ')" "1 1 " "equal commits count in the first named"
ask "$T/clone" "$T/origin" >/dev/null
is "$(get '[.commits,.insertions]' | tr '\n' ' ')" "[2,6] [0,0] " "whichever that is"

cd "$T/origin" || exit 2
git worktree add -q ../linked -b topic 2>/dev/null
cd ../linked || exit 2
add $((NOON + 2)) "in the linked tree"
echo dirt >>file
ask "$T/origin" "$T/linked" "$T/linked" >/dev/null
is "$(get '[.commits,.dirty,.same_as]' | tr '\n' ' ')" \
	"[2,0,null] [0,1,\"$T/origin\"] [0,null,\"$T/origin\"] " \
	"a linked tree: commits once, files of its own, never twice"
git checkout -q . && git checkout -q --detach
add $((NOON + 3)) "detached"
ask "$T/origin" >/dev/null
is "$(get .commits)" 3 "a linked tree's detached HEAD counts"
git checkout -q topic
ask "$T/origin" >/dev/null
is "$(get .commits)" 2 "not when nothing reaches it any more"

fresh orphan
add $YESTERDAY base
git checkout -q --orphan island
git rm -qrf .
add $NOON "island" shore 7
is "$(counts .)" "1 0 0 +7 -0" "an orphan branch's root is all added"

fresh sub
add $YESTERDAY "inner base"
fresh super
at $YESTERDAY git submodule --quiet add ../sub lib
at $YESTERDAY git commit -qm "with a submodule"
cd lib || exit 2
add $NOON "inner" file 4
cd ..
git add lib && at $NOON git commit -qm "bump"
is "$(counts . | tr '\n' ' ')" "1 0 0 +1 -1 " "a bumped submodule: one line"
is "$(counts lib)" "1 0 0 +4 -0" "the submodule is a repository of its own"

fresh squashed
add $YESTERDAY base
git checkout -q -b topic
add $NOON one a 2
add $((NOON + 1)) two a 3
git checkout -q main
git merge -q --squash topic >/dev/null
GIT_EDITOR=true at $((NOON + 2)) git commit -q
ask . >/dev/null
is "$(get '[.commits,.insertions,.squashed]')" "[3,10,2]" \
	"a squash merge is a commit, and says which others it holds"

fresh shared
add $YESTERDAY base
at $NOON git commit -q --allow-empty --author 'Bob <bob@example.org>' \
	-m "Bob's" -m "co-authored-by: Ada <ADA@example.org>"
at $NOON git commit -q --allow-empty --author 'Bob <bob@example.org>' \
	-m "Bob's own" -m "Co-authored-by: Eve <eve@example.org>"
ask . >/dev/null
is "$(get '[.commits,.insertions,.co_authored]')" "[0,0,1]" \
	"another's with me as co-author: told apart, without lines"
git replace --graft HEAD HEAD~2
ask . >/dev/null
is "$(get '[.commits,.co_authored]')" "[0,0]" "git reads it the same"

fresh strays
add $YESTERDAY base
git checkout -q --detach
add $NOON "detached" d
at $((NOON + 1)) git commit -q --amend -m "detached, amended"
is "$(counts .) $(get .on_no_branch)" "1 0 0 +1 -0 0" "at HEAD it counts"
git checkout -q main
is "$(counts .) $(get .on_no_branch)" "0 0 0 +0 -0 1" \
	"left behind: one commit on no branch"
add $((NOON + 2)) "kept"
add $((NOON + 3)) "folded"
git reset -q --soft HEAD~1 && at $((NOON + 4)) git commit -q --amend --no-edit
is "$(counts . | cut -c1) $(get .on_no_branch)" "1 2" "so is one that was reset"
GIT_SEQUENCE_EDITOR=true git rebase -q -i HEAD~1 >/dev/null 2>&1
GIT_COMMITTER_DATE="@$((NOON + 5)) +0100" git rebase -q --force-rebase HEAD~1
ask . >/dev/null
is "$(get .on_no_branch)" 0 "and not what a rebase left out"

fresh renames
add $YESTERDAY base a 40
add $YESTERDAY base2 exact 30
git mv exact moved
sed -i '7s/$/ changed/' a && git mv a b
git add -A && at $NOON git commit -qm "moved"
want=$(git show --format= --shortstat -M)
is "$(counts .)" "1 0 0 +1 -1" "renames are found, exact and changed ($want)"

fresh binary
printf 'a\0b\n' >blob
seq 10 >text
printf 'no newline' >bare
ln -s text link
git add -A && at $NOON git commit -qm "mixed"
is "$(counts .)" "1 0 0 +12 -0" "binary counts none, a last line without newline one"

done_testing
