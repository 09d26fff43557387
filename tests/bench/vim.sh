#!/bin/sh
# SPDX-License-Identifier: MIT
# What the plugin costs an editor, against the same editor without it and that
# control run again, interleaved: sourcing, start-up, the helper's memory, a
# CursorMoved in the armed and in the disarmed state.
#
#	tests/bench/vim.sh [ROUNDS]
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-25}
T=$(mktemp -d "${TMPDIR:-/tmp}/vesper-bench.XXXXXX") || exit 2
trap 'rm -rf "$T"' EXIT
mkdir -p "$T/with/pack/v/start" "$T/bin" "$T/run"
ln -s "$top" "$T/with/pack/v/start/vesper"
printf '#!/bin/sh\nexec "%s"\n' "${O:-$top/build}/libexec/attach" >"$T/bin/vesper"
chmod +x "$T/bin/vesper"
export HOME="$T" XDG_RUNTIME_DIR="$T/run" XDG_CONFIG_HOME="$T/config" PATH="$T/bin:$PATH" TERM=xterm LC_ALL=C.UTF-8
seq 1 200 >"$T/file"
echo 'call timer_start(0, {-> execute("qall!")})' >"$T/quit.vim"

# p25 of the numbers on stdin
p25() { sort -n | awk '{a[NR]=$1} END {print NR ? a[int((NR+3)/4)] : "-"}'; }

# start EDITOR CASE FILE: one start on a terminal, its times appended to FILE
start() {
	rm -f "$T/times"
	path="set packpath=$T/$2"
	timeout 10 script -qec "$1 -N -n -u NORC --noplugin --cmd '$path' --startuptime $T/times \
		-c 'runtime! plugin/vesper.vim' -c 'packloadall' -S $T/quit.vim $T/file" \
		/dev/null >/dev/null 2>&1
	# the last clock reading is that of the whole start
	awk '/STARTED/ {t=$1} END {print t}' "$T/times" >>"$3"
	awk '/plugin\/vesper.vim/ {print $3 + 0}' "$T/times" | tail -1 >>"$3.own"
}

for editor in vim nvim; do
	command -v $editor >/dev/null || continue
	rm -f "$T"/*.ms "$T"/*.own
	i=0
	while [ $i -lt "$rounds" ]; do
		start $editor none "$T/none.ms"
		start $editor with "$T/with.ms"
		start $editor again "$T/again.ms"
		i=$((i + 1))
	done
	none=$(p25 <"$T/none.ms") with=$(p25 <"$T/with.ms") again=$(p25 <"$T/again.ms")
	echo "$editor start-up, ms (p25 of $rounds): none $none, again $again, with $with"
	echo "$editor added by the plugin, ms: $(echo "$with $none" | awk '{printf "%.2f", $1-$2}')" \
		"(goal 0.5; noise $(echo "$again $none" | awk '{printf "%.2f", $1-$2}'))"
	echo "$editor sourcing plugin/vesper.vim, ms: $(p25 <"$T/with.ms.own") (goal 0.20)"
	cat >"$T/direct.vim" <<-'VIM'
	" something to find, so that Vim does not say that there is nothing
	autocmd CursorMoved * let g:moved = 1
	function! Cost() abort
	  let best = 1000000000
	  for round in range(5)
	    let began = reltime()
	    for i in range(2000)
	      doautocmd <nomodeline> CursorMoved
	    endfor
	    let best = min([best, float2nr(reltimefloat(reltime(began)) * 1.0e9 / 2000)])
	  endfor
	  return best
	endfunction
	function! Measure(timer) abort
	  call writefile([printf('%d ns a CursorMoved between reports, %d handlers', Cost(), exists('#vesper#CursorMoved'))], $HOME . '/direct')
	  qall!
	endfunction
	call timer_start(500, 'Measure')
	VIM
	for case in none with; do
		timeout 10 script -qec "$editor -N -n -u NORC --cmd 'set packpath=$T/$case' -c packloadall -S $T/direct.vim $T/file" \
			/dev/null >/dev/null 2>&1
		echo "$editor $case: $(cat "$T/direct")"
	done
done
mkfifo "$T/in"
"$T/bin/vesper" <"$T/in" >/dev/null &
helper=$!
exec 3>"$T/in"
echo '{"hello":1,"as":"vim","pid":1,"subscribe":true}' >&3
echo '{"event":"activity","source":"vim","project":"/a","file":"/a/b","line":1}' >&3
n=0
while [ $n -lt 100 ] && ! ls "$T/.local/state/vesper/spool" >/dev/null 2>&1; do n=$((n + 1)); done
awk '/^Private/ {n += $2} END {print "helper, private kB: " n " (goal 100)"}' "/proc/$helper/smaps_rollup"
exec 3>&-
wait $helper
