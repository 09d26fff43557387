/* SPDX-License-Identifier: MIT */
/*
 * Finding .git by hand, not through libgit2 or git: the owner must be checked
 * before anything inside is believed, and it must work for repositories that
 * libgit2 refuses to open.
 */
#include "digest/place.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "words/words.h"

char *
place_read(const char *dir, const char *name, size_t max)
{
	AUTO_FREE char *path = xasprintf("%s/%s", dir, name);
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *text;
	size_t len = 0, want;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	want = (size_t)min64((int64_t)max, st.st_size);
	text = xmalloc(want + 1);
	while (len < want && (n = read(fd, text + len, want - len)) > 0)
		len += (size_t)n;
	text[len] = '\0';
	return text;
}

static bool
exists(const char *dir, const char *name)
{
	AUTO_FREE char *path = xasprintf("%s/%s", dir, name);
	struct stat st;

	return lstat(path, &st) == 0;
}

/* path if absolute, else dir/path; the real path of it, or NULL. */
static char *
resolve(const char *dir, char *path)
{
	AUTO_FREE char *joined = NULL;

	path[strcspn(path, "\r\n")] = '\0';
	joined = path[0] == '/' ? xstrdup(path) : xasprintf("%s/%s", dir, path);
	return realpath(joined, NULL);
}

static int
check_owner(const char *path, struct err *err)
{
	const struct passwd *pw;
	struct stat st;

	if (lstat(path, &st) < 0)
		return err_errno(err, errno, W_DIGEST_LOOK, path);
	if (st.st_uid == geteuid())
		return 0;
	pw = getpwuid(st.st_uid);
	if (pw)
		return err_set(err, -EPERM, W_DIGEST_OWNER, pw->pw_name);
	return err_set(err, -EPERM, W_DIGEST_OWNER_ID, (unsigned)st.st_uid);
}

/* The git directory that dir/.git is or names; NULL when there is none. */
static char *
git_dir_of(const char *dir)
{
	AUTO_FREE char *dot = xasprintf("%s/.git", dir);
	AUTO_FREE char *text = NULL;
	struct stat st;

	if (stat(dot, &st) < 0)
		return NULL;
	if (S_ISDIR(st.st_mode))
		return exists(dot, "HEAD") ? realpath(dot, NULL) : NULL;
	text = place_read(dir, ".git", 8192);
	if (!text || !starts_with(text, "gitdir: "))
		return NULL;
	return resolve(dir, text + strlen("gitdir: "));
}

static bool
looks_bare(const char *dir)
{
	return exists(dir, "HEAD") && exists(dir, "objects") &&
		exists(dir, "refs");
}

static int
find_dirs(char *real, struct place *out, struct err *err)
{
	AUTO_FREE char *text = NULL;
	size_t len = strlen(real);

	if (len > 5 && streq(real + len - 5, "/.git"))
		real[len - 5] = '\0';
	out->git_dir = git_dir_of(real);
	if (out->git_dir)
		out->top = xstrdup(real);
	else if (looks_bare(real))
		out->git_dir = xstrdup(real);
	else
		return err_set(err, -EINVAL, W_DIGEST_NO_REPOSITORY);
	text = place_read(out->git_dir, "commondir", 8192);
	out->common = text ? resolve(out->git_dir, text)
			   : xstrdup(out->git_dir);
	if (!out->common)
		return err_set(err, -EINVAL, W_DIGEST_NO_COMMON);
	return 0;
}

int
place_find(const char *path, struct place *out, struct err *err)
{
	AUTO_FREE char *real = realpath(path, NULL);
	AUTO_FREE char *dot = NULL;
	struct stat st;
	int r;

	if (!real && errno == ENOENT)
		return err_set(err, -ENOENT, W_DIGEST_GONE);
	if (!real)
		return err_errno(err, errno, W_DIGEST_LOOK, path);
	r = check_owner(real, err);
	if (r < 0)
		return r;
	if (stat(real, &st) == 0 && !S_ISDIR(st.st_mode))
		return err_set(err, -EINVAL, W_DIGEST_NO_REPOSITORY);
	r = find_dirs(real, out, err);
	if (r < 0)
		return r;
	dot = xasprintf("%s/.git", real);
	if (out->top && (r = check_owner(dot, err)) < 0)
		return r;
	r = check_owner(out->git_dir, err);
	return r < 0 ? r : check_owner(out->common, err);
}

/* In the order git itself asks; the first that is there names the state. */
static const struct {
	const char *file;
	const char *state;
} states[] = {
	{"rebase-merge", "rebase"},
	{"rebase-apply/applying", "am"},
	{"rebase-apply", "rebase"},
	{"MERGE_HEAD", "merge"},
	{"CHERRY_PICK_HEAD", "cherry-pick"},
	{"REVERT_HEAD", "revert"},
	{"BISECT_LOG", "bisect"},
};

const char *
place_state(const struct place *place)
{
	AUTO_FREE char *todo = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (exists(place->git_dir, states[i].file))
			return states[i].state;
	/* between two steps of a sequence no *_HEAD is there */
	todo = place_read(place->git_dir, "sequencer/todo", 16);
	if (!todo)
		return "";
	return starts_with(todo, "revert") ? "revert" : "cherry-pick";
}

void
place_free(struct place *place)
{
	free(place->top);
	free(place->git_dir);
	free(place->common);
	*place = (struct place){0};
}
