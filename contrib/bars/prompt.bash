# shellcheck shell=bash
# In ~/.bashrc: source this file. Where there is no desktop, the prompt is
# where a notice can be seen: each is printed once, and the time that is left
# stands in front of the prompt. Without a daemon there is nothing.
_vesper_prompt() {
	local lines notice
	lines=$(vesper status --format '{left}\n{notice}' 2>/dev/null) || {
		_vesper_left=
		return
	}
	_vesper_left=${lines%%$'\n'*}
	notice=${lines#*$'\n'}
	if [ -n "$notice" ] && [ "$notice" != "${_vesper_notice-}" ]; then
		printf '\a%s\n' "$notice"
	fi
	_vesper_notice=$notice
}
PROMPT_COMMAND="_vesper_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
# shellcheck disable=SC2016 # expanded at each prompt
PS1='${_vesper_left:+[$_vesper_left] }'$PS1
