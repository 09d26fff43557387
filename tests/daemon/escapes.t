#!/bin/sh
# SPDX-License-Identifier: MIT
# Names that hold terminal escape sequences: of directories, files, commits,
# authors, sources and config sections.  Nothing of it is printed, nor sent to
# an editor or the desktop.
. tests/lib/test-lib.sh
command -v git >/dev/null || skip_all "no git"

evil=$(printf '\033]0;owned\007\033[31mred\302\2332J\342\200\256')
mkdir -p "$HOME/.config/vesper"
cat >"$HOME/.config/vesper/config.ini" <<X
[workday "w$evil"]
days = daily
start = 09:00
merge = 18:00
[protect "b$evil"]
days = daily
from = 20:00
to = 21:00
[strange $evil]
key$evil = value$evil
X
start_daemon --clock 2026-11-18T17:50:00+01:00,step

R=$T/repo$evil
mkdir -p "$R"
git init -q "$R"
(
	cd "$R" || exit
	export GIT_AUTHOR_NAME="A$evil" GIT_AUTHOR_DATE=2026-11-18T17:49:00+01:00 \
		GIT_COMMITTER_DATE=2026-11-18T17:49:00+01:00
	: >"file$evil"
	git config user.email ada@example.org
	git config user.name Ada
	git add -A
	git commit -qm "subject$evil"
	: >"new$evil"
)
ok $? "a repository full of them"

# talk LINE...: lines to the daemon, what it says comes out decoded
talk() {
	/usr/bin/python3 - "$XDG_RUNTIME_DIR/vesper/socket" "$@" <<'P'
import json, os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(20)
s.connect(sys.argv[1])
f = s.makefile("rw", encoding="utf-8", errors="surrogateescape")
f.write('{"hello":1,"as":"vim","subscribe":true}\n')
want = 0
def show(value):
    if isinstance(value, dict):
        for k, v in value.items(): show(k); show(v)
    elif isinstance(value, list):
        for v in value: show(v)
    elif isinstance(value, str):
        os.write(1, value.encode("utf-8", "surrogateescape") + b"\n")
for n, line in enumerate(sys.argv[2:]):
    m = json.loads(line)
    m["id"] = n
    f.write(json.dumps(m) + "\n")
    want += 1
f.flush()
while want:
    m = json.loads(f.readline())
    want -= "id" in m and "more" not in m
    show(m)
P
}

event=$(/usr/bin/python3 -c 'import json,sys; print(json.dumps({"event":"activity","human":True,"source":"s"+sys.argv[1],"project":sys.argv[2],"file":sys.argv[2]+"/f"}))' "$evil" "$R")
talk "$event" '{"clock":"+1m"}' >/dev/null

# clean NAME COMMAND...: what it prints has no control character but newline and tab
clean() {
	name=$1
	shift
	"$@" >"$T/said" 2>&1 </dev/null
	/usr/bin/python3 -c '
import re, sys
data = sys.stdin.buffer.read()
text = data.decode("utf-8", "surrogateescape")
bad = re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\udc80-\udcff]", text)
print("# %d bytes" % len(data), repr(text[:300]) if bad else "")
sys.exit(bool(bad) or not data)' <"$T/said" >"$T/clean"
	ok $? "$name"
	cat "$T/clean"
}

for command in status "status --json" "report day" "report day --json" \
	"report week" "report week --csv" "report week --html -" "report week --json" \
	why "why --json" plan doctor "doctor --json" "status --format waybar" \
	"status --format i3blocks" "status --format tmux" \
	"status --format {line}{regime}{next}{held}{source}" \
	"export --json" "export --csv" "config list" "config check"; do
	# shellcheck disable=SC2086
	clean "vesper $command" vesper $command
done
like "$(vesper report day)" 'repo\?' "the repository is named all the same"
is "$(vesper report day --json | jq -c '[.repositories[].commits]')" "[1]" \
	"and read, once"
clean "what an editor is told, the note's draft included" \
	talk '{"get":"note","draft":true}' '{"get":"why"}' '{"get":"status"}'
like "$(talk '{"get":"note","draft":true}')" 'subject\?' "the draft names the commit"
clean "notices" talk "$event" '{"clock":"+9m"}' "$event" '{"clock":"+30m"}' \
	"$event" '{"clock":"+1m"}' '{"get":"doctor"}'
like "$(cat "$T/said")" "the end of today's work" "the merge notice among them"
GIT_EDITOR="cat"
export GIT_EDITOR
clean "vesper merge with its draft" vesper merge
clean "vesper note" vesper note
clean "vesper hooks status" vesper hooks status --repo "$R"
clean "vesper hooks install" vesper hooks install --repo "$R"
# what a hook prints after a commit; its reason is of the same kind
clean "a commit after hours" sh -c '"$@" | tr -d "\\r"' - env VESPER_REASON="why$evil" script -qec \
	"git -C '$R' -c core.quotePath=true commit -q --allow-empty -m x" /dev/null
clean "an extension with its reason" vesper carry 22:00
clean "an on-call with its reason" vesper oncall 23:00 -m "on$evil"
for command in why "why --json" status "status --json" "report day" \
	"report day --json" "report week" "report week --json" \
	"report week --csv" "report week --html -" "export --json"; do
	# shellcheck disable=SC2086
	clean "vesper $command, with reasons" vesper $command
done
talk '{"clock":"+14h"}' "$event" '{"clock":"+1m"}' >/dev/null
clean "vesper morning" vesper morning
clean "completion" vesper --complete bash
clean "a project that is none" sh -c "vesper report week --project '$R$evil' 2>&1; vesper forget --project 'x$evil'"
clean "a day that is none" sh -c "vesper report 'x$evil' 2>&1; vesper day edit 'x$evil'; vesper extend 'x$evil'; vesper x$(printf '\033[31m')"
clean "what the daemon logged" cat "$T/daemon.log"
stop_daemon
done_testing
