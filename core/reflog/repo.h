/* SPDX-License-Identifier: MIT */
/*
 * Which repository a path belongs to, found as git finds it but without
 * running it: nothing of the repository is executed, its config is not read.
 */
#pragma once

#include "base/err.h"

struct repo {
	char *common;	/* the directory all its working trees share */
	char *git_dir;	/* this working tree's own; often the same */
	char *worktree; /* its top, or NULL for a bare repository */
};

#define AUTO_REPO CLEANUP(repo_clear)

/*
 * Finds the repository that holds path, absolute, which need not exist (yet):
 * a file, a directory, a working tree, a git directory.  Follows .git files
 * (worktrees, submodules), stays on one file system.  Fills *out, which the
 * caller clears.  -EINVAL: not absolute, -ENOENT: in no repository, -EPERM:
 * the repository is another user's, which git refuses as well.
 */
int repo_find(const char *path, struct repo *out, struct err *err);

/* Frees what is in it; may be called twice. */
void repo_clear(struct repo *repo);

/* What is in a small file, without the newline at its end (a path may hold some),
 * or NULL; the caller frees it. */
char *repo_read_line(const char *path);

/* Whether a rebase is under way in the working tree whose log this is. */
bool repo_is_rebasing(const char *common, const char *log);

/* The working tree whose log this is ("logs/HEAD", "worktrees/N/logs/HEAD"),
 * as far as the repository itself says; NULL otherwise. The caller frees it. */
char *repo_log_worktree(const char *common, const char *log);
