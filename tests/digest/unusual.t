#!/bin/sh
# SPDX-License-Identifier: MIT
# Repositories of odd shapes: the same as git's own answer, or refused in words.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

worked sha256 --object-format=sha256
at $NOON git stash list
dirty
as_git SHA-256
at $NOON git stash -u
is "$(ask . | jq -c '[.stashes,.stashes_today,.unpushed[0].commits]')" \
	"[1,1,5]" "SHA-256: stashes and branches"

worked bare-source
git clone -q --bare . ../bare.git && cd ../bare.git || exit 2
is "$(counts .)" "$(git_counts .)" "a bare repository: commits and lines"
is "$(get '[.bare,.dirty,.untracked,.unread]')" "[true,null,null,null]" \
	"a bare repository has no files"

worked shape-split
git update-index --split-index
dirty
as_git "split index"

worked shape-sparse-index
git sparse-checkout init --cone --sparse-index >/dev/null
git sparse-checkout set d
as_git "sparse index"

worked shape-sparse
git sparse-checkout init --no-cone
echo /f | git sparse-checkout set --stdin
as_git "sparse checkout"
dirty
as_git "sparse checkout with changes"

worked shape-skip
git update-index --skip-worktree d/g
rm d/g
as_git "skip-worktree"

worked shape-assume
settle_index
git update-index --assume-unchanged f
echo changed >>f
as_git "assume-unchanged"

worked shape-v4
git update-index --index-version 4
settle_index
as_git "index version 4"

worked shape-intent
settle_index
echo later >later
git add -N later
as_git "intent to add"

worked shape-extension
git config core.repositoryFormatVersion 1
git config extensions.preciousObjects true
dirty
as_git "precious objects"
git config extensions.worktreeConfig true
git config --worktree core.ignoreCase false
as_git "a config of its own for each worktree"

worked shape-unknown
git config core.repositoryFormatVersion 1
git config extensions.fromTheFuture true
ask . >/dev/null
is "$(get '[.commits,.dirty,.insertions]')" "[null,null,null]" \
	"an unknown extension: no numbers"
like "$(get .unread)" "fromthefuture" "but git's reason"

worked replaced
git replace --graft HEAD HEAD~2
as_git "replace refs"
is "$(ask . | jq -c '.unpushed[0].commits')" "$(git rev-list --count HEAD)" \
	"replace refs: branches as git counts"

worked grafts
git config advice.graftFileDeprecated false
git rev-parse HEAD >.git/info/grafts
as_git "grafts"

worked shallow-source
git clone -q --depth 1 "file://$T/shallow-source" ../shallow && cd ../shallow ||
	exit 2
is "$(ask . | jq -c '[.commits,.insertions,.deletions,.lines_unknown]')" \
	"[1,null,null,1]" "a shallow clone: the boundary's lines are not known"
add $((NOON + 9)) third f 4
is "$(ask . | jq -c '[.commits,.insertions,.deletions,.lines_unknown]')" \
	"[2,4,0,1]" "those of what came on top are"

worked partial-source
git config uploadpack.allowFilter true
git clone -q --no-checkout --filter=blob:none "file://$T/partial-source" \
	../partial && cd ../partial || exit 2
strace -f -qq -e trace=execve -o "$T/trace" "$DIGEST" --deadline 60000 --since $DAY --until $END \
	--author ada@example.org . >"$T/answer"
is "$(get '[.commits,.insertions,.lines_unknown]')" "[2,null,2]" \
	"a partial clone: lines whose files are not here are not known"
is "$(grep -cE 'upload-pack|git-remote|"fetch"' "$T/trace")" 0 "and not fetched"

worked attributes
printf 'd/* -diff\n' >.gitattributes
add $((NOON + 2)) "no diff" d/g 20
settle_index
as_git "-diff attribute"
git rm -q --cached .gitattributes
git commit -q -m "untracked now"
add $((NOON + 3)) "no diff" d/g 20
as_git "-diff in an untracked .gitattributes"
rm .gitattributes
echo 'f binary' >.git/info/attributes
add $((NOON + 4)) "binary" f 20
as_git "binary in info/attributes"
: >.git/info/attributes
mkdir -p "$HOME/.config/git"
echo 'e/h -diff' >"$HOME/.config/git/attributes"
add $((NOON + 5)) "binary" e/h 20
as_git "-diff in the user's attributes"
rm "$HOME/.config/git/attributes"
git config diff.algorithm patience
as_git "another diff algorithm"

worked eol
printf '* text=auto\n' >.gitattributes
printf 'a\r\nb\r\n' >crlf
add $((NOON + 2)) crlf
touch -d '-50 seconds' crlf f
as_git "CRLF files touched"

worked filtered
git config --global filter.up.clean 'tr a-z A-Z'
printf 'd/g filter=up\n' >.gitattributes
add $((NOON + 2)) "filtered" d/g 2
touch -d '-50 seconds' d/g
as_git "the user's own clean filter"
dirty
as_git "the user's own clean filter with changes"
git config --global --unset filter.up.clean

worked relative
git worktree add -q ../rel -b side 2>/dev/null
printf 'gitdir: ../relative/.git/worktrees/rel\n' >../rel/.git
printf '../../../../rel/.git\n' >.git/worktrees/rel/gitdir
git config core.repositoryFormatVersion 1
git config extensions.relativeWorktrees true
ask . ../rel >/dev/null
if git status >/dev/null 2>&1; then
	as_git "relative worktrees"
else
	is "$(get .commits | head -n1)" 2 "relative worktrees: read by libgit2"
	like "$(get .unread | head -n1)" "relativeworktrees" \
		"what git is too old for is named"
fi

worked typechange
rm f && ln -s d/g f
git rm -qrf e && echo file >e
add $((NOON + 2)) "types change"
mkdir x && mv e x/e && mv x e
add $((NOON + 3)) "a file becomes a directory"
as_git "types that change"

worked split-history
git checkout -q -b other HEAD~3
add $((NOON + 7)) "other" o 2
at $((NOON + 8)) git merge -q --no-edit main
as_git "a merge of the day"

worked huge
seq 20000 | sed 's/^/line /' >big
add $((NOON + 2)) big
sed -i 's/5/five/' big
add $((NOON + 3)) "big changes"
for n in $(seq 500); do echo $n >d/$n; done
add $((NOON + 4)) "many files"
git mv d dd && sed -i 1d dd/g
add $((NOON + 5)) "many renames"
as_git "big files and many"

worked broken
printf 'garbage' >.git/refs/heads/bad
ask . >/dev/null
is "$(get '.commits')" 2 "a broken reference costs nothing else"
worked corrupt
find .git/objects -type f -path "*/$(git rev-parse HEAD:f | cut -c1-2)/*" \
	-delete
ask . >/dev/null
like "$(get '[.commits,.lines_unknown]')" '^\[2,[12]\]$' \
	"a missing blob: its lines are not known"
tip=$(git rev-parse HEAD~1)
rm -f ".git/objects/$(echo "$tip" | cut -c1-2)/$(echo "$tip" | cut -c3-)"
ask . >/dev/null
is "$(get '[.commits,.insertions]')" "[null,null]" "a missing commit: no number"
like "$(get .unread)" "missing" "but the reason"

done_testing
