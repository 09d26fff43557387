/* SPDX-License-Identifier: MIT */
/*
 * [boundary] quiet: do-not-disturb is on from the end of one day to the start
 * of the next, and then as it was before, also when we died in between.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;
struct json_t;
struct quiet;

/* Reads what was remembered; d->store must be open. quiet_free() takes NULL,
 * too, and returns it. */
struct quiet *quiet_new(struct daemon *d);
struct quiet *quiet_free(struct quiet *q);

/* Something may have changed: a day closed, opened, turned or began. */
void quiet_check(struct daemon *d);

/* The instant at which it has to look again though nothing happens, or
 * INT64_MAX. */
int64_t quiet_deadline(struct daemon *d);

/* From `desktop`: a notification server came (or went); do-not-disturb is now
 * on or off; its answer to an order. */
void quiet_server(struct daemon *d, bool there);
void quiet_heard(struct daemon *d, bool on);
void quiet_answer(struct daemon *d, const struct json_t *line);

/* Why it could not be switched, borrowed, or NULL; for doctor. */
const char *quiet_trouble(const struct daemon *d);
