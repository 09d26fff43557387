# In ~/.zshrc: source this file. See prompt.bash.
setopt prompt_subst
_vesper_precmd() {
	local lines notice
	lines=$(vesper status --format '{left}\n{notice}' 2>/dev/null) || {
		_vesper_left=
		return
	}
	_vesper_left=${lines%%$'\n'*}
	notice=${lines#*$'\n'}
	[[ -n $notice && $notice != "$_vesper_notice" ]] &&
		printf '\a%s\n' "$notice"
	_vesper_notice=$notice
}
precmd_functions+=(_vesper_precmd)
PROMPT='${_vesper_left:+[$_vesper_left] }'$PROMPT
