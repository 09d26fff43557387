/* SPDX-License-Identifier: MIT */
/*
 * Strict parsers: the whole text or nothing, never clamped.  Each returns
 * true and writes *out, or returns false and leaves *out alone.
 */
#pragma once

#include "base/civil.h"

/* "90m", "1h30m", "45s", "2h": h, m, s in this order, each at most once, at
 * least one; the first number is free, later ones stay below 60. "0m" is a
 * length. At most 1000 hours. In seconds. */
bool parse_length(const char *s, int64_t *out);

/* "18:05", 00:00 to 23:59, two digits each. Minutes since midnight. */
bool parse_time_of_day(const char *s, int *out);

/* "2026-11-18", years 1970 to 9999. */
bool parse_date(const char *s, date_t *out);

/* A day as one who looks back names it: "today", "yesterday", a weekday (the
 * latest one, today included), or as parse_date(). */
bool parse_day(const char *s, date_t today, date_t *out);

/* yes/no, true/false, on/off, 1/0. */
bool parse_bool(const char *s, bool *out);

/* Decimal digits only, within [least, most]. */
bool parse_int(const char *s, int64_t least, int64_t most, int64_t *out);

/* Weekdays as bits, bit 0 = Monday: "Mon-Fri", "Mon, Wed", "daily", names of
 * three letters or whole, any case; "Sat-Mon" wraps. */
bool parse_days(const char *s, unsigned *out);

/* RFC 3339 with offset ("2026-11-18T17:58:00+01:00", also Z), or digits alone:
 * seconds of UTC. Fractions are cut off. */
bool parse_instant(const char *s, int64_t *out);

/* The length in its shortest config form ("1h30m"); out holds 32 bytes. */
const char *format_length(int64_t seconds, char *out);
