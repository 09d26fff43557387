#!/bin/sh
# SPDX-License-Identifier: MIT
# git's own tests of what makes commits, with our hooks active for every
# repository and the daemon running, give what they give without: each script
# is run both ways, and its results are compared line by line.  Needs a git of
# 2.54 or later, built, as VESPER_BENCH_DIR/git; GIT_SUITE names other scripts.
. tests/lib/test-lib.sh

[ -n "$VESPER_NIGHTLY" ] || skip_all "long: only with VESPER_NIGHTLY (make nightly)"
G=$VESPER_BENCH_DIR/git
[ -n "$VESPER_BENCH_DIR" ] && [ -x "$G/git" ] && [ -f "$G/t/test-lib.sh" ] ||
	skip_all "no built git in VESPER_BENCH_DIR/git"
[ -x "$G/t/helper/test-tool" ] || skip_all "git's test helpers are not built in $G"
case $("$G/git" version) in
*\ 2.[0-4]*.* | *\ 2.5[0-3].*) skip_all "$("$G/git" version) has no hooks from its configuration" ;;
esac

scripts=${GIT_SUITE:-$(cd "$G/t" && ls t75[0-3]*.sh t34[0-3]*.sh t7600*.sh t7601*.sh \
	t7611*.sh t415*.sh t425[2-6]*.sh t350*.sh t351*.sh t240*.sh t6402*.sh)}

# a git that reads one more file of configuration: an empty one, or ours
export VESPER_SOCKET="$T/run/vesper/socket"
mkdir -p "$T/bin" "$HOME/.config/vesper"
printf '[git]\ncommits = refuse\npushes = refuse\n' >"$HOME/.config/vesper/config.ini"
PATH="$G/bin-wrappers:$PATH" vesper hooks install --strict >/dev/null || exit 2
cp "$HOME/.config/vesper/git-hooks.inc" "$T/w"
: >"$T/o"
cat >"$T/bin/git" <<-SH
	#!/bin/sh
	GIT_EXEC_PATH="$G" exec "$G/git" -c include.path="\$VESPER_SUITE" "\$@"
SH
for program in git-receive-pack git-upload-pack git-upload-archive git-shell scalar; do
	ln -s "$G/$program" "$T/bin/$program"
done
chmod +x "$T/bin/git"
start_daemon --clock 2026-11-18T20:00:00+01:00,step

# one SCRIPT WAY: its results, in order. A short root: gpg makes a socket there.
one() {
	(cd "$G/t" && VESPER_SUITE=$T/$2 GIT_TEST_INSTALLED=$T/bin \
		GIT_TEST_TEMPLATE_DIR=$G/templates/blt setsid -w \
		sh "./$1" --root="$T/$2.d" </dev/null 2>/dev/null) |
		grep -E '^(not )?ok |^1\.\.|^# passed' >"$T/$1.$2"
}

n=0
for script in $scripts; do
	n=$((n + 1))
	one "$script" o &
	one "$script" w
	wait $!
	if ! grep -q '^ok [0-9]* [^#]' "$T/$script.o"; then
		skip "$script does not run here"
		continue
	fi
	cmp -s "$T/$script.o" "$T/$script.w"
	ok $? "$script: $(grep -c '^ok' "$T/$script.w") as without hooks, $(
		grep '^not ok' "$T/$script.w" | grep -vc '# TODO') fail both ways"
	diff "$T/$script.o" "$T/$script.w" | sed 's/^/# /' | head -n 20
done
like "$(vesper status --json)" '"name": ?"(hook|watch)"' \
	"and the daemon heard of it ($n scripts)"
done_testing
