/* SPDX-License-Identifier: MIT */
/*
 * The hooks as a table, and what is written for each.  Every line guards
 * itself: where our program is gone, in a container, on another machine or
 * after it was removed, it does nothing.
 */
#include "client/hooks.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "words/words.h"

#define LFS_LOOKS_AT 1024

const struct hook_kind hook_kinds[] = {
	/* name, strict, lfs, file, parallel */
	{"post-commit", false, true, true, false},
	{"post-merge", false, true, true, false},
	{"post-applypatch", false, false, true, false},
	{"post-rewrite", false, false, true, false},
	{"pre-push", false, true, false, true},
	{"pre-commit", true, false, true, false},
	{"pre-merge-commit", true, false, true, false},
};
const size_t nhook_kinds = ARRAY_SIZE(hook_kinds);

static char *
find_program(const char *name)
{
	AUTO_FREE char *libexec = paths_libexec();
	char *real = realpath(libexec, NULL);
	char *path = xasprintf("%s/hooks/%s", real ? real : libexec, name);

	free(real);
	return path;
}

char *
hook_program(const char *name)
{
	AUTO_FREE char *path = find_program(name);
	struct buf quoted = {0};
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789/._+-";

	if (path[strspn(path, plain)] == '\0')
		return steal_ptr(&path);
	buf_adds(&quoted, "'");
	for (const char *s = path; *s; s++) {
		if (*s == '\'')
			buf_adds(&quoted, "'\\''");
		else
			buf_add(&quoted, s, 1);
	}
	buf_adds(&quoted, "'");
	return buf_steal(&quoted);
}

/* git-lfs will not install anything beside a hook it does not know, which then
 * loses objects at the next push; but it reads 1024 bytes, and takes a place
 * that looks empty.  Without its first line git runs a hook by sh as well. */
static void
look_empty(struct buf *out)
{
	for (int i = 0; i < LFS_LOOKS_AT; i++)
		buf_adds(out, "\n");
}

void
hook_script(struct buf *out, const char *program, bool made_dir, bool empty)
{
	if (empty)
		look_empty(out);
	else
		buf_adds(out, "#!/bin/sh\n");
	buf_addf(out,
		"# vesper-hook 1%s\n"
		"[ -x %s ] || exit 0\n"
		"exec %s \"$@\"\n",
		made_dir ? " with its directory" : "", program, program);
}

void
hook_line(struct buf *out, const struct hook_kind *kind)
{
	AUTO_FREE char *path = hook_program(kind->name);

	if (kind->strict || streq(kind->name, "pre-push"))
		buf_addf(out, "[ ! -x %s ] || %s \"$@\" || exit 1\n", path,
			path);
	else
		buf_addf(out, "[ ! -x %s ] || %s \"$@\"\n", path, path);
}

int
hook_programs_check(struct err *err)
{
	for (size_t i = 0; i < nhook_kinds; i++) {
		AUTO_FREE char *path = find_program(hook_kinds[i].name);

		if (access(path, X_OK) < 0)
			return err_set(err, -ENOENT, W_HOOKS_NO_PROGRAM, path);
	}
	return 0;
}
