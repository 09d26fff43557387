#!/bin/sh
# SPDX-License-Identifier: MIT
# What is still open: files, branches, stashes, a rebase in progress.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

fresh away
add $YESTERDAY base
cd "$T" && git clone -q away here && cd here || exit 2
is "$(ask . | jq -c .unpushed)" "[]" "nothing unpushed in a fresh clone"
is "$(get .remotes)" 1 "one remote"

add $NOON one
add $NOON two
is "$(ask . | jq -c .unpushed)" \
	'[{"branch":"main","commits":2,"upstream":"origin/main"}]' "ahead by two"

git checkout -q -b topic --no-track
add $NOON three
is "$(ask . | jq -c '.unpushed[1]')" \
	'{"branch":"topic","commits":3,"upstream":null}' \
	"never pushed: what no remote has"
git checkout -q -b same --no-track origin/main
is "$(ask . | jq '.unpushed|length')" 2 "a new branch without commits is not open"

git push -q origin topic
is "$(ask . | jq -c '[.unpushed[].branch]')" "[]" \
	"pushed under another name: a remote has them"
git -C "$T/away" branch -q -D topic
git fetch -q --prune
git checkout -q topic
git config branch.topic.remote origin
git config branch.topic.merge refs/heads/topic
is "$(ask . | jq -c '.unpushed[1]')" \
	'{"branch":"topic","commits":3,"upstream":"origin/topic","gone":true}' \
	"an upstream that is gone is named so"
git checkout -q -b diverged origin/main~0 2>/dev/null
git -C "$T/away" commit -q --allow-empty -m elsewhere
git fetch -q
is "$(ask . | jq '[.unpushed[]|select(.branch=="diverged")]|length')" 0 \
	"behind is not unpushed"
git checkout -q main
is "$(ask . | jq '.unpushed[0].commits')" \
	"$(git rev-list --count '@{u}..')" "diverged: ahead as git counts"

git init -q --bare "$T/fork.git"
git remote add fork "$T/fork.git"
git push -q fork main 2>/dev/null
is "$(ask . | jq '[.unpushed[]|select(.branch=="main")]|length')" 0 \
	"pushed to another remote is pushed"

fresh deep
for n in $(seq 40); do at $((YESTERDAY + n)) git commit -q --allow-empty -m $n; done
git checkout -q -b left
for n in $(seq 5); do at $((YESTERDAY + n)) git commit -q --allow-empty -m l$n; done
git checkout -q main
git clone -q . ../deeper && cd ../deeper || exit 2
git checkout -q --detach
git fetch -q origin left
git branch -f main FETCH_HEAD
is "$(ask . | jq -c '.unpushed')" "[]" "what another remote branch has is pushed"

cd "$T/here" || exit 2
git stash list >/dev/null
is "$(ask . | jq -c '[.stashes,.stashes_today]')" "[0,0]" "no stash"
echo x >>file
at $YESTERDAY git stash
echo y >>file
echo new >untracked
at $NOON git stash -u
is "$(ask . | jq -c '[.stashes,.stashes_today]')" "[2,1]" "two stashes, one today's"

fresh files
mkdir -p sub/deep
add $YESTERDAY base sub/deep/f
add $YESTERDAY base2 g
settle_index
is "$(files .)" "0 0" "clean"
strace -f -qq -e trace=execve -o "$T/trace" \
	"$DIGEST" --deadline 60000 --since $DAY --until $END --author a@b . >/dev/null
is "$(grep -c 'execve("[^"]*git"' "$T/trace")" 0 "clean is proven without a child"
touch -d '-50 seconds' g
is "$(files .)" "0 0" "touched but equal is clean"
echo z >>g
is "$(files .)" "1 0" "changed is dirty"
echo z >sub/deep/new
echo z >'new
line'
is "$(files .)" "1 2" "untracked files are counted"
git add g
is "$(files .)" "1 2" "staged is dirty"
git commit -qm z
rm sub/deep/f
is "$(files .)" "1 2" "deleted is dirty"
chmod +x g
is "$(files .)" "2 2" "so is a changed mode"
echo '*' >.git/info/exclude
is "$(files .)" "2 0" "ignored files are not"
git mv g h
is "$(files .)" "$(git_files .)" "a rename is one change"
git checkout -q -f HEAD -- . 2>/dev/null
git reset -q --hard

fresh states
add $YESTERDAY base
is "$(ask . | jq -r .state)" "" "nothing in progress"
git checkout -q -b other
echo other >file && git commit -qam other
git checkout -q main
echo main >file && git commit -qam main
for step in merge cherry-pick rebase revert; do
	case $step in
	revert) git revert --no-edit HEAD~1 ;;
	*) git $step other ;;
	esac >/dev/null 2>&1
	is "$(ask . | jq -c '[.state,.dirty]')" "[\"$step\",1]" \
		"a stopped $step is told, its conflict is dirty"
	git $step --abort
done
git bisect start >/dev/null
is "$(ask . | jq -r .state)" bisect "a bisection, too"

done_testing
