# SPDX-License-Identifier: MIT
# Sourced after test-lib.sh: repositories made by a real git, with fixed times.

DIGEST="$O/libexec/digest"
DAY=1794970800 # 2026-11-18 04:00 +0100
END=$((DAY + 86400))
NOON=$((DAY + 8 * 3600))
YESTERDAY=$((NOON - 86400))
export GIT_CONFIG_GLOBAL="$T/home/gitconfig"
git config --global init.defaultBranch main
git config --global user.email ada@example.org
git config --global user.name Ada
git config --global protocol.file.allow always
unset GIT_AUTHOR_EMAIL GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_NAME

# at TIME COMMAND...: author and committer time, both at +0100
at() {
	GIT_AUTHOR_DATE="@$1 +0100" GIT_COMMITTER_DATE="@$1 +0100"
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	shift
	"$@" >>"$T/git.log" 2>&1
	at_status=$?
	unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	return $at_status
}

# fresh NAME: an empty repository, entered
fresh() {
	git init -q "$T/$1" && cd "$T/$1" || exit 2
}

# add TIME SUBJECT [FILE [LINES]]: a commit that appends LINES (1) lines
add() {
	seq "${4:-1}" | sed "s/^/$2 /" >>"${3:-file}"
	git add -A && at "$1" git commit -qm "$2"
}

# ask REPOSITORY...: the answers, also in $T/answer. A busy machine may take
# its time: no test but those of deadlines may fail by it.
ask() {
	"$DIGEST" --deadline 60000 --since "$DAY" --until "$END" "$@" | tee "$T/answer"
}

# get FILTER: from the last answer
get() {
	jq -c "$1" "$T/answer"
}

# counts REPOSITORY... : "commits merges rewritten +insertions -deletions"
counts() {
	ask "$@" >/dev/null
	jq -r '"\(.commits) \(.merges) \(.rewritten) +\(.insertions) -\(.deletions)"' \
		"$T/answer"
}

# files REPOSITORY: "dirty untracked", by digest and by git
files() {
	ask "$1" | jq -r '"\(.dirty) \(.untracked)"'
}
git_files() {
	git -C "$1" --no-optional-locks status --porcelain \
		--ignore-submodules=dirty | awk '/^\?\? /{u++; next} {d++} END {print d+0, u+0}'
}

# settle_index: stamps as after a while, so that none is racy
settle_index() {
	touch -d '-100 seconds' ./* .[!.]* 2>/dev/null
	find . -name .git -prune -o -type f -exec touch -d '-100 seconds' {} +
	git update-index -q --refresh
}

# git_counts REPOSITORY: "commits merges 0 +insertions -deletions" by git log
git_counts() {
	c=$(git -C "$1" log --branches HEAD --no-merges --since-as-filter=$DAY \
		--until=$((END - 1)) --oneline 2>/dev/null | wc -l)
	m=$(git -C "$1" log --branches HEAD --merges --since-as-filter=$DAY \
		--until=$((END - 1)) --oneline 2>/dev/null | wc -l)
	git -C "$1" log --branches HEAD --no-merges --since-as-filter=$DAY \
		--until=$((END - 1)) --shortstat --format= -M |
		awk -v c="$c" -v m="$m" '{
			for (i = 2; i <= NF; i++) {
				if ($i ~ /^insertion/) p += $(i - 1)
				if ($i ~ /^deletion/) d += $(i - 1)
			}
		} END { printf "%d %d 0 +%d -%d\n", c, m, p, d }'
}

# as_git NAME: the repository we are in
as_git() {
	is "$(counts .)" "$(git_counts .)" "$1: commits and lines"
	is "$(files .)" "$(git_files .)" "$1: files"
	is "$(get .unread)" null "$1: nothing unread"
}

# worked NAME [INIT OPTION...]: a repository with a day's work, entered
worked() {
	name=$1
	shift
	git init -q "$@" "$T/$name" && cd "$T/$name" || exit 2
	mkdir -p d e
	add $YESTERDAY base f 10
	add $YESTERDAY base2 d/g 10
	add $YESTERDAY base3 e/h 10
	add $NOON first f 3
	sed -i 2d f
	add $((NOON + 1)) second d/g 5
}
dirty() {
	echo changed >>f
	echo new >untracked
}
