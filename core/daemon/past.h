/* SPDX-License-Identifier: MIT */
/*
 * Many days at once.  Answers are pages: who asks goes on at "next" until that
 * is null.
 */
#pragma once

#include "base/civil.h"

struct buf;
struct daemon;
struct json_t;

/* {"get":"history","from":DATE,"to":DATE}: a line for each day on which
 * something was recorded goes to *out (the caller's), with reply_mark() at its
 * end, to be sent before the answer {"today","next"}, which is the caller's.
 * Each is the object of report_day() without what repositories say; with
 * "brief" lists are numbers, and the answer has "projects", their sums over
 * these days; with "project" there is only "day" and "worked". Ask when
 * rollup_wait() says so. */
struct json_t *past_days(struct daemon *d, const struct json_t *line,
	const char *mark, struct buf *out);

/* {"do":"forget","before":DATE} or {"do":"forget","project":PATH}. The answer
 * is the caller's. */
struct json_t *past_forget(struct daemon *d, const struct json_t *in);
