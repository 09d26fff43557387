#!/bin/sh
# SPDX-License-Identifier: MIT
# Small functions: half at most 18 lines, 95 in 100 at most 60, none over 80;
# at most 5 parameters are left to the reviewer. Files have 500 lines at most,
# but for words.h, the list of all sentences.
. tests/lib/test-lib.sh
command -v ctags >/dev/null || skip_all "no ctags"

ctags -x --languages=C --c-kinds=f --_xformat='%{end} %n %N %F' -R "$TOP/core" 2>/dev/null |
	awk '$1 ~ /^[0-9]+$/ {print $1 - $2 + 1, $3, $4}' | sort -n >"$T/sizes"
n=$(wc -l <"$T/sizes")
[ "$n" -gt 300 ]
ok $? "there are functions to measure ($n)"
median=$(awk -v n="$n" 'NR == int((n + 1) / 2) {print $1}' "$T/sizes")
p95=$(awk -v n="$n" 'NR == int(n * 95 / 100) {print $1}' "$T/sizes")
[ "$median" -le 18 ]
ok $? "half of the functions have at most 18 lines ($median)"
[ "$p95" -le 60 ]
ok $? "95 in 100 have at most 60 lines ($p95)"
is "$(awk '$1 > 80' "$T/sizes")" "" "none has more than 80 lines"
is "$(wc -l "$TOP"/core/*/*.[ch] | awk '$1 > 500 && $2 != "total" && $2 !~ /words/')" "" \
	"no file has more than 500 lines"

# A header's functions say what they return, who owns what, units and errors;
# what only frees something needs no words.
is "$(/usr/bin/python3 - "$TOP"/core/*/*.h <<'P'
import re, sys
for path in sys.argv[1:]:
    said, depth = False, 0  # a comment stands above, no blank line between
    for n, line in enumerate(open(path), 1):
        if depth == 0 and re.match(r"[a-z][^#]*\b\w+\(", line) and not re.match(r"typedef|static|enum \{|struct \{", line):
            if not said and "/*" not in line and not re.search(r"_(free|clear)\(", line):
                print("%s:%d: %s" % (path, n, line.strip()))
        said = bool(line.strip()) and (said or "*/" in line)
        depth += line.count("{") - line.count("}")
P
)" "" "what a header offers is explained there"
done_testing
