#!/bin/sh
# SPDX-License-Identifier: MIT
# Other languages: whole, sound, and used from the command line to the buttons.
. tests/lib/test-lib.sh
command -v msgfmt >/dev/null && command -v xgettext >/dev/null ||
	skip_all "no gettext here"

# what xgettext finds now is what the catalogues have
(cd "$TOP" && core/words/extract.sh) >"$T/now.pot"
for l in de fr; do
	po=$TOP/core/words/po/$l.po
	is "$(msgfmt --check -o /dev/null "$po" 2>&1)" "" "$l: sound"
	msgmerge -q --no-fuzzy-matching -o "$T/$l.po" "$po" "$T/now.pot"
	is "$(msgattrib --untranslated --no-obsolete "$T/$l.po" |
		sed -n 's/^msgid "\(..*\)"/\1/p')" "" "$l: whole (make pot)"
	is "$(msgattrib --only-fuzzy "$T/$l.po")" "" "$l: nothing is guessed"
	# {fields} of formats are filled in, so they stay as they are
	is "$(msgcat --no-wrap "$po" | awk '
		function fields(s,  list) {
			while (match(s, /[{][a-z_]+[}]/)) {
				list = list substr(s, RSTART, RLENGTH)
				s = substr(s, RSTART + RLENGTH)
			}
			return list
		}
		/^msgid / { want = fields($0) }
		/^msgstr / && fields($0) != want { print }')" "" \
		"$l: no field is lost"
done

vesper_in() {
	l=$1
	shift
	LANGUAGE=$l "$@"
}
is "$(vesper_in de vesper start extra 2>&1 | head -n 1)" \
	"vesper: start: zu viele Argumente" "de: what is typed wrong"
is "$(vesper_in fr vesper start extra 2>&1 | head -n 1)" \
	"vesper: start: trop d'arguments" "fr: what is typed wrong"
is "$(vesper start extra 2>&1 | head -n 1)" \
	"vesper: start: too many arguments" "else as it is written"
is "$(VESPER_LOCALEDIR=/nonexistent vesper_in de vesper start extra 2>&1 |
	head -n 1)" "vesper: start: too many arguments" \
	"another place for catalogues can be named"

# a day: LANGUAGE WARNING SAID BUTTONS STATUS WEEKDAY WORKED
day() {
	export LANGUAGE="$1"
	rm -rf "$HOME/.local"
	start_daemon --clock 2026-11-18T17:20:00+01:00,step
	say '{"event":"activity","source":"vim","project":"/p"}' \
		'{"clock":"2026-11-18T17:29:00+01:00"}' \
		'{"event":"activity","source":"vim","project":"/p"}' \
		'{"clock":"2026-11-18T17:30:00+01:00"}'
	is "$(vesper status --format '{notice}')" "$2" "$1: a notice"
	say '{"clock":"2026-11-18T17:59:00+01:00"}' \
		'{"event":"activity","source":"vim","project":"/p"}' \
		'{"clock":"2026-11-18T18:01:00+01:00"}'
	is "$(vesper status --json | jq -r '.notice.actions[][1]' | tr '\n' ' ')" \
		"$4" "$1: its buttons"
	is "$(vesper status --json | jq -r '.state')" "$5" "$1: the line of bars"
	is "$(vesper plan --days 1 | cut -d ' ' -f 1)" "$6" "$1: a day of the week"
	is "$(vesper report week | grep -c "^$6 *11-18 ")" 1 "$1: in a report, too"
	is "$(vesper extend 30m)" "$3" "$1: an order"
	is "$(vesper report week | sed -n 2p)" "$7" "$1: one of a kind"
	[ "$1" = fr ] || numbers
	unset LANGUAGE
	stop_daemon
}
say() {
	python3 tests/lib/say.py "$@"
}
# Where people write 12,5, an SVG still has 12.5.
numbers() {
	localedef -i de_DE -f UTF-8 "$T/de_DE.UTF-8" >/dev/null 2>&1 ||
		{ skip "no localedef with de_DE"; return; }
	LOCPATH=$T LC_ALL=de_DE.UTF-8 vesper report week --html "$T/week.html"
	is "$(grep -oE 'width="[0-9]+,[0-9]+"' "$T/week.html")" "" \
		"de: points in an SVG's numbers"
}
day de "18:00: in 30 min endet der Tag" \
	"Der Tag endet jetzt um 18:31. Verlängerungen, die heute bleiben: 1." \
	"Abschließen +15 min " "vorbei seit 18:00" Mi \
	"gearbeitet 0:09 an 1 Tag"
day fr "18:00 : la journée finit dans 30 min" \
	"La journée finit maintenant à 18:31. Prolongations restantes aujourd'hui : 1." \
	"Terminer +15 min " "fini depuis 18:00" mer \
	"travail 0:09 sur 1 jour"

# LXQt and others cut longer ones
for l in de fr; do
	for id in Merge '+15 min' Later 'Carry on' Read Show; do
		printf '%s\n' "$id" | LANGUAGE=$l TEXTDOMAINDIR=$O/locale gettext \
			vesper "$id"
		echo
	done | awk 'length($0) > 12' >"$T/long"
	is "$(cat "$T/long")" "" "$l: no button has more than twelve characters"
done
# rooms that know no words
long=/tmp/$(printf '%0120d' 0)/socket
is "$(LANGUAGE=de VESPER_SOCKET=$long vesper status 2>&1 | grep -c 'länger als 107')" 1 \
	"de: what a library refuses"

done_testing
