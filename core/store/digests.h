/* SPDX-License-Identifier: MIT */
/*
 * What repositories said of days.  Each answer depends on all repositories of
 * its day (a commit that lies in two counts once), so a day is kept and dropped
 * as a whole.  Every function returns 0 or -errno unless it says otherwise.
 */
#pragma once

#include "base/util.h"

struct store;

struct store_digest {
	const char *day;   /* YYYY-MM-DD */
	const char *asked; /* what the answer is an answer to */
	const char *data;  /* JSON */
};

/* Replaces what is kept of its day. */
int store_digest(struct store *s, const struct store_digest *digest);

/* Remembers that this repository has a part in a day's answer. */
int store_digest_of(struct store *s, const char *day, const char *repository);

/* What a day's repositories said to this question, which the caller frees, or
 * NULL. */
char *store_digest_recall(struct store *s, const char *day, const char *asked);

/* Drops all answers that this repository has a part in. */
int store_digest_drop(struct store *s, const char *repository);
