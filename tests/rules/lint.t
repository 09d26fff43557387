#!/bin/sh
# SPDX-License-Identifier: MIT
# Static analysis.  In the suite what takes seconds: cppcheck and shellcheck;
# with LINT=all (`make lint`, CI) gcc -fanalyzer and clang-tidy as well.
. tests/lib/test-lib.sh
cd "$TOP" || exit 2

has() {
	command -v "$1" >/dev/null
}

# What is suppressed, and why:
#   uninitvar in ledger.c and watch.c: both are filled by the call they are
#   given to, through a pointer that cppcheck does not follow.
cat >"$T/jansson.cfg" <<X
<?xml version="1.0"?>
<def format="2">
  <define name="json_array_foreach(a,i,v)" value="for (i = 0; (v = json_array_get(a, i)) != 0; i++)"/>
  <define name="json_object_foreach(o,k,v)" value="for (k = json_key(o); (v = json_object_get(o, k)) != 0; k = json_key(o))"/>
</def>
X
if has cppcheck; then
	cppcheck -q --std=c11 --enable=warning,performance,portability \
		--inline-suppr -Icore -j2 --suppress=missingIncludeSystem \
		--suppress=uninitvar:core/daemon/ledger.c \
		--suppress=uninitvar:core/reflog/watch.c \
		--library="$T/jansson.cfg" \
		core >"$T/cppcheck" 2>&1
	is "$(cat "$T/cppcheck")" "" "cppcheck finds nothing"
else
	skip "no cppcheck"
fi

# SC1091: sourced by a path from the root; SC2154, SC2034: set there.
# SC1007: CDPATH= cd; SC3045: dash and bash both have ulimit -n;
# SC2010: names there are our own; SC2258: sentences of the demo.
if has shellcheck; then
	# shellcheck disable=SC2046
	shellcheck -S warning -e SC1091,SC2154,SC2034,SC1007,SC3045,SC2010,SC2258 \
		$(grep -lE '^#!/bin/sh' core/*.sh tests/*/*.t tests/*/*.sh) \
		>"$T/shellcheck" 2>&1
	is "$(cat "$T/shellcheck")" "" "shellcheck finds nothing"
else
	skip "no shellcheck"
fi

# each COMMAND...: for every C file with the flags to read it, two at a time
each() {
	# shellcheck disable=SC2046
	set -- "$@" $(pkg-config --cflags glib-2.0 gio-unix-2.0 libnotify \
		jansson libgit2 sqlite3 inih)
	find core -name '*.c' | sort | xargs -P2 -I FILE "$@" -std=c11 \
		-D_GNU_SOURCE -Icore '-DVESPER_VERSION=""' '-DLIBEXECDIR=""' \
		'-DDATADIR=""' 2>&1
}

if [ "${LINT:-}" = all ]; then
	each gcc -O1 -fanalyzer -Wno-analyzer-too-complex -c -o /dev/null \
		FILE >"$T/analyzed"
	# what iconv_open() fails with is not memory
	sed '/message.c.* leak of .cd./d' "$T/analyzed" >"$T/analyzer"
	is "$(grep -A3 warning "$T/analyzer")" "" "gcc -fanalyzer finds nothing"
	if has clang-tidy; then
		each clang-tidy --quiet FILE -- >"$T/tidy"
		is "$(grep -A3 'warning:\|error:' "$T/tidy")" "" \
			"clang-tidy finds nothing"
	else
		skip "no clang-tidy"
	fi
fi
done_testing
