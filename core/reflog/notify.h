/* SPDX-License-Identifier: MIT */
/*
 * "Tell me when something in this directory changes."  One file for each
 * system; the null variant knows nothing, and whoever uses it looks when
 * asked to.
 */
#pragma once

#include "base/util.h"

struct notify;

enum notify_what {
	NOTIFY_CHANGED, /* name, in the directory `id`, came or changed */
	NOTIFY_GONE,	/* the directory went away; id is not valid any more */
	NOTIFY_LOST	/* too much happened: look at everything */
};

typedef void notify_fn(void *data, enum notify_what what, int id,
	const char *name);

/* 0, -ENOSYS where the system has no such thing, or -errno. */
int notify_new(struct notify **out);
void notify_free(struct notify *n);

/* The descriptor to poll for reading. */
int notify_fd(const struct notify *n);

/* Watches dir: what comes, and with `content` also what is written. Returns
 * an id, the same one when dir is watched already, or -errno; -ENOSPC when
 * the user has no watches left. */
int notify_add(struct notify *n, const char *dir, bool content);
void notify_remove(struct notify *n, int id);

/* Calls fn for what happened, never blocking, a bounded number of times: the
 * descriptor stays readable when there is more. 0 or -errno. */
int notify_read(struct notify *n, notify_fn *fn, void *data);
