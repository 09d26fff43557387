/* SPDX-License-Identifier: MIT */
/*
 * What is kept beside the events: where each editor was last, what a person
 * said a day really was, days summed up, and what was imported.  Days are
 * written YYYY-MM-DD; strings are borrowed for the call.  Every function
 * returns 0 or -errno unless it says otherwise.
 */
#pragma once

#include "base/util.h"

struct store;

/* The last place of one editor in one project on one day. */
struct store_place {
	const char *day, *source, *project, *file;
	int line;
	int64_t at;
};

/* Replaces the place of that day, source and project. Places of all but the
 * newest two days are dropped. */
int store_place(struct store *s, const struct store_place *place);

/* Calls fn for each place of a day, the newest first. */
int store_places(struct store *s, const char *day,
	void (*fn)(void *data, const struct store_place *place), void *data);

/* Replaces all corrections of a day by these lines. */
int store_correct(struct store *s, const char *day, int64_t made,
	const char *const *lines, size_t n);

/* Calls fn for each correction of the days from..to, in the order of days and
 * of saving. */
int store_corrections(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *day, const char *line), void *data);

/* A day that is over, summed up as JSON, whole and in brief; what was there of
 * it goes, with what was worked in its projects. */
int store_rollup(struct store *s, const char *day, const char *brief,
	const char *json);

/* The instant before which everything is summed up, or INT64_MIN. It goes back
 * by itself when something older is stored, so that no sum stays wrong. */
int64_t store_summed(struct store *s);
int store_summed_set(struct store *s, int64_t before);

/* The oldest instant of anything that can be summed up, or INT64_MIN. */
int64_t store_oldest(struct store *s);

/* Calls fn for at most `most` (-1: all) of them, in order. */
int store_rollups(struct store *s, const char *from, const char *to,
	bool brief, int most,
	void (*fn)(void *data, const char *day, const char *json), void *data);

/* What was worked in one project on one day that is over. */
int store_project_day(struct store *s, const char *project, const char *day,
	int64_t worked);

/* Calls fn for each day of a project, given by its path, by a directory above
 * it or by the last part of its path, in the order of days. */
int store_project_days(struct store *s, const char *project, const char *from,
	const char *to,
	void (*fn)(void *data, const char *day, int64_t worked), void *data);

/* Calls fn with what was worked in each project on these days together. */
int store_project_sums(struct store *s, const char *from, const char *to,
	void (*fn)(void *data, const char *project, int64_t worked),
	void *data);

/* An interval that another program recorded; one that is there already (start
 * and project) is replaced. */
int store_import(struct store *s, int64_t start, int64_t stop,
	const char *project);

/* Calls fn for those that begin in [from, to), in the order of time. */
int store_imported(struct store *s, int64_t from, int64_t to,
	void (*fn)(void *data, int64_t start, int64_t stop, const char *project),
	void *data);

/* A transaction around many writes, which are there as a whole when
 * store_facts_end() returns 0, and not at all when it was told that they went
 * wrong (r < 0, which it returns) or they cannot be stored. */
int store_facts_begin(struct store *s);
int store_facts_end(struct store *s, int r);

/* The newest day before `day` that turned: 1 with its name (11 bytes) and its
 * last activity, 0 when there is none, or -errno. */
int store_last_closed(struct store *s, const char *day, char name[11],
	int64_t *ended);

/* Deletes everything before an instant and a day, or of a project (and what
 * is below its directory); then makes sure that no trace of it is left in the
 * file. *n is how many events went. 1: they are gone, but the log of the file
 * still has them, because somebody else reads there. */
int store_forget_before(struct store *s, int64_t at, const char *day,
	int64_t *n);
int store_forget_project(struct store *s, const char *project, int64_t *n);
