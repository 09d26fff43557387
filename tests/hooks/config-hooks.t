#!/bin/sh
# SPDX-License-Identifier: MIT
# Hooks from git's configuration, run by a git that has them: beside a
# repository's own, switched off by it, and harmless when Vesper is gone.
. tests/lib/test-lib.sh
. tests/guest/guest-lib.sh

new_git ||
	skip_all "git is older than 2.54: it runs no hooks from its configuration"

R=$T/r
repository "$R"
cp -r "$O/libexec" "$T/libexec"
export VESPER_LIBEXEC="$T/libexec"
vesper hooks install >/dev/null
listen say 'one sentence'
printf '#!/bin/sh\necho own >>"%s"\n' "$T/own" >"$R/.git/hooks/post-commit"
chmod +x "$R/.git/hooks/post-commit"
is "$(with_tty "git -C $R commit -q --allow-empty -m x")" "one sentence" "git runs it"
is "$(cat "$T/own")" own "beside the repository's own hook"
git -C "$R" config hook.vesper-post-commit.enabled false
is "$(with_tty "git -C $R commit -q --allow-empty -m x")" "" \
	"a repository can switch it off"
git -C "$R" config --unset hook.vesper-post-commit.enabled
rm "$HOME/.config/vesper/git-hooks.inc"
is "$(git -C "$R" commit -q --allow-empty -m x 2>&1; echo $?)" 0 \
	"without our file every commit goes on"
silence
done_testing
