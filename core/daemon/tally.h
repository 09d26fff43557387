/* SPDX-License-Identifier: MIT */
/* What the events of a day know of the commits that repositories show. */
#pragma once

#include <stdint.h>

struct daemon;
struct json_t;

struct tally {
	struct json_t *machine; /* set of object names: programs' */
	struct json_t *emails;	/* set of addresses a person committed as */
};

/* From the events in [since, until); tally_free() releases it. */
void tally_read(struct daemon *d, int64_t since, int64_t until,
	struct tally *out);
void tally_free(struct tally *t);

/* Adds to each of digest's rows "machine", how many of its commits were made
 * by programs. */
void tally_rows(const struct tally *t, struct json_t *rows);

/* The commits of persons in these rows; unread ones count nothing. */
int64_t tally_commits(const struct json_t *rows);

/* The subject of a commit in the rows, borrowed, or NULL. */
const char *tally_subject(const struct json_t *rows, const char *oid);
