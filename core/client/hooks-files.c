/* SPDX-License-Identifier: MIT */
/*
 * Hooks as files, for git older than 2.54: only where git's own directory is
 * in use and nobody has a hook of that name, never a symlink (another tool
 * would write through it), never a file that git-lfs wants for itself.  Where
 * somebody else is the owner, they are named, and the line to add is printed.
 */
#include "client/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/text.h"
#include "words/words.h"

#define OURS "# vesper-hook "
#define SHEBANG "#!/bin/sh\n"

/* What a hook holds, and whose it is then. */
static const struct {
	const char *text, *owner;
} owners[] = {
	{"git-lfs", "git-lfs"},
	{"git lfs", "git-lfs"},
	{"lefthook", "lefthook"},
	{"overcommit", "overcommit"},
	{"simple-git-hooks", "simple-git-hooks"},
	{"SIMPLE_GIT_HOOKS", "simple-git-hooks"},
	{"husky", "husky"},
	{"pre-commit.com", "pre-commit"},
	{"pre-commit", "pre-commit"},
};

/* Where other tools put aside what they find. */
static const struct {
	const char *before, *behind;
} aside[] = {
	{"hooks/", ""},
	{"hooks/", ".legacy"},
	{"hooks/", ".old"},
	{"old-hooks/", ""},
};

void
hooks_place_clear(struct hooks_place *p)
{
	free(p->dir);
	free(p->common);
}

PRINTF(1, 2) static void
say(const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (text) {
		text_plain(text);
		fputs(text, stdout);
	}
	free(text);
}

/* The real path of a directory that may not exist yet. */
static char *
real_dir(const char *repo, const char *path)
{
	AUTO_FREE char *whole = *path == '/' ? xstrdup(path)
					     : xasprintf("%s/%s", repo, path);
	char *real = realpath(whole, NULL), *slash = strrchr(whole, '/');
	AUTO_FREE char *parent = NULL;

	if (real)
		return real;
	*slash = '\0';
	parent = realpath(whole, NULL);
	return xasprintf("%s/%s", parent ? parent : whole, slash + 1);
}

int
hooks_place_find(const char *repo, struct hooks_place *out, struct err *err)
{
	static const char *const hooks[] = {"rev-parse", "--git-path", "hooks",
		NULL};
	static const char *const common[] = {"rev-parse", "--git-common-dir",
		NULL};
	/* what packages of git-lfs set up for all repositories says nothing of
	 * this one, and where it comes later our place looks empty to it */
	static const char *const lfs[] = {"config", "--local", "--get-regexp",
		"^filter\\.lfs\\.", NULL};
	AUTO_FREE char *a = NULL, *b = NULL, *c = NULL, *own = NULL;

	if (git_ask(repo, &a, hooks) != 0 || git_ask(repo, &b, common) != 0)
		return err_set(err, -ENOENT, W_HOOKS_NO_REPOSITORY, repo);
	out->dir = real_dir(repo, a);
	out->common = real_dir(repo, b);
	own = xasprintf("%s/hooks", out->common);
	out->own = streq(out->dir, own);
	out->lfs = git_ask(repo, &c, lfs) == 0;
	return 0;
}

static const char *
beginning(const char *text)
{
	text += strspn(text, "\n");
	return starts_with(text, SHEBANG) ? text + strlen(SHEBANG) : text;
}

const char *
hooks_owner(const char *path, bool *ours, struct buf *text)
{
	AUTO_BUF struct buf own = {0};
	struct stat st;

	*ours = false;
	if (lstat(path, &st) < 0)
		return NULL;
	if (!text)
		text = &own;
	if (file_read(path, HOOKS_FILE_MAX, text) < 0)
		return W_HOOKS_SOMEBODY;
	if (starts_with(beginning(text->data), OURS)) {
		*ours = S_ISREG(st.st_mode);
		return "vesper";
	}
	for (size_t i = 0; i < ARRAY_SIZE(owners); i++)
		if (strstr(text->data, owners[i].text))
			return owners[i].owner;
	return W_HOOKS_SOMEBODY;
}

const char *
hooks_dir_owner(const struct hooks_place *p)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): it is set */
	return strstr(p->dir, "husky") ? "husky"
		: strstr(p->dir, "lefthook") ? "lefthook"
					     : "core.hooksPath";
}

/* --- installing ----------------------------------------------------------- */

/* A pre-push that looks empty is one that pre-commit cannot take over; so only
 * where git-lfs may come. */
static bool
lfs_is_here(void)
{
	static const char *const args[] = {"lfs", "version", NULL};
	AUTO_FREE char *out = NULL;

	return git_ask(NULL, &out, args) == 0;
}

static int
write_hook(const char *path, const struct hook_kind *kind, bool made_dir)
{
	AUTO_CLOSE int fd = open(path,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0777);
	AUTO_FREE char *program = hook_program(kind->name);
	AUTO_BUF struct buf text = {0};
	int r;

	if (fd < 0)
		return -errno;
	hook_script(&text, program, made_dir,
		kind->lfs && (kind->file || lfs_is_here()));
	r = file_write(fd, text.data, text.len);
	if (r < 0)
		unlink(path);
	return r;
}

static void
say_line(const struct hook_kind *kind)
{
	AUTO_BUF struct buf line = {0};

	hook_line(&line, kind);
	say(W_HOOKS_ADD_LINE, line.data);
}

/* 0: our hook is there; 1: it cannot be. */
static int
install_one(const struct hooks_place *p, const struct hook_kind *kind, bool made_dir,
	struct err *err)
{
	AUTO_FREE char *path = xasprintf("%s/%s", p->dir, kind->name);
	bool ours;
	const char *owner = hooks_owner(path, &ours, NULL);
	int r;

	if (!owner && p->lfs && kind->lfs)
		owner = "git-lfs";
	if (ours) {
		say(W_HOOKS_FILE_THERE, kind->name, path);
		return 0;
	}
	if (owner) {
		say(W_HOOKS_FILE_THEIRS, kind->name, owner);
		say_line(kind);
		return 1;
	}
	r = write_hook(path, kind, made_dir);
	if (r < 0)
		return err_errno(err, -r, W_HOOKS_FILE_WRITE, path);
	say(W_HOOKS_FILE_MADE, kind->name, path);
	return 0;
}

int
hooks_files_install(const char *repo, bool strict, struct err *err)
{
	AUTO_PLACE struct hooks_place p = {0};
	bool made_dir, any = false;
	int r = hooks_place_find(repo, &p, err);

	if (r < 0)
		return r;
	if (!p.own) {
		say(W_HOOKS_DIR_THEIRS, p.dir, hooks_dir_owner(&p));
		for (size_t i = 0; i < nhook_kinds; i++)
			if (hook_kinds[i].strict <= strict)
				say_line(&hook_kinds[i]);
		return 1;
	}
	made_dir = mkdir(p.dir, 0777) == 0;
	for (size_t i = 0; i < nhook_kinds; i++) {
		const struct hook_kind *kind = &hook_kinds[i];

		if (kind->strict > strict || (!kind->file && !strict))
			continue;
		r = install_one(&p, kind, made_dir, err);
		if (r < 0)
			return r;
		any |= r == 0;
	}
	return !any;
}

/* --- removing ------------------------------------------------------------- */

/* Whether text is what hook_script() writes, for whatever program: it may have
 * been elsewhere then. */
static bool
is_unchanged(const struct buf *text, bool *made_dir)
{
	AUTO_BUF struct buf want = {0};
	const char *from = strstr(text->data, "\n[ -x ");
	const char *to = from ? strstr(from, " ] || exit 0\n") : NULL;
	AUTO_FREE char *program = NULL;

	if (!to)
		return false;
	from += strlen("\n[ -x ");
	program = xstrndup(from, (size_t)(to - from));
	*made_dir = strstr(text->data, " with its directory\n") != NULL;
	hook_script(&want, program, *made_dir, *text->data == '\n');
	return want.len == text->len && streq(want.data, text->data);
}

/* 0, 1 when the file is ours no more, or -errno; *n counts both. */
static int
remove_one(const char *path, const char *name, int *n, bool *made_dir,
	struct err *err)
{
	AUTO_BUF struct buf text = {0};
	bool ours, with_dir;

	if (!hooks_owner(path, &ours, &text) || !ours)
		return 0;
	++*n;
	if (!is_unchanged(&text, &with_dir)) {
		say(W_HOOKS_FILE_EDITED, path, name);
		return 1;
	}
	*made_dir |= with_dir;
	if (unlink(path) < 0)
		return err_errno(err, errno, W_HOOKS_FILE_WRITE, path);
	say(W_HOOKS_FILE_GONE, name, path);
	return 0;
}

int
hooks_files_uninstall(const char *repo, struct err *err)
{
	AUTO_PLACE struct hooks_place p = {0};
	bool made_dir = false;
	int n = 0, result = 0, r = hooks_place_find(repo, &p, err);

	if (r < 0)
		return r;
	for (size_t i = 0; i < nhook_kinds; i++)
		for (size_t k = 0; k < ARRAY_SIZE(aside); k++) {
			AUTO_FREE char *path = xasprintf("%s/%s%s%s", p.common,
				aside[k].before, hook_kinds[i].name,
				aside[k].behind);

			r = remove_one(path, hook_kinds[i].name, &n, &made_dir,
				err);
			if (r < 0)
				return r;
			result |= r;
		}
	if (!n)
		say(W_HOOKS_STATE_ABSENT, p.dir);
	if (made_dir && p.own && rmdir(p.dir) < 0 && errno != ENOTEMPTY)
		return err_errno(err, errno, W_HOOKS_FILE_WRITE, p.dir);
	return result;
}

/* --- telling -------------------------------------------------------------- */

int
hooks_files_status(const char *repo, struct err *err)
{
	AUTO_PLACE struct hooks_place p = {0};
	int r = hooks_place_find(repo, &p, err);
	bool possible, strict = false;

	if (r < 0)
		return r;
	possible = p.own;
	say(W_HOOKS_DIR, p.dir, p.own ? "git" : hooks_dir_owner(&p));
	for (size_t i = 0; i < nhook_kinds; i++) {
		const struct hook_kind *kind = &hook_kinds[i];
		AUTO_FREE char *path = xasprintf("%s/%s", p.dir, kind->name);
		bool ours;
		const char *owner = hooks_owner(path, &ours, NULL);

		if (!owner && p.lfs && kind->lfs)
			owner = W_HOOKS_KEPT_FOR_LFS;
		say(W_HOOKS_FILE_OWNER, kind->name,
			owner ? owner : W_HOOKS_NOBODY);
		if (!streq(kind->name, "pre-commit") || !owner)
			continue;
		strict = ours;
		possible &= ours;
	}
	fputs(strict	      ? W_HOOKS_STRICT_YES
			: possible ? W_HOOKS_STRICT_NOT_ASKED
				   : W_HOOKS_STRICT_NO,
		stdout);
	return 0;
}
