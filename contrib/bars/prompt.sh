# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For bash and zsh: source this file in ~/.bashrc or ~/.zshrc. In front of the
# prompt stand the time that is left and, while a note waits to be handed back,
# the command that does it; a notice is printed once, for where there is no
# desktop. It starts no daemon, and without one there is nothing.
_vesper_prompt() {
	local lines
	_vesper_left='' _vesper_note=''
	lines=$(vesper status --format '{left}\n{note}\n{notice}\n.' 2>/dev/null) ||
		return 0
	lines=${lines%$'\n.'}
	_vesper_left=${lines%%$'\n'*} lines=${lines#*$'\n'}
	_vesper_note=${lines%%$'\n'*} lines=${lines#*$'\n'}
	if [ -n "$lines" ] && [ "$lines" != "${_vesper_notice-}" ]; then
		printf '\a%s\n' "$lines"
	fi
	_vesper_notice=$lines
}
# shellcheck disable=SC2016 # expanded at each prompt
_vesper_before='${_vesper_left:+[$_vesper_left] }${_vesper_note:+$_vesper_note> }'
if [ -n "${ZSH_VERSION-}" ]; then
	setopt prompt_subst
	precmd_functions+=(_vesper_prompt)
else
	PROMPT_COMMAND="_vesper_prompt${PROMPT_COMMAND:+; $PROMPT_COMMAND}"
fi
PS1=$_vesper_before$PS1
unset _vesper_before
