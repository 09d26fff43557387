/* SPDX-License-Identifier: MIT */
/*
 * gitrepository-layout(5) by hand.  Running `git rev-parse` instead would
 * start a process for every file an editor opens, and would read a foreign
 * repository's config.
 */
#include "reflog/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/reach.h"

void
repo_clear(struct repo *repo)
{
	free(repo->common);
	free(repo->git_dir);
	free(repo->worktree);
	*repo = (struct repo){0};
}

/* A FIFO in the place of a file must not hold us up. */
char *
repo_read_line(const char *path)
{
	AUTO_CLOSE int fd = open(path,
		O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char text[PATH_MAX + 16];
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	n = read(fd, text, sizeof text - 1);
	if (n <= 0)
		return NULL;
	while (n && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	return xstrndup(text, (size_t)n);
}

static bool
exists(const char *dir, const char *name)
{
	AUTO_FREE char *path = xasprintf("%s/%s", dir, name);
	struct stat st;

	return lstat(path, &st) == 0;
}

static bool
is_git_dir(const char *dir)
{
	return exists(dir, "HEAD") &&
		(exists(dir, "commondir") ||
			(exists(dir, "objects") && exists(dir, "refs")));
}

/* The real path of `to` as seen from dir, or NULL. */
static char *
resolve(const char *dir, const char *to)
{
	AUTO_FREE char *path = NULL;

	path = *to == '/' ? xstrdup(to) : xasprintf("%s/%s", dir, to);
	return reach_answers(path) ? realpath(path, NULL) : NULL;
}

/* Cuts the last part off; false at the root. */
static bool
go_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash || streq(path, "/"))
		return false;
	if (slash == path)
		slash++;
	*slash = '\0';
	return true;
}

/* The deepest directory of path that exists, its real name. */
static char *
existing_dir(const char *path)
{
	AUTO_FREE char *rest = xstrdup(path);
	struct stat st;

	do {
		char *dir = realpath(rest, NULL);

		if (dir && stat(dir, &st) == 0 && S_ISDIR(st.st_mode))
			return dir;
		free(dir);
	} while (go_up(rest));
	return NULL;
}

/* What the .git file of dir points to, or NULL. */
static char *
follow_file(const char *dir, const char *dot_git)
{
	AUTO_FREE char *text = repo_read_line(dot_git);
	char *to;

	if (!text || !starts_with(text, "gitdir: "))
		return NULL;
	to = resolve(dir, text + strlen("gitdir: "));
	if (to && is_git_dir(to))
		return to;
	free(to);
	return NULL;
}

/* Whether dir is a working tree or a git directory; fills git_dir, worktree. */
static bool
look_at(const char *dir, struct repo *out)
{
	AUTO_FREE char *dot_git = xasprintf("%s/.git", dir);
	struct stat st;

	if (reach_answers(dot_git) && stat(dot_git, &st) == 0) {
		if (S_ISREG(st.st_mode))
			out->git_dir = follow_file(dir, dot_git);
		else if (S_ISDIR(st.st_mode) && is_git_dir(dot_git))
			out->git_dir = realpath(dot_git, NULL);
		if (out->git_dir) {
			out->worktree = xstrdup(dir);
			return true;
		}
	}
	if (!is_git_dir(dir))
		return false;
	out->git_dir = xstrdup(dir);
	return true;
}

static void
find_common(struct repo *out)
{
	AUTO_FREE char *path = xasprintf("%s/commondir", out->git_dir);
	AUTO_FREE char *to = repo_read_line(path);
	size_t n;

	if (to)
		out->common = resolve(out->git_dir, to);
	if (!out->common)
		out->common = xstrdup(out->git_dir);
	/* met inside .git: the working tree is around it */
	n = strlen(out->common);
	if (!out->worktree && streq(out->common, out->git_dir) && n > 5 &&
		streq(out->common + n - 5, "/.git"))
		out->worktree = xstrndup(out->common, n - 5);
	if (!out->worktree && starts_with(out->git_dir, out->common) &&
		starts_with(out->git_dir + n, "/worktrees/")) {
		AUTO_FREE char *log = xasprintf("%s/logs/HEAD",
			out->git_dir + n + 1);

		out->worktree = repo_log_worktree(out->common, log);
	}
}

int
repo_find(const char *path, struct repo *out, struct err *err)
{
	AUTO_REPO struct repo found = {0};
	AUTO_FREE char *dir = NULL;
	struct stat st;
	dev_t device;

	if (*path != '/')
		return err_set(err, -EINVAL, "%s is not an absolute path",
			path);
	if (!reach_answers(path))
		return err_set(err, -ETIMEDOUT, "%s does not answer", path);
	dir = existing_dir(path);
	if (!dir || stat(dir, &st) < 0)
		return err_set(err, -ENOENT, "%s cannot be looked at", path);
	device = st.st_dev;
	while (!look_at(dir, &found))
		if (!go_up(dir) || stat(dir, &st) < 0 || st.st_dev != device)
			return err_set(err, -ENOENT,
				"%s is in no git repository", path);
	find_common(&found);
	if (stat(found.common, &st) < 0)
		return err_errno(err, errno, "cannot look at %s", found.common);
	if (st.st_uid != geteuid())
		return err_set(err, -EPERM, "%s belongs to another user",
			found.common);
	*out = found;
	found = (struct repo){0};
	return 0;
}

bool
repo_is_rebasing(const char *common, const char *log)
{
	static const char *const names[] = {"rebase-merge", "rebase-apply"};
	int n = (int)(strlen(log) - strlen("logs/HEAD"));

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		AUTO_FREE char *path = xasprintf("%s/%.*s%s", common, n, log,
			names[i]);

		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

/* A bare repository with worktrees, and a submodule, have no telling name. */
char *
repo_log_worktree(const char *common, const char *log)
{
	AUTO_FREE char *file = NULL;
	char *text;
	size_t n = strlen(common);

	if (streq(log, "logs/HEAD"))
		return n > 5 && streq(common + n - 5, "/.git")
			? xstrndup(common, n - 5)
			: NULL;
	if (!starts_with(log, "worktrees/"))
		return NULL;
	file = xasprintf("%s/%.*s/gitdir", common,
		(int)(strlen(log) - strlen("/logs/HEAD")), log);
	text = repo_read_line(file);
	n = text ? strlen(text) : 0;
	if (n > 5 && *text == '/' && streq(text + n - 5, "/.git")) {
		text[n - 5] = '\0';
		return text;
	}
	free(text);
	return NULL;
}
