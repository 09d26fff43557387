/* SPDX-License-Identifier: MIT */
/*
 * Many days at once.  Days that are over are folded once and kept summed up,
 * so that ten years cost little more than their rows.  Answers are pages: who
 * asks goes on at "next" until that is null.
 */
#pragma once

#include "base/civil.h"

struct buf;
struct daemon;
struct json_t;

/* {"get":"history","from":DATE,"to":DATE}: a line for each day on which
 * something was recorded goes to *out (the caller's), to be sent before the
 * answer {"today","next"}, which is the caller's. Each is the object of
 * report_day() without what repositories say; with "brief" lists are numbers,
 * with "project" there is only "day" and "worked". */
struct json_t *past_days(struct daemon *d, const struct json_t *line,
	struct buf *out);

/* The same without summing up first. */
struct json_t *past_kept(struct daemon *d, const char *day);

/* What was recorded of one day that is over, or NULL; the caller's. */
struct json_t *past_recorded(struct daemon *d, const char *day);

/* For import.c: keeps the facts of a day; lets all days be summed up anew. */
void past_keep(struct daemon *d, date_t day, struct json_t *facts);
void past_unroll(struct daemon *d);

/* {"do":"forget","before":DATE} or {"do":"forget","project":PATH}. The answer
 * is the caller's. */
struct json_t *past_forget(struct daemon *d, const struct json_t *in);
