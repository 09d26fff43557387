/* SPDX-License-Identifier: MIT */
/* Events that found no daemon, left in files by attach. */
#pragma once

#include <stdint.h>

struct daemon;

/* Reads all spool files, in order of time, and removes them. With --clock the
 * spool is the real daemon's and is left alone. */
void spool_read(struct daemon *d);

/* Records what was read, up to an instant (INT64_MAX: all). */
void spool_take(struct daemon *d, int64_t until);

/* Events refused because they lie in the future or too far back, so far. */
int spool_refused(void);
