#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh build|demo|check|lint|nightly|fuzz: names what is missing to build, to
# run the demo, to test, to analyze, to test by night or to fuzz, and installs
# it with the system's package manager: as root at once, on a terminal after
# showing the sudo command and asking once, otherwise the command is printed and
# nothing is touched.
set -u
what=${1:-build}

# need | how to see that it is there | Debian | Fedora | Arch
needs() {
	cat <<-'TABLE'
	build|command -v cc|gcc libc6-dev|gcc|gcc
	build|command -v pkg-config|pkg-config|pkgconf-pkg-config|pkgconf
	build|pkg-config glib-2.0|libglib2.0-dev|glib2-devel|glib2
	build|pkg-config libgit2|libgit2-dev|libgit2-devel|libgit2
	build|pkg-config libnotify|libnotify-dev|libnotify-devel|libnotify
	build|pkg-config inih|libinih-dev|inih-devel|libinih
	build|pkg-config sqlite3|libsqlite3-dev|sqlite-devel|sqlite
	build|pkg-config jansson|libjansson-dev|jansson-devel|jansson
	build|command -v musl-gcc|musl-tools|musl-gcc|musl
	build|command -v git|git|git|git
	build|test -e /usr/share/zoneinfo/UTC|tzdata|tzdata|tzdata
	check|command -v prove|perl|perl-Test-Harness|perl
	check|command -v python3|python3|python3|python
	demo|vim --version|vim-nox|vim-enhanced|vim
	check|command -v nvim|neovim|neovim|neovim
	demo|command -v tmux|tmux|tmux|tmux
	check|! command -v apt-get \|\| test -e /usr/share/vim-airline|vim-fugitive vim-gitgutter vim-ale vim-airline||
	check|command -v strace|strace|strace|strace
	check|command -v nm|binutils|binutils|binutils
	check|command -v jq|jq|jq|jq
	check|command -v dunst|dunst|dunst|dunst
	check|command -v Xvfb|xvfb|xorg-x11-server-Xvfb|xorg-server-xvfb
	check|command -v dbus-run-session|dbus|dbus-daemon|dbus
	check|command -v xdotool|xdotool|xdotool|xdotool
	check|command -v xev|x11-utils|xorg-x11-utils|xorg-xev xorg-xprop
	check|command -v import|imagemagick|ImageMagick|imagemagick
	check|command -v gdbus|libglib2.0-bin|glib2|glib2
	check|/usr/bin/python3 -c 'import gi'|python3-gi|python3-gobject|python-gobject
	check|/usr/bin/python3 -c 'import dbusmock'|python3-dbusmock|python3-dbusmock|python-dbusmock
	check|test -e /usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service|xfce4-notifyd xfconf|xfce4-notifyd xfconf|xfce4-notifyd xfconf
	check|command -v mako|mako-notifier|mako|mako
	check|command -v swaync|sway-notification-center|SwayNotificationCenter|swaync
	check|command -v sway|sway|sway|sway
	check|command -v grim|grim|grim|grim
	check|fc-list \| grep -qi dejavu|fonts-dejavu-core fontconfig|dejavu-sans-fonts fontconfig|ttf-dejavu fontconfig
	check|command -v ctags|universal-ctags|ctags|ctags
	check|command -v systemd-socket-activate|systemd|systemd|systemd
	check|command -v msgfmt|gettext|gettext|gettext
	check|command -v shellcheck|shellcheck|ShellCheck|shellcheck
	lint|command -v cppcheck|cppcheck|cppcheck|cppcheck
	lint|command -v clang-tidy|clang-tidy|clang-tools-extra|clang
	check|command -v mandoc|mandoc|mandoc|mandoc
	check|command -v timew|timewarrior|timew|timew
	nightly|command -v gnome-shell|gnome-shell|gnome-shell|gnome-shell
	nightly|command -v gjs|gjs|gjs|gjs
	nightly|command -v gsettings|libglib2.0-bin|glib2|glib2
	nightly|command -v valgrind|valgrind|valgrind|valgrind
	fuzz|command -v clang|clang|clang compiler-rt|clang compiler-rt
	TABLE
}

if command -v apt-get >/dev/null 2>&1; then
	column=3 install="apt-get install -y --no-install-recommends"
	refresh="apt-get update -q"
elif command -v dnf >/dev/null 2>&1; then
	column=4 install="dnf install -y" refresh=:
elif command -v pacman >/dev/null 2>&1; then
	column=5 install="pacman -S --needed --noconfirm" refresh=:
else
	column=3 install= refresh=:
fi

missing() {
	needs | while IFS= read -r row; do
		# a "\|" in the second column is a pipe, not a separator
		row=$(printf '%s' "$row" | sed 's/\\|/\a/g')
		kind=$(printf '%s' "$row" | cut -d'|' -f1)
		case $what:$kind in
		check:fuzz | check:lint | check:nightly | nightly:lint) continue ;;
		check:* | nightly:* | *:build | demo:demo | fuzz:fuzz | lint:lint) ;;
		*) continue ;;
		esac
		probe=$(printf '%s' "$row" | cut -d'|' -f2 | tr '\a' '|')
		sh -c "$probe" >/dev/null 2>&1 && continue
		printf '%s' "$row" | cut -d'|' -f"$column"
	done | tr '\n' ' ' | sed 's/ *$//'
}

packages=$(missing)
[ -n "$packages" ] || exit 0

echo "vesper: missing to $what: $packages" >&2
if [ -z "$install" ]; then
	echo "vesper: no apt, dnf or pacman here: install these by hand," \
		"then run make again" >&2
	exit 1
fi

if [ "$(id -u)" -eq 0 ]; then
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086 # words are meant to split
	$refresh >&2 && $install $packages >&2
	exit
fi

if [ -t 0 ] && [ -t 2 ] && command -v sudo >/dev/null 2>&1; then
	printf 'vesper: run "sudo %s %s"? [y/N] ' "$install" "$packages" >&2
	read -r answer
	case $answer in
	[yY]*)
		# shellcheck disable=SC2086
		sudo $refresh >&2
		# shellcheck disable=SC2086
		sudo $install $packages
		exit
		;;
	esac
fi
echo "vesper: install them with:" >&2
echo "    $install $packages" >&2
exit 1
