/* SPDX-License-Identifier: MIT */
/* Lines added and removed between two trees, as git log --shortstat counts. */
#pragma once

#include "digest/scan.h"

struct lines;

enum { LINES_COUNTED, LINES_ASK_GIT, LINES_UNKNOWN };

/* Borrows scan; counts nothing more after until_ns. */
struct lines *lines_new(struct scan *scan, int64_t until_ns);
void lines_free(struct lines *lines);

/* From the tree old (NULL: nothing) to new. LINES_COUNTED with both numbers
 * written; LINES_ASK_GIT when attributes, renames with changes or settings
 * decide, which only git knows; LINES_UNKNOWN when objects are missing, or
 * too big, or the time is over. */
int lines_count(struct lines *lines, const struct id *old,
	const struct id *new, int64_t *insertions, int64_t *deletions);

/* --- attributes.c */

/* True when something that holds for the whole repository (its own
 * attributes, the user's, settings of diff) makes git count otherwise. */
bool attributes_matter(struct scan *scan);

/* The same for the file .gitattributes in the directory dir ("" or "a/") of
 * the working tree; in_tree says that a commit has one there. */
bool attributes_matter_in(struct scan *scan, const char *dir, bool in_tree);
