# made by: vesper --complete bash
_vesper() {
	local current=${COMP_WORDS[COMP_CWORD]} words=
	local last=${COMP_WORDS[COMP_CWORD-1]}
	local before=${COMP_WORDS[COMP_CWORD-2]:-}
	local command=${COMP_WORDS[1]}
	[ "$COMP_CWORD" -eq 1 ] && command=
	case $command in
	"") words="status merge note morning extend carry snooze break oncall off today report day export import forget plan why start stop reload attach hooks doctor config replay help --help --version" ;;
	status) words="--json --format --watch --notices" ;;
	merge) words="-m --no-edit --undo --day" ;;
	extend) words="-m until 15m 30m 1h" ;;
	carry) words="until" ;;
	snooze) words="15m 30m 1h" ;;
	break) words="10m 15m 30m" ;;
	oncall) words="-m until off" ;;
	off) words="--undo today tomorrow" ;;
	report) words="--json --csv --html --project day week month year" ;;
	day) words="--start --end --work --pause --undo edit yesterday today" ;;
	export) words="--json --csv" ;;
	forget) words="--before --project" ;;
	plan) words="--days --json" ;;
	why) words="--json" ;;
	hooks) words="--repo --strict install uninstall status print" ;;
	doctor) words="--json" ;;
	config) words="--example --man --keys check list get path" ;;
	replay) words="--config --until" ;;
	help) words="status merge note morning extend carry snooze break oncall off today report day export import forget plan why start stop reload attach hooks doctor config replay help" ;;
	esac
	case "$before $last" in
	"config get") words="vesper.turn vesper.idle vesper.lull vesper.patience vesper.repeat vesper.timezone workday.days workday.start workday.merge workday.warn workday.limit workday.extensions workday.extension_max stretch.limit stretch.break rota.start rota.cycle return.start return.weeks return.from return.to git.commits git.pushes git.authors git.repositories notify.desktop notify.editor notify.hold notify.insist notify.sound merge.pacer boundary.quiet on.protect.run on.merge.run on.late.run on.off.run on.stretch.run on.morning.run on.warn.run on.protect-warn.run privacy.projects" ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _vesper vesper
