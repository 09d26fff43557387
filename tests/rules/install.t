#!/bin/sh
# SPDX-License-Identifier: MIT
# `make install` puts down exactly the files of its list, they work from there,
# and `make uninstall` leaves nothing behind.
. tests/lib/test-lib.sh

D=$T/root
run_make() {
	make -s -C "$TOP" ${O:+O="${O#"$TOP"/}"} DESTDIR="$D" PREFIX=/usr "$@" >/dev/null 2>&1
}
run_make install
ok $? "make install"
find "$D" -type f | sed "s|$D||" | sort >"$T/got"

expected() {
	printf '/usr/bin/%s\n' vesper vesperd
	printf '/usr/libexec/vesper/%s\n' attach desktop digest
	printf '/usr/libexec/vesper/hooks/%s\n' post-applypatch post-commit \
		post-merge post-rewrite pre-commit pre-merge-commit pre-push
	for page in vesper.1 vesperd.1 vesper.ini.5 vesper-protocol.7; do
		echo "/usr/share/man/man${page##*.}/$page"
	done
	for dir in /usr/share/vim/vimfiles /usr/share/nvim/site; do
		(cd "$TOP" && find plugin/vesper.vim vim -type f ! -name tags) |
			sed "s|^|$dir/pack/vesper/start/vesper/|"
		echo "$dir/pack/vesper/start/vesper/vim/doc/tags"
	done
	if command -v msgfmt >/dev/null; then
		printf '/usr/share/locale/%s/LC_MESSAGES/vesper.mo\n' de fr
	fi
	echo /etc/xdg/autostart/vesper.desktop
	echo /usr/lib/systemd/user/vesperd.service
	echo /usr/lib/systemd/user/vesperd.socket
	echo /usr/share/applications/vesper.desktop
	echo /usr/share/bash-completion/completions/vesper
	echo /usr/share/doc/vesper/config.example.ini
	echo /usr/share/fish/vendor_completions.d/vesper.fish
	echo /usr/share/zsh/site-functions/_vesper
}
expected | sort >"$T/want"
is "$(diff "$T/want" "$T/got")" "" "the installed files are the listed ones"

mkdir -p "$T/doc"
cp "$TOP/vim/doc/vesper.txt" "$T/doc"
vim -Nesu NONE -i NONE -c "helptags $T/doc" -c qa </dev/null >/dev/null 2>&1
is "$(diff "$T/doc/tags" "$D/usr/share/nvim/site/pack/vesper/start/vesper/vim/doc/tags")" "" \
	"the tags of the help are those that Vim would make"

unset VESPER_LIBEXEC
is "$("$D/usr/bin/vesper" --version)" "$(vesper --version)" \
	"the installed client runs"
PATH=$D/usr/bin:$PATH
"$D/usr/bin/vesper" start >/dev/null 2>&1
ok $? "and starts the installed daemon"
like "$("$D/usr/bin/vesper" doctor)" "$D/usr/bin/../libexec/vesper/digest" \
	"which finds its programs beside it"
"$D/usr/bin/vesper" stop >/dev/null
ok $? "and stops it"
if command -v msgfmt >/dev/null; then
	like "$(LANGUAGE=de "$D/usr/bin/vesper" --help)" 'wo der Tag steht' \
		"which has other languages below its prefix"
fi
is "$(grep -c '@bindir@' "$D/usr/lib/systemd/user/vesperd.service")" 0 \
	"the unit names the installed program"

# in a home, where the README's links may lead into a clone
H=$T/anna
mkdir -p "$H/.vim/pack/vesper/start" "$T/clone/plugin" \
	"$H/.local/share/nvim/site/pack/vesper/start"
echo mine >"$T/clone/plugin/vesper.vim"
ln -s "$T/clone" "$H/.local/share/nvim/site/pack/vesper/start/vesper"
run_home() {
	env -u XDG_CONFIG_HOME HOME="$H" make -s -C "$TOP" \
		${O:+O="${O#"$TOP"/}"} PREFIX="$H/.local" "$@" >/dev/null 2>&1
}
run_home install
ok $? "make install with PREFIX=~/.local"
for file in .local/bin/vesper .local/share/systemd/user/vesperd.socket \
	.config/autostart/vesper.desktop \
	.vim/pack/vesper/start/vesper/plugin/vesper.vim; do
	[ -f "$H/$file" ]
	ok $? "puts $file where it is looked for"
done
is "$(find "$T/clone" -type f -exec cat {} +)" mine "and nothing into a clone"
run_home uninstall
ok $? "make uninstall there"
is "$(find "$T/clone" -type f -exec cat {} +)" mine "takes nothing out of it"
is "$(find "$H" -type f)" "" "and leaves nothing of its own"

run_make uninstall
ok $? "make uninstall"
is "$(find "$D" -type f -o -name '*vesper*')" "" "nothing is left"
done_testing
