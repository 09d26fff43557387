/* SPDX-License-Identifier: MIT */
/* Events that found no daemon, left in files by attach. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;

/* Whether there are files to read. */
bool spool_waits(const struct daemon *d);

/* Reads all spool files that nobody writes to, in order of time. With --clock
 * the spool is the real daemon's and is left alone. */
void spool_read(struct daemon *d);

/* Records what was read, up to an instant (INT64_MAX: all). */
void spool_take(struct daemon *d, int64_t until);

/* All that was read is recorded: ends the `batch` (if there is one) that it was
 * recorded in, and removes the files when it is stored. */
void spool_done(struct daemon *d, bool batch);

/* The whole way of whatever waits by now. */
void spool_drain(struct daemon *d);

/* Lines refused because they are no events, or lie in the future or too far
 * back, or beyond the bound, so far. */
int spool_refused(void);
