/* SPDX-License-Identifier: MIT */
/*
 * Hooks in the user's git config (git 2.54 or later): they run beside every
 * repository's own.  Only one include.path goes into the user's file, because
 * git refuses every commit when a configured hook's program is gone, but
 * passes over an include that is gone.
 *
 * The block says itself what it added, so that nothing has to be remembered
 * elsewhere.  `git config` may put another include behind ours, in our section:
 * then only our lines go.
 */
#include "client/hooks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/paths.h"
#include "words/words.h"

#define BEGIN "# vesper hooks: \"vesper hooks uninstall\" removes these lines"
#define ADDED_NEWLINE " (and the newline before)"
#define ADDED_FILE " (and the file)"
#define END "# vesper hooks end\n"
#define SECTION "[include]\n"
#define INCLUDE "git-hooks.inc"

static bool
exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* The file that `git config --global` would write. */
static char *
global_config(void)
{
	const char *given = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME");
	AUTO_FREE char *dot = NULL, *other = NULL;

	if (given && *given)
		return xstrdup(given);
	dot = xasprintf("%s/.gitconfig", home ? home : "");
	other = xdg && *xdg == '/' ? xasprintf("%s/git/config", xdg)
		: xasprintf("%s/.config/git/config", home ? home : "");
	return steal_ptr(!exists(dot) && exists(other) ? &other : &dot);
}

/* Our own file, beside our config. */
static char *
include_path(void)
{
	AUTO_FREE char *config = paths_config();
	char *slash = strrchr(config, '/');

	if (!slash) /* VESPER_CONFIG may be relative */
		return xstrdup("./" INCLUDE);
	*slash = '\0';
	return xasprintf("%s/" INCLUDE, config);
}

/* A value as git's config wants it. */
static void
add_value(struct buf *out, const char *value)
{
	buf_adds(out, "\"");
	for (const char *s = value; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_adds(out, "\\");
		buf_add(out, s, 1);
	}
	buf_adds(out, "\"");
}

void
hooks_config_text(struct buf *out, bool strict)
{
	buf_adds(out, "# Written by \"vesper hooks install\".\n");
	for (size_t i = 0; i < nhook_kinds; i++) {
		const struct hook_kind *kind = &hook_kinds[i];
		AUTO_FREE char *path = NULL;

		if (kind->strict && !strict)
			continue;
		path = hook_program(kind->name);
		buf_addf(out,
			"[hook \"vesper-%s\"]\n"
			"\tevent = %s\n"
			"\tcommand = ",
			kind->name, kind->name);
		add_value(out, path);
		buf_addf(out, "\n\tenabled = true\n%s",
			kind->parallel ? "\tparallel = true\n" : "");
	}
}

/* --- the block ------------------------------------------------------------ */

struct block {
	const char *begin, *end; /* behind its last line */
	const char *theirs, *theirs_end; /* lines somebody put into it */
	bool newline, file;
};

static const char *
next_line(const char *s)
{
	const char *newline = strchr(s, '\n');

	return newline ? newline + 1 : s + strlen(s);
}

static const char *
find_line(const char *text, const char *beginning)
{
	for (; *text; text = next_line(text))
		if (starts_with(text, beginning))
			return text;
	return NULL;
}

static enum hooks_block
find_block(const char *text, struct block *b)
{
	const char *s;

	*b = (struct block){.begin = find_line(text, BEGIN)};
	if (!b->begin)
		return HOOKS_BLOCK_ABSENT;
	s = b->begin + strlen(BEGIN);
	b->newline = starts_with(s, ADDED_NEWLINE "\n");
	b->file = starts_with(s, ADDED_FILE "\n");
	s = next_line(s);
	if (!starts_with(s, SECTION))
		return HOOKS_BLOCK_EDITED;
	s = next_line(s);
	b->theirs = next_line(s);
	b->theirs_end = find_line(b->theirs, END);
	if (!starts_with(s, "\tpath = \"") || !b->theirs_end ||
		b->theirs - s < (int)strlen(INCLUDE "\"\n") ||
		!starts_with(b->theirs - strlen(INCLUDE "\"\n"),
			INCLUDE "\"\n"))
		return HOOKS_BLOCK_EDITED;
	for (s = b->theirs; s < b->theirs_end; s = next_line(s))
		if (*s == '[')
			return HOOKS_BLOCK_EDITED;
	b->end = b->theirs_end + strlen(END);
	return HOOKS_BLOCK_THERE;
}

static int
add_block(void *data, const struct buf *old, struct buf *text,
	bool *remove_empty, struct err *err)
{
	const char *include = data;
	const char *was = old->data ? old->data : "";
	bool newline = *was && was[old->len - 1] != '\n';
	struct block b;

	(void)remove_empty;
	switch (find_block(was, &b)) {
	case HOOKS_BLOCK_EDITED:
		return err_set(err, -EEXIST, W_HOOKS_EDITED);
	case HOOKS_BLOCK_THERE:
		buf_add(text, was, old->len);
		return 0;
	case HOOKS_BLOCK_ABSENT:
		break;
	}
	if (strlen(was) != old->len)
		return err_set(err, -EINVAL, W_HOOKS_NUL);
	buf_add(text, was, old->len);
	buf_addf(text, "%s" BEGIN "%s\n" SECTION "\tpath = ",
		newline ? "\n" : "", newline ? ADDED_NEWLINE
		: old->data		     ? ""
					     : ADDED_FILE);
	add_value(text, include);
	buf_adds(text, "\n" END);
	return 0;
}

static int
cut_block(void *data, const struct buf *old, struct buf *text,
	bool *remove_empty, struct err *err)
{
	const char *was = old->data ? old->data : "";
	size_t before;
	struct block b;

	(void)data;
	if (find_block(was, &b) != HOOKS_BLOCK_THERE)
		return err_set(err, -EEXIST, W_HOOKS_EDITED);
	*remove_empty = b.file;
	before = (size_t)(b.begin - was);
	if (b.newline && !*b.end && b.theirs == b.theirs_end)
		before--;
	buf_add(text, was, before);
	if (b.theirs != b.theirs_end) {
		buf_adds(text, SECTION);
		buf_add(text, b.theirs, (size_t)(b.theirs_end - b.theirs));
	}
	buf_add(text, b.end, old->len - (size_t)(b.end - was));
	return 0;
}

enum hooks_block
hooks_config_state(char **path)
{
	AUTO_BUF struct buf text = {0};
	struct block b;

	*path = global_config();
	if (file_read(*path, HOOKS_FILE_MAX, &text) < 0)
		return HOOKS_BLOCK_ABSENT;
	return find_block(text.data, &b);
}

/* --- installing ----------------------------------------------------------- */

static int
give_text(void *data, const struct buf *old, struct buf *text,
	bool *remove_empty, struct err *err)
{
	(void)old;
	(void)remove_empty;
	(void)err;
	hooks_config_text(text, *(bool *)data);
	return 0;
}

int
hooks_config_install(bool strict, struct err *err)
{
	AUTO_FREE char *global = global_config(), *include = include_path();
	AUTO_FREE char *dir = xstrdup(include);
	int r;

	*strrchr(dir, '/') = '\0';
	r = paths_make(dir, err);
	if (r == 0)
		r = file_edit(include, give_text, &strict, err);
	if (r == 0)
		r = file_edit(global, add_block, include, err);
	if (r == 0)
		printf(W_HOOKS_CONFIGURED, global, include);
	return r;
}

int
hooks_config_uninstall(struct err *err)
{
	AUTO_FREE char *global = NULL, *include = include_path();
	int r = 0;

	if (hooks_config_state(&global) != HOOKS_BLOCK_ABSENT) {
		r = file_edit(global, cut_block, NULL, err);
		if (r == 0)
			printf(W_HOOKS_UNCONFIGURED, global);
	} else {
		printf(W_HOOKS_STATE_ABSENT, global);
	}
	if (r == 0 && unlink(include) < 0 && errno != ENOENT)
		return err_errno(err, errno, W_HOOKS_FILE_WRITE, include);
	if (r == 0) {
		*strrchr(include, '/') = '\0';
		rmdir(include); /* stays when the user's config is there */
	}
	return r;
}
