#!/bin/sh
# SPDX-License-Identifier: MIT
# The examples in contrib do what they say: sound scripts, run for real where
# that is possible, else against a curl that writes down what it is told.
. tests/lib/test-lib.sh

if command -v shellcheck >/dev/null; then
	for f in slack-away mute-channel tmux-message lock-screen; do
		is "$(shellcheck "$TOP/contrib/on/$f" 2>&1)" "" "on/$f: sound"
	done
	is "$(shellcheck "$TOP/contrib/bars/prompt.sh" 2>&1)" "" \
		"bars/prompt.sh: sound"
else
	skip "no shellcheck here"
fi
for f in "$TOP"/contrib/on/* "$TOP"/contrib/bars/*; do
	grep -q "${f##*/}" "${f%/*}/README.md" || [ "${f##*/}" = README.md ] ||
		echo "$f"
done >"$T/unnamed"
is "$(cat "$T/unnamed")" "" "each is named in its README"

# formats in the examples are those of vesper
grep -ho -- '--format ["a-z{}0-9]["a-z{}0-9]*' "$TOP"/contrib/bars/* | sort -u >"$T/formats"
start_daemon --clock 2026-11-18T17:20:00+01:00,step
while read -r _ format; do
	format=$(printf '%s' "$format" | tr -d '"')
	unlike "$(vesper status --format "$format")" '[{]|^waybar|^tmux|^i3' \
		"--format $format is known" # waybar prints JSON: see below
done <<-LIST
	$(grep -v waybar "$T/formats")
LIST
is "$(vesper status --format waybar | jq -r .class)" normal \
	"--format waybar is what Waybar reads"

# the prompt
python3 tests/lib/say.py '{"event":"activity","source":"vim","project":"/p"}' \
	'{"clock":"2026-11-18T17:29:00+01:00"}' \
	'{"event":"activity","source":"vim","project":"/p"}' \
	'{"clock":"2026-11-18T17:30:00+01:00"}'
shows() { # SHELL COMMANDS: what stands on the screen, bells apart
	"$1" -c ". '$TOP/contrib/bars/prompt.sh'; $2" 2>&1 | tr -d '\a'
}
# shellcheck disable=SC2016 # for the other shell
is "$(shows bash '_vesper_prompt; _vesper_prompt; echo "${PS1@P}"')" \
	"18:00: the day ends in 30 min
[-0:30] " "bash: a notice once, and the time that is left"
if command -v zsh >/dev/null; then
	is "$(shows zsh '_vesper_prompt; _vesper_prompt; print -P "$PROMPT"' |
		head -n 1)" "18:00: the day ends in 30 min" "zsh: as well"
else
	skip "no zsh here"
fi
python3 tests/lib/say.py '{"do":"merge"}'
# shellcheck disable=SC2016
is "$(shows bash '_vesper_prompt; echo "${PS1@P}"')" "[+0:00] " \
	"without a notice no other word is taken for one"
stop_daemon
# shellcheck disable=SC2016
is "$(shows bash '_vesper_prompt; echo "${PS1@P}"')" "" \
	"without a daemon nothing"

# chat, against what stands in for curl
mkdir -p "$HOME/.config/vesper" "$T/bin"
echo s3cret >"$HOME/.config/vesper/slack-token"
echo s3cret >"$HOME/.config/vesper/mattermost-token"
cat >"$T/bin/curl" <<SH
#!/bin/sh
printf '%s\n' "\$*" >>"$T/curl"
cat >>"$T/header"
echo '{"ok":true,"id":"me"}'
SH
chmod +x "$T/bin/curl"
next=$(($(date +%s) + 7200))
PATH=$T/bin:$PATH VESPER_NEXT_AT=$next "$TOP/contrib/on/slack-away"
ok $? "Slack: away"
like "$(cat "$T/curl")" "\"status_expiration\": $next" "until the next working day"
like "$(cat "$T/curl")" '"num_minutes": (119|120)' "with notifications snoozed"
unlike "$(cat "$T/curl")" s3cret "the token is no argument"
like "$(cat "$T/header")" 'Bearer s3cret' "but in a header"
: >"$T/curl"
PATH=$T/bin:$PATH VESPER_NOTICE=merge "$TOP/contrib/on/mute-channel" \
	https://chat.example.org town
PATH=$T/bin:$PATH VESPER_NOTICE=morning "$TOP/contrib/on/mute-channel" \
	https://chat.example.org town
is "$(grep -o '"mark_unread": "[a-z]*"' "$T/curl" | tr '\n' ' ')" \
	'"mark_unread": "mention" "mark_unread": "all" ' \
	"Mattermost: muted, and heard again"
cat >"$T/bin/loginctl" <<SH
#!/bin/sh
echo "\$*" >>"$T/locked"
SH
chmod +x "$T/bin/loginctl"
PATH=$T/bin:$PATH VESPER_LEVEL=2 "$TOP/contrib/on/lock-screen"
[ ! -e "$T/locked" ]
ok $? "below its level nothing is locked"
PATH=$T/bin:$PATH VESPER_LEVEL=3 "$TOP/contrib/on/lock-screen"
is "$(cat "$T/locked")" lock-session "at its level the session is"
done_testing
