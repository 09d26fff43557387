/* SPDX-License-Identifier: MIT */
/* What a day was: from the fold over its events, and from its repositories. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* The instants between which a date's day lies, as the rules plan it now, and
 * at most up to the present. */
void report_bounds(struct daemon *d, date_t day, int64_t *since,
	int64_t *until);

/* The repositories with events in [since, until), as keys of an object; the
 * reference is the caller's. */
struct json_t *report_repositories(struct daemon *d, int64_t since,
	int64_t until);

/* How many commits of the person were heard of in [since, until). */
int report_commits(struct daemon *d, int64_t since, int64_t until);

/* Adds what repositories say to it: their rows, the commits of persons where
 * they can be read, the subjects of late ones. */
void report_repositories_add(struct json_t *report,
	struct json_t *repositories);

/* The same for a day on which nothing was recorded: what was planned. */
struct json_t *report_planned(struct daemon *d, date_t day);

/* The object of `vesper report day --json` but for what repositories say; the
 * reference is the caller's. */
struct json_t *report_day(struct daemon *d, date_t day);
