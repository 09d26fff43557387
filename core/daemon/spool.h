/* SPDX-License-Identifier: MIT */
/* Events that found no daemon, left in files by attach. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;

/* Whether there are files to read. */
bool spool_waits(const struct daemon *d);

/* Within a batch, so that no crash can tell apart what was recorded from what
 * was removed. Reads all spool files that nobody writes to, in order of time.
 * With --clock the spool is the real daemon's and is left alone. */
void spool_read(struct daemon *d);

/* Records what was read, up to an instant (INT64_MAX: all). */
void spool_take(struct daemon *d, int64_t until);

/* All that was read is recorded: ends the batch that it was recorded in, and
 * removes the files when it is stored. -errno when nothing of it is: the files
 * wait, then, for spool_again(). */
int spool_done(struct daemon *d);

/* The whole way of whatever waits by now, if there is a batch to be had. */
void spool_drain(struct daemon *d);

/* The history can be written again. */
void spool_again(struct daemon *d);

/* Lines refused because they are no events, or lie in the future or too far
 * back, or beyond the bound, so far. */
int spool_refused(void);
