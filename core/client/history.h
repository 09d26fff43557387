/* SPDX-License-Identifier: MIT */
/* Many days, fetched page by page, added up, and shown in four ways. */
#pragma once

#include "base/buf.h"
#include "base/civil.h"

struct json_t;
struct link;

#define HISTORY_FIRST 0	     /* 1970-01-01 */
#define HISTORY_LAST 2932896 /* 9999-12-31 */

struct history_project {
	const char *path; /* borrowed from the days, or from named */
	int64_t worked;
};

/* What the days come to. Lengths in seconds. */
struct history_sums {
	int days_worked, days_off_worked, days_closed;
	int64_t worked, longest, pauses;
	int stretches, npauses;
	int commits, late_commits, extensions;
	int with_end, after_end; /* days with a planned end; those after it */
	int64_t after;		 /* by how much, together */
	int64_t weekday[7];
	struct history_project *project; /* most first */
	int nproject;
};

struct history {
	date_t from, to;     /* asked for, both included */
	const char *project; /* or NULL: all */
	bool brief; /* without lists: nothing that happened within a day */
	date_t today;
	struct json_t *days;  /* the daemon's facts, in order */
	struct json_t *named; /* keeps the names of projects that are no day's */
	struct history_sums sums;
};

/* Fills days, today and sums; from and to are then at most as wide as what
 * was recorded and today. Returns an exit code, with the reason printed. */
int history_get(struct history *h, struct link *link);
void history_clear(struct history *h);

/* "week", "yesterday", "Mon..Fri", "2026-11-01..2026-11-18" ...; false when it
 * is no such thing. Who types two days may have them in the wrong order. */
bool history_range(const char *which, date_t today, date_t *from, date_t *to);

/* The facts of a date, borrowed, or NULL. */
const struct json_t *history_day(const struct history *h, date_t date);

/* Prints one object; one line a day; text for `width` columns. */
void history_json(const struct history *h);
void history_csv(const struct history *h);
void history_text(const struct history *h, const char *title);

/* What it is about, for the dates in `title`; the sums in a few lines; a
 * promise and its end in one line without newline. What others wrote in it is
 * made safe to show. */
void history_title(const struct history *h, const char *title, struct buf *out);
void history_figures(const struct history *h, struct buf *out);
void history_promise(const struct json_t *day, const struct json_t *one,
	struct buf *out);

/* Writes a page that needs nothing else to path ("-": stdout). 0 or -errno. */
int history_html(const struct history *h, const char *title, const char *path);

/* How dark a day is in a calendar: 0 without work, then 1 up to 3 hours, 2 up
 * to 6, 3 up to 9, else 4. day may be NULL. */
int history_shade(const struct json_t *day);

/* Where a day's instant lies on an axis of its own: minutes since midnight of
 * its date, beyond 1440 on the next. */
int history_minute(date_t date, int64_t t);

/* The first and the last whole hour that anything of the days touches. */
void history_hours(const struct history *h, int *first, int *last);
