#!/bin/sh
# SPDX-License-Identifier: MIT
# The man pages: correct mdoc, the list of options is the table's, and every
# command is described.
. tests/lib/test-lib.sh

between='/^\.\\" begin: /,/^\.\\" end$/p'
vesper config list --man >"$T/made"
sed -n "$between" core/man/vesper.ini.5 | sed '1d;$d' >"$T/there"
cmp -s "$T/made" "$T/there"
ok $? "vesper.ini.5 lists what vesper config list --man makes"

for command in $(vesper --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	grep -q "^\.It Cm $command\( \|$\)" core/man/vesper.1
	ok $? "vesper.1 describes $command"
done

for variable in $(grep -rhoE '"VESPER_[A-Z_]+"' core --include='*.c' |
	tr -d '"' | sort -u); do
	grep -q "\.It Ev.*$variable\>" core/man/vesper.1 core/man/vesper.ini.5
	ok $? "$variable is described"
done

if command -v mandoc >/dev/null; then
	# that the pages are not installed where they are linted is no fault
	for page in core/man/*.[1-9]; do
		is "$(mandoc -T lint "$page" 2>&1 |
			grep -v -e 'referenced manual not found' \
				-e 'outdated mandoc.db')" "" "$page"
	done
else
	skip "no mandoc"
fi

done_testing
