/* SPDX-License-Identifier: MIT */
/*
 * git itself as a second reader, in a child that can change nothing, reach
 * nothing and run nothing: no locks, no network, no prompt, no hook, no
 * fsmonitor, no filter command of the repository's own config.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "digest/strings.h"

struct child {
	const char *dir;	       /* the child's working directory */
	int64_t until_ns;	       /* CLOCK_MONOTONIC; killed then */
	const struct strings *filters; /* names of filters to switch off */
	const struct buf *input;       /* its stdin; NULL: nothing */
	/* Called after each piece of output with all that is left of it, and
	 * may buf_drop() what it used; > 0 ends the child: enough. NULL
	 * leaves everything in the buffer. */
	int (*take)(void *ctx, struct buf *out);
	void *ctx;
};

/* Runs `git ARGS` (NULL-terminated) and gathers its output. Returns 0, also
 * after enough; its exit status when that is not 0, with its first words in
 * err; -ETIMEDOUT; or -errno. */
int child_git(const struct child *child, const char *const *args,
	struct buf *out, struct err *err);
