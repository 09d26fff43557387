#!/bin/sh
# SPDX-License-Identifier: MIT
# More repositories of odd shapes, each against git's own answer.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

worked untracked-cache
git config core.untrackedCache true
git update-index --untracked-cache 2>/dev/null
dirty
git status >/dev/null
as_git "untracked cache"

worked skip-hash
git config index.skipHash true
git config feature.manyFiles true
dirty && git add f
as_git "index.skipHash, many files"

worked separate --separate-git-dir="$T/apart.git"
dirty
as_git "a git directory elsewhere"

worked linked-dir
mv .git "$T/linked.git" && ln -s "$T/linked.git" .git
dirty
as_git "a git directory behind a symlink"

worked core-worktree
mkdir "$T/tree"
git config core.worktree "$T/tree"
git checkout -q -f main
echo x >"$T/tree/untracked"
is "$(files .)" "$(git_files .)" "a working tree elsewhere"

worked shared-source
git clone -q --shared . ../borrowed && cd ../borrowed || exit 2
dirty
as_git "objects borrowed from another repository"

worked packed
git tag -a -m t v1
git branch old HEAD~1
git gc -q
git branch -f old HEAD~2
git commit-graph write --reachable 2>/dev/null
git multi-pack-index write 2>/dev/null
add $((NOON + 5)) "behind the pack"
dirty
as_git "packed references under loose ones, commit-graph, multi-pack-index"
git pack-refs --all
git update-ref -d refs/heads/old
as_git "packed references, one deleted"
sed -i 's/ sorted//' .git/packed-refs
as_git "packed references that are not sorted"

worked nested
git init -q inner && touch inner/x
echo ignored >.gitignore && touch ignored
as_git "a repository within, ignored files"
git config status.showUntrackedFiles no
as_git "untracked files not wanted"
git config --unset status.showUntrackedFiles
echo excluded >.git/info/exclude && touch excluded
git config core.excludesFile "$T/excludes" && echo 'global*' >"$T/excludes"
touch global1
as_git "excluded three ways"

worked modes
settle_index
chmod +x f
as_git "a mode that changed"
git config core.fileMode false
as_git "modes that do not count"

worked submodule-source
worked submodules
at $NOON git submodule --quiet add ../submodule-source lib
at $NOON git commit -qm "with a submodule"
echo dirt >>lib/f && touch lib/untracked
as_git "a submodule with changes of its own"
(cd lib && add $((NOON + 9)) inside)
as_git "a submodule ahead"
git submodule --quiet deinit -f lib
as_git "a submodule not checked out"

worked conflict
git checkout -q -b other HEAD~1
echo theirs >>f && at $NOON git commit -qam theirs
git checkout -q main
echo mine >>f && at $((NOON + 3)) git commit -qam mine
git merge other >/dev/null 2>&1
as_git "a conflict"
is "$(get .state)" '"merge"' "and the merge is named"
git merge --abort
git rebase other >/dev/null 2>&1
is "$(files .) $(get .state)" "$(git_files .) \"rebase\"" "a stopped rebase"
git rebase --abort
git bisect start >/dev/null && git bisect bad >/dev/null && git bisect good HEAD~2 >/dev/null
is "$(files .) $(get .state)" "$(git_files .) \"bisect\"" "a bisection"

worked pruned
git worktree add -q ../gone -b gone 2>/dev/null
rm -rf ../gone
dirty
as_git "a linked working tree that is gone"

worked odd-names
printf 'x\n' >"$(printf 'a\nb')"
printf 'x\n' >"$(printf 'caf\351')"
printf 'x\n' >"-dash"
git add -A && at $((NOON + 4)) git commit -qm "odd names"
printf 'y\n' >>"$(printf 'a\nb')"
touch "$(printf 'new\nline')"
as_git "names with newlines, in no encoding, with a dash"

worked case
git config core.ignoreCase true
git config core.precomposeUnicode true
dirty
as_git "another system's settings"

worked empty-commits
at $((NOON + 2)) git commit -q --allow-empty -m empty
at $((NOON + 2)) git commit -q --allow-empty --allow-empty-message -m ''
git rm -rq . && at $((NOON + 3)) git commit -qm "everything removed"
as_git "empty commits, no message, an empty tree"

worked mode-of-git
chmod -w .git/index .git
as_git "a git directory that cannot be written"
chmod +w .git .git/index

worked renamed
git mv f g && sed -i 1d g && git add g
git rm -q --cached d/g
as_git "renamed and dropped in the index"

worked stat-zero
find . -name .git -prune -o -type f -exec touch -d @0 {} +
git update-index -q --refresh
as_git "files of 1970"
touch -d '2096-01-01' f
as_git "and of 2096"

worked diff-config
git config diff.renames copies
git config diff.noprefix true
git config diff.ignoreSubmodules all
git config diff.external /bin/false
git config log.follow true
git config log.showRoot false
git config log.mailmap false
git config core.abbrev 4
git config color.ui always
git mv f moved && at $((NOON + 4)) git commit -qm moved
is "$(counts .)" "$(git -c diff.external= -c log.showRoot=true -c color.ui=never \
	-C . log --branches --no-merges --since-as-filter=$DAY --oneline | wc -l | tr -d ' ') 0 0 +8 -1" \
	"diffs configured otherwise"

if command -v git-lfs >/dev/null; then
	worked lfs
	git lfs install >/dev/null
	git lfs track '*.bin' >/dev/null
	head -c 100000 /dev/zero >a.bin
	git add -A && at $((NOON + 4)) git commit -qm "a big file"
	touch -d '-30 seconds' a.bin
	as_git "git-lfs, touched"
	echo x >>a.bin
	as_git "git-lfs, changed"
else
	skip "git-lfs is not installed"
fi

# what a newer git makes
G=$VESPER_BENCH_DIR/git/bin-wrappers
if [ -x "$G/git" ]; then
	(PATH=$G:$PATH && worked reftable --ref-format=reftable)
	cd "$T/reftable" || exit 2
	if git status >/dev/null 2>&1; then
		as_git "reftable"
	else
		ask . >/dev/null
		is "$(get '[.commits,.dirty]')" "[null,null]" "reftable, this git is too old: no numbers"
		like "$(get .unread)" "reftable|refstorage" "but the reason"
	fi
	PATH=$G:$PATH
	ask . >/dev/null
	as_git "reftable, a newer git"
	worked relative-new
	git worktree add -q --relative-paths ../relative-linked -b side
	dirty
	as_git "relative worktrees, a newer git"
	cd ../relative-linked && as_git "from within one"
else
	skip "no newer git in VESPER_BENCH_DIR/git for reftable"
fi
done_testing
