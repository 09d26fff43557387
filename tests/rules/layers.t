#!/bin/sh
# SPDX-License-Identifier: MIT
# The rooms' directions: who includes whom, who links what. The Makefile's
# sees_* lines are the one list; flags make most of this fail to build already.
. tests/lib/test-lib.sh

sees() {
	sed -n "s/^sees_$1 := *//p" "$TOP/Makefile"
}

for room in base words wire engine config store reflog daemon desktop digest client; do
	allowed=" $room $(sees "$room") "
	wrong=$(grep -ho '^#include "[a-z]*/' "$TOP"/core/$room/*.[ch] |
		sed 's/.*"//; s|/||' | sort -u | while read -r seen; do
		case $allowed in *" $seen "*) ;; *) echo "$seen" ;; esac
	done)
	is "$wrong" "" "$room includes only what it may see"
done

foreign='glib|gio|libnotify|git2|sqlite3|jansson|ini\.h'
is "$(grep -lE "^#include <($foreign)" "$TOP"/core/*/*.h)" "" \
	"no header includes a library's header"

only() { # HEADERS ROOMS NAME
	is "$(grep -lE "^#include <($1)" "$TOP"/core/*/*.c |
		sed 's|.*/core/||; s|/.*||' | sort -u | grep -vE "^($2)$")" "" "$3"
}
only 'gio|libnotify' desktop "GIO and libnotify stay in desktop"
only 'git2' digest "libgit2 stays in digest"
only 'sqlite3' store "SQLite stays in store"
only 'ini\.h' config "inih stays in config"
only 'glib' 'daemon|desktop' "GLib stays in daemon and desktop"

is "$(grep -lE 'clock_gettime|gettimeofday|[^_a-z]time\(NULL\)' "$TOP"/core/*/*.c |
	sed 's|.*/core/||' | grep -vE '^(base/clock.c|guest/|store/open.c)')" "" \
	"clocks are read in one file"

links() {
	ldd "$O/$1" | awk '{print $1}' | grep -vE 'linux-vdso|ld-linux|san\.so|libm\.so|libgcc|libstdc|librt|libdl|libpthread|libresolv' |
		sed 's/\.so.*//; s/-2\.0$//' | sort | tr '\n' ' '
}
is "$(links vesper)" "libc libinih libjansson " "vesper links libc, jansson, inih"
unlike "$(links vesperd)" 'libgio|libnotify|libgit2|libgobject' \
	"vesperd links neither GIO nor libnotify nor libgit2"
for guest in attach hooks/post-commit; do
	like "$(ldd "$O/libexec/$guest" 2>&1)" 'not a dynamic|statically' \
		"$guest links nothing"
done
done_testing
