/* SPDX-License-Identifier: MIT */
/* Times and dates as a person types them, read at an instant `now`. */
#pragma once

#include "base/buf.h"
#include "base/civil.h"

struct when {
	bool is_length;
	int64_t length;	 /* seconds, when is_length */
	int64_t instant; /* also set for a length: now + length */
	bool is_tomorrow; /* a time of day alone that is over today */
};

/* "30m", "for 1h30m", "18:45", "until 18:45", "tomorrow", "tomorrow 09:00",
 * "Fri", "Fri 12:00", "2026-11-20", "2026-11-20 12:00", RFC 3339.  A time of
 * day alone is the next one; a date alone begins at its turn (minutes).
 * False when it is none of these. */
bool when_parse(const char *text, int64_t now, int turn, struct when *out);

/* "today", "tomorrow", "Fri", "2026-12-24", and ranges "Fri..Sun". today is
 * the date of the working day that holds. 0, -EINVAL when it is none of these,
 * -EDOM for a range that ends before it begins, -ERANGE for one that is longer
 * than a year. */
int when_dates(const char *text, date_t today, date_t *from, date_t *to);

/* "09:00-17:00", "09:00 - 17:00", "09:00 17:00": minutes since midnight. */
bool when_window(const char *text, int *start, int *merge);
