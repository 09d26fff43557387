#!/bin/sh
# SPDX-License-Identifier: MIT
# Jobs on stdin, names of every kind, and what is not asked properly.
. tests/lib/test-lib.sh
. tests/digest/digest-lib.sh

job() {
	jq -nc --arg r "$1" --argjson more "$2" \
		"{repository: \$r, since: $DAY, until: $END} + \$more"
}

fresh a
add $NOON one file 3
one=$(git rev-parse HEAD)
add $((NOON + 1)) two file 2
fresh b
add $NOON three
{
	job "$T/a" '{"authors":["ada@example.org"]}'
	job "$T/b" '{"authors":["nobody@example.org"]}'
	job "$T/none" '{}'
} | "$DIGEST" --job --deadline 60000 >"$T/answer"
is $? 0 "a repository that is gone is no failure"
is "$(get '[.path,.commits]' | tr '\n' ' ')" \
	"[\"$T/a\",2] [\"$T/b\",0] [\"$T/none\",null] " "a line for each job"
is "$(get .unread | tail -n1)" '"not there any more"' "with the reason"

job "$T/a" "{\"known\":[\"$one\"]}" | "$DIGEST" --job --deadline 60000 >"$T/answer"
is "$(get "[.commits,.insertions]")" "[1,2]" \
	"known commits are not counted again"
is "$(get .known)" "[\"$one\"]" "but told while something reaches them"
cd "$T/a" && git reset -q --hard HEAD~1
at $NOON git commit -q --amend -m "one, again"
job "$T/a" "{\"known\":[\"$one\"]}" | "$DIGEST" --job --deadline 60000 >"$T/answer"
is "$(get '[.commits,.known]')" "[1,[]]" "and not when nothing does"

cd "$T/a" && git reset -q --hard "$one" && add $((NOON + 1)) two file 2
two=$(git rev-parse HEAD)
job "$T/a" "{\"known\":{\"$one\":[70,7]}}" | "$DIGEST" --job --deadline 60000 >"$T/answer"
is "$(get "[.commits,.insertions,.deletions]")" "[2,72,7]" \
	"lines that are told are taken as they are"
is "$(get .lines)" "{\"$one\":[70,7],\"$two\":[2,0]}" "and all told back"
job "$T/a" '{"also":["bob@example.org"]}' | "$DIGEST" --job --deadline 60000 >"$T/answer"
is "$(get .commits)" 2 "addresses besides the repository's own"
at $NOON git commit -q --allow-empty --author 'Bob <bob@example.org>' -m "as Bob"
job "$T/a" '{"also":["bob@example.org"]}' | "$DIGEST" --job --deadline 60000 >"$T/answer"
is "$(get .commits)" 3 "count as mine"

{
	echo nonsense
	job "$T/b" '{}'
	echo '{"repository":"/x"}'
} | "$DIGEST" --job --deadline 60000 >"$T/answer"
is $? 2 "a bad line is told by the status"
is "$(get .commits | tr '\n' ' ')" "null 1 null " "and costs the others nothing"
like "$(get .unread | head -n1)" "not JSON" "with the reason"

"$DIGEST" --job </dev/null >"$T/answer"
is "$? $(wc -c <"$T/answer" | tr -d ' ')" "0 0" "no jobs, no lines"
"$DIGEST" . 2>"$T/err"
is $? 2 "times are needed"
like "$(cat "$T/err")" "^usage:" "and how is told"
"$DIGEST" --since soon --until 3 . 2>"$T/err"
is $? 2 "a time that is none"
like "$(cat "$T/err")" "since.*soon" "is named"
is "$("$DIGEST" --since 2026-11-18T04:00:00+01:00 --until $END "$T/b" |
	jq .commits)" 1 "times as people write them"

esc=$(printf '\033')
long=$(printf 'x%.0s' $(seq 200))
dir="$T/a name
with $long/and a \"quote\""
mkdir -p "$dir" && git init -q "$dir" && cd "$dir" || exit 2
add $NOON "red ${esc}[31m alarm"
git checkout -q -b "$(printf 'caf\303\251')"
add $((NOON + 1)) "caf$(printf '\351')"
printf 'gr\374n\n' >subject
git add -A
at $((NOON + 2)) git -c i18n.commitEncoding=ISO-8859-1 commit -qF subject
ask "$dir" >/dev/null
is "$(get .commits)" 3 "blanks, newlines, quotes and long names are fine"
is "$(jq -r ".subjects[0]" "$T/answer")" \
	"red ?[31m alarm" "no escape sequence gets through"
is "$(jq -r '.subjects[]' "$T/answer" | tail -n1)" \
	"$(printf 'gr\303\274n')" "another encoding is turned into UTF-8"
is "$(get '[.unpushed[].branch]')" "[\"$(printf 'caf\303\251')\",\"main\"]" \
	"branches in UTF-8"

done_testing
