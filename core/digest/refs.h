/* SPDX-License-Identifier: MIT */
/* All references of a repository, gathered in one pass. */
#pragma once

#include "digest/commits.h"

struct scan;

struct branch {
	char *name; /* "refs/heads/main" */
	struct id tip;
};

struct refs;

/* 0 with *out (refs_free() it), or -EIO when only git can read them. */
int refs_read(struct scan *scan, struct refs **out);
void refs_free(struct refs *refs);

/* Where the day's walk begins: branches and the HEADs of working trees. */
const struct ids *refs_tips(const struct refs *refs);

/* All local branches, borrowed, and how many. */
const struct branch *refs_branches(const struct refs *refs, size_t *n);

/* The tips of all remote-tracking branches. */
const struct ids *refs_remotes(const struct refs *refs);

/* The tip of one, by its whole name, or NULL. */
const struct id *refs_remote(const struct refs *refs, const char *name);

/* True when replace refs or grafts make git see other commits. */
bool refs_replaced(const struct refs *refs);
