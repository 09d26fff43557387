/* SPDX-License-Identifier: MIT */
/*
 * Days that are over are folded once and kept summed up, so that ten years
 * cost little more than their rows.  It is done a slice at a time, between
 * whatever else the loop has to do; the fold then goes on with the day that
 * holds.
 */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;
struct rollup;

/* Begins with nothing; the daemon is borrowed. rollup_free() takes NULL, too,
 * and returns it; who waits is not called any more. */
struct rollup *rollup_new(struct daemon *d);
struct rollup *rollup_free(struct rollup *r);

/* Sums up what is over by now, soon. */
void rollup_start(struct daemon *d);

/* Calls fn when everything that is over is summed up, or cannot be: now, or
 * later from the main loop. */
void rollup_wait(struct daemon *d, void (*fn)(struct daemon *d, void *data),
	void *data);

/* The events are others now: what is under way begins anew. */
void rollup_drop(struct daemon *d);

/* The first date that is not known to be summed up. */
date_t rollup_reached(struct daemon *d);

/* What was recorded of a day, what was imported with it, before corrections;
 * the caller's, or NULL when there is nothing. */
struct json_t *rollup_day(struct daemon *d, date_t day);

/* The facts without lists and projects: what sums over years need. The
 * caller frees it. */
char *rollup_brief(const struct json_t *facts);
