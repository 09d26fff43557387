#!/bin/sh
# SPDX-License-Identifier: MIT
# vesper replay: its lines, its errors, and what is printed before them.
. tests/lib/test-lib.sh

cat >"$T/c.ini" <<-'INI'
	[vesper]
	timezone = Europe/Berlin
	[workday]
	merge = 18:00
INI

# replay EVENTS...: sets out, err and code
replay() {
	printf '%s\n' "$@" >"$T/e.jsonl"
	# shellcheck disable=SC2086 # --until and its value are two words
	out=$(cd "$T" && vesper replay --config c.ini $until e.jsonl 2>err)
	code=$?
	err=$(cat "$T/err")
}
until=

at='"at":"2026-11-18T17:58:00+01:00"'
a="{$at,\"event\":\"activity\",\"source\":\"vim\"}"
replay "$a"
is "$code$out$err" 0 "an event and no decision"

until="--until 2026-11-19T05:00:00+01:00"
replay "$a" '{"at":1795021140.9,"event":"commit","human":true}'
is "$out" '{"at":1795021140,"verdict":"ok","event":"commit","day":"2026-11-18"}
{"at":1795021200,"notice":"merge","level":1,"day":"2026-11-18","regime":"over"}
{"at":1795057200,"day":"2026-11-18","ended":1795021140,"worked":60,"longest":60}' \
	"verdict, notice, closing line; fractions cut off"
is "$code$err" 0 "without an error"

until=
replay "$a" '{"at":1795022000,"event":"activity"}' \
	'{"at":1795022000,"event":"push"}' '{"at":1795022001,"event":"merge"}' oops
is "$code" 2 "a malformed line"
like "$err" '^vesper: replay: e\.jsonl:5: not JSON: ' "is named by file and line"
is "$(printf '%s\n' "$out" | tail -1)" \
	'{"at":1795022000,"verdict":"late","event":"push","past":800,"day":"2026-11-18"}' \
	"what was decided before it is printed"

bad() {
	replay "$a" "$1"
	is "$code $err" "2 vesper: replay: e.jsonl:2: $2" "$1"
}
bad '{"at":1795021000,"event":"away"}' \
	'out of order: 1795021000 comes after 1795021080'
bad '{"at":1795022000,"event":"lunch"}' 'there is no event "lunch"'
bad '{"at":1795022000}' '"event" must be a string'
bad '{"event":"away"}' \
	'"at" must be seconds of UTC or a time such as 2026-11-18T17:58:00+01:00'
bad '{"at":"2026-11-18T17:58:00","event":"away"}' \
	'"at" must be seconds of UTC or a time such as 2026-11-18T17:58:00+01:00'
bad '{"at":1795022000,"event":"commit","human":1}' '"human" must be true or false'
bad '{"at":1795022000,"event":"extend"}' 'extend takes either "until" or "for"'
bad '{"at":1795022000,"event":"extend","for":"90"}' '"for" must be a length such as "90m"'
bad '{"at":1795022000,"event":"snooze","for":90}' '"for" must be a length such as "90m"'
bad '{"at":1795022000,"event":"oncall"}' \
	'"until" must be seconds of UTC or a time such as 2026-11-18T17:58:00+01:00'
bad '{"at":1795022000,"event":"off","dates":"2026-12-26..2026-12-24"}' \
	'"dates" must be a date or two, such as "2026-12-24..2026-12-26"'
bad '{"at":1795022000,"event":"today","start":"9:00","merge":"17:00"}' \
	'"start" must be a time of day such as "09:00"'
bad '{"at":1795022000,"event":"zone","zone":"Berlin"}' \
	'Berlin is not a time zone of this system'
bad '[1]' 'not a JSON object'
bad '{"at":1795022000,"at":1795022001,"event":"away"}' 'not JSON: duplicate object key near '\''"at"'\'
replay "$a" ''
is "$code" 2 "an empty line is malformed"
replay "$a" '{"at":1795022000,"event":"away"} x'
is "$code" 2 "as is what follows an object"

replay "$a" '{"at":1795021081,"event":"set"}' '{"at":1795021081,"event":"handed"}'
is "$code$out$err" 0 "set and handed decide nothing"

# machine activity gets no verdict and no day
replay '{"at":1795022000,"event":"commit","human":false}'
is "$code$out" 0 "no verdict for a program"

# exceptions
until="--until 2026-11-18T18:00:00+01:00"
replay "$a" '{"at":1795021081,"event":"off","dates":"2026-11-18"}' \
	'{"at":1795021082,"event":"commit"}'
is "$out" '{"at":1795021082,"verdict":"off","event":"commit","day":"2026-11-18"}
{"at":1795021082,"notice":"off","level":1,"day":"2026-11-18","regime":"off"}' \
	"off makes today a day off at once"
replay "$a" '{"at":1795021081,"event":"today","start":"09:00","merge":"17:00"}' \
	'{"at":1795021082,"event":"commit"}'
like "$out" '"verdict":"late","event":"commit","past":3482' "today moves the end"

# a new config and a new zone hold from their instant on
replay "$a" '{"at":1795021081,"event":"config","text":"[workday]\nmerge = 17:30\n"}' \
	'{"at":1795021082,"event":"commit"}'
like "$out" '"verdict":"late","event":"commit","past":1682' "a config"
unlike "$out" '"at":1795021080' "which decides nothing before it"
replay "$a" '{"at":1795021081,"event":"zone","zone":"Europe/Helsinki"}' \
	'{"at":1795021082,"event":"commit"}'
like "$out" '"verdict":"late","event":"commit","past":3482' "a zone"
until=

# files
out=$(vesper replay --config "$T/c.ini" - <"$T/e.jsonl" 2>&1)
is "$?" 0 "- is standard input"
vesper replay --config "$T/c.ini" "$T/none" 2>"$T/err"
is "$? $(cat "$T/err")" "2 vesper: replay: $T/none: No such file or directory" \
	"no such file"
vesper replay --config "$T/none" "$T/e.jsonl" 2>"$T/err"
is "$? $(cat "$T/err")" "2 vesper: replay: $T/none: No such file or directory" \
	"no such config"
timeout 5 vesper replay --until 999999999999999 "$T/e.jsonl" >/dev/null 2>&1
is "$?" 2 "--until beyond any calendar"
vesper replay --until noon "$T/e.jsonl" 2>"$T/err"
is "$?" 2 "an --until that is no instant"
printf '[workday]\nmerge = 25:00\n' >"$T/bad.ini"
vesper replay --config "$T/bad.ini" "$T/e.jsonl" >/dev/null 2>"$T/err"
is "$?" 0 "a config with a mistake is used for the rest"
like "$(cat "$T/err")" "bad.ini:2: \[workday\] merge = 25:00" "and the mistake is said"
vesper replay --config "$T/c.ini" "$T/e.jsonl" >/dev/full 2>"$T/err"
is "$?" 1 "a full disk is no success"

done_testing
