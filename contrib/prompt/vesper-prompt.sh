# SPDX-License-Identifier: MIT
# A word in the prompt while a note waits to be handed back, for bash, zsh and
# other shells of their kind. Source this file, then in ~/.bashrc:
#
#	PS1='$(vesper_prompt)'$PS1
#
# and in ~/.zshrc the same after `setopt PROMPT_SUBST`. It asks the daemon when
# one runs, starts none, prints nothing otherwise, and leaves $? as it was for
# what comes behind it in the prompt.

vesper_prompt() {
	_vesper_status=$?
	case $(vesper status --json 2>/dev/null) in
	*'"note_waiting":true'* | *'"note_waiting": true'*)
		printf 'vesper morning> ' ;;
	esac
	return $_vesper_status
}
