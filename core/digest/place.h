/* SPDX-License-Identifier: MIT */
/* Where a named repository lies, and whether it may be read at all. */
#pragma once

#include "base/err.h"

struct place {
	char *top;     /* real path of the working tree; NULL: bare */
	char *git_dir; /* of this working tree */
	char *common;  /* shared by all working trees of the repository */
};

/* Looks only at path itself, never above it: a directory whose repository is
 * gone must not answer with that of its parent. Returns 0, or -errno with
 * the reason in err: -ENOENT (gone), -EINVAL (no repository), -EPERM
 * (somebody else's). */
int place_find(const char *path, struct place *out, struct err *err);

/* "rebase", "merge", ... in progress there, or "". Borrowed, static. */
const char *place_state(const struct place *place);

/* The first max bytes of DIR/NAME as a string that the caller frees, or NULL
 * when it is no regular file or cannot be read. */
char *place_read(const char *dir, const char *name, size_t max);

void place_free(struct place *place);
