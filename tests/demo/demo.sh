#!/bin/sh
# SPDX-License-Identifier: MIT
# A working day in about a minute: the real daemon on a clock that goes 600
# times as fast, a real Vim and a real git in a terminal nobody sees (tmux), a
# scratch home that is gone afterwards, also when this is interrupted.
#
#	demo.sh BUILD-DIRECTORY
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$top/build}
speed=600

T=$(mktemp -d "${TMPDIR:-/tmp}/vesper-demo.XXXXXX") || exit 1
daemon='' typist=''

clean_up() {
	trap - EXIT INT TERM HUP
	[ -z "$typist" ] || kill "$typist" 2>/dev/null
	tmux -S "$T/tmux" kill-server 2>/dev/null
	[ -z "$daemon" ] || kill "$daemon" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$T"
}
trap clean_up EXIT
trap 'clean_up; exit 130' INT TERM HUP

# The world of the demo: nothing of the user's, and no desktop.
for name in VESPER_CONFIG VESPER_SOCKET VESPER_REASON DISPLAY WAYLAND_DISPLAY \
	DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME \
	TMUX SUDO_UID CI EDITOR VISUAL GIT_DIR GIT_EDITOR LISTEN_FDS \
	LISTEN_PID VIMINIT MYVIMRC; do
	unset $name
done
export HOME="$T" XDG_RUNTIME_DIR="$T/run" TZ=UTC LC_ALL=C.UTF-8 SHELL=/bin/sh
export VESPER_LIBEXEC="$build/libexec" PATH="$build:$PATH" ENV="$T/shrc"
export GIT_CONFIG_NOSYSTEM=1

# --- telling -----------------------------------------------------------------

# say TEXT: what happens now
say() {
	printf '\n%s  %s\n' "$(time_of_day)" "$*"
}

show() {
	sed 's/[[:space:]]*$//; s/^/       | /'
}

instant() {
	vesper status --json | sed -n 's/.*"now": *\([0-9]*\).*/\1/p'
}

time_of_day() {
	at=$(($(instant) % 86400))
	printf '%02d:%02d' $((at / 3600)) $((at / 60 % 60))
}

# What Vesper printed since the last call.
heard=0
vesper_says() {
	all=$(wc -l <"$T/terminal")
	if [ "$all" -gt "$heard" ]; then
		sed -n "$((heard + 1)),${all}p" "$T/terminal" |
			grep -v '^$' | show
	fi
	heard=$all
}

# --- doing -------------------------------------------------------------------

# wait_until HH:MM
wait_until() {
	while [ "$(time_of_day | tr -d :)" -lt "${1%:*}${1#*:}" ]; do
		sleep 0.03
	done
}

# wait_notice TEXT: until Vesper's terminal shows it; what comes at all comes
# within hours of the day, which are seconds here
wait_notice() {
	tries=0
	until sed -n "$((heard + 1)),\$p" "$T/terminal" | grep -q "$1"; do
		tries=$((tries + 1))
		if [ "$tries" -ge 800 ]; then
			echo "demo: Vesper did not say \"$1\"" >&2
			exit 1
		fi
		sleep 0.05
	done
}

keys() {
	tmux -S "$T/tmux" send-keys -t "$@"
}

screen_of() {
	tmux -S "$T/tmux" capture-pane -J -p -t "$1"
}

# Somebody who types until $T/pause exists, a word every 90 seconds.
type_on() {
	while :; do
		for word in the parser reads one line at a time and keeps what \
			it cannot place for the next one, so that an early end \
			of the input loses nothing, and; do
			while [ -e "$T/pause" ]; do
				sleep 0.05
			done
			tmux -S "$T/tmux" send-keys -t day:vim -l "$word " \
				2>/dev/null || exit
			sleep 0.15
		done
	done
}

save() {
	touch "$T/pause"
	sleep 0.2
	keys day:vim Escape ':w' Enter 'A'
	sleep 0.2
}

at_work() {
	rm -f "$T/pause"
}

# run COMMAND: in the terminal, and what it shows
runs=0
run() {
	runs=$((runs + 1))
	keys day:shell -l "clear; $1; echo end-$runs"
	keys day:shell Enter
	tries=0
	until screen_of day:shell | grep -qx "end-$runs"; do
		tries=$((tries + 1))
		[ "$tries" -lt 400 ] || break
		sleep 0.05
	done
	printf '       | $ %s\n' "$1"
	screen_of day:shell | sed "/^end-$runs\$/,\$d" | show
}

# Nobody types until HH:MM.
pause_until() {
	touch "$T/pause"
	wait_until "$1"
	at_work
}

# --- the day ------------------------------------------------------------------

prepare() {
	mkdir -p "$T/run" "$T/.config/vesper" "$T/src" "$T/.vim/pack/v/start"
	chmod 700 "$T/run"
	ln -s "$top" "$T/.vim/pack/v/start/vesper"
	cat >"$T/.config/vesper/config.ini" <<-INI
	[workday "day"]
	days = daily
	start = 09:00
	merge = 18:00
	INI
	cat >"$T/.vimrc" <<-VIM
	set nocompatible noswapfile viminfo= shortmess+=I textwidth=60
	set laststatus=2 statusline=%f%=%{exists('*vesper#statusline')?vesper#statusline():''}
	VIM
	cat >"$T/.gitconfig" <<-GIT
	[user]
	name = Ada
	email = ada@example.org
	GIT
	# Commits are dated by the day's clock.
	cat >"$T/shrc" <<-'RC'
	PS1='$ '
	git() {
		at=$(vesper status --json |
			sed -n 's/.*"now": *\([0-9]*\).*/\1/p')
		GIT_AUTHOR_DATE="$at +0000" GIT_COMMITTER_DATE="$at +0000" \
			command git "$@"
	}
	RC
	git -C "$T/src" init -q
	echo "notes on the parser" >"$T/src/notes.txt"
	git -C "$T/src" add .
	GIT_AUTHOR_DATE=2026-11-17T12:00:00Z \
		GIT_COMMITTER_DATE=2026-11-17T12:00:00Z \
		git -C "$T/src" commit -qm begin
}

start() {
	vesperd --foreground --clock "2026-11-18T08:50:00Z,x$speed" \
		</dev/null >"$T/terminal" 2>&1 &
	daemon=$!
	tries=0
	until vesper status >/dev/null 2>&1; do
		tries=$((tries + 1))
		if [ "$tries" -gt 200 ]; then
			cat "$T/terminal" >&2
			exit 1
		fi
		sleep 0.05
	done
	heard=$(wc -l <"$T/terminal")
	vesper hooks install --repo "$T/src" >/dev/null
	tmux -S "$T/tmux" -u new-session -d -s day -n vim -x 70 -y 16 \
		-c "$T/src" "vim notes.txt"
	tmux -S "$T/tmux" -u new-window -d -t day -n shell -c "$T/src" /bin/sh
}

prepare
start
say "A day at 600 times its speed. The config says: 09:00 to 18:00."
keys day:vim 'o'
type_on &
typist=$!
wait_until 09:05
say "Ada writes in Vim. Vesper knows: somebody works, and on what."
vesper status | show

wait_notice 'without a break' && say "Ninety minutes on end. Vesper says:"
vesper_says
say "A break, then."
pause_until 10:40

wait_until 11:30
save
say "A commit. Nothing is said: it is the middle of the day."
run 'git commit -qam "how the parser reads"'
at_work

wait_until 12:00
say "Lunch: Vim stays open, nobody types."
pause_until 12:45

wait_until 14:00
pause_until 14:12
wait_until 15:30
say "The afternoon, with breaks. What does vesper why say?"
vesper why | show
pause_until 15:42
wait_until 16:50
pause_until 17:02

wait_notice 'in 30 min' && say "A warning, well before the end:" && vesper_says
wait_until 17:42
save
say "Another commit."
run 'git commit -qam "what is kept for the next line"'
at_work
wait_notice 'in 10 min' && say "And one more:" && vesper_says

wait_notice '^Open:\|^Nothing uncommitted' && say "The end of the day, given in a short pause. On a terminal:"
vesper_says
echo "       and in Vim:"
screen_of day:vim | show
say "Ten more minutes would do: vesper extend 15m"
vesper extend 15m | show

wait_notice '^Open:\|^Nothing uncommitted' && say "And again, at the new end:" && vesper_says
wait_notice 'past the end' && say "She goes on, and is told so once:" && vesper_says
wait_until 18:40
save
say "A commit at this hour:"
run 'git commit -qam "one more thing"'

say "Enough. The mental merge: a word for tomorrow, and the day is closed."
vesper merge -m "tomorrow: errors at the end of the input" | sed "s|$T|~|" |
	show
say "The note is a plain file:"
show <"$T/.local/share/vesper/clock-notes/2026-11-18.md"
say "And the day, told by vesper report day:"
vesper report day | sed "s|$T|~|" | show
