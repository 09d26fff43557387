/* SPDX-License-Identifier: MIT */
/*
 * Civil time: dates as day numbers, times of day as minutes, and their place
 * on the axis of instants in the process's time zone (TZ).  Instants are
 * seconds of UTC.
 */
#pragma once

#include "base/util.h"

#define DAY_S 86400

/* Days since 1970-01-01, proleptic Gregorian calendar. */
typedef int32_t date_t;

/* Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms". */
date_t civil_date(int year, int month, int day);
void civil_split(date_t date, int *year, int *month, int *day);

/* 0 = Monday ... 6 = Sunday. */
int civil_weekday(date_t date);

/* The instant of minute `minute` (0..2879, beyond 1439 the next date) of date:
 * the first of the two when it exists twice, the first instant after the gap
 * when it does not exist. */
int64_t civil_instant(date_t date, int minute);

/* The local date at an instant, and with minute != NULL the minute of day. */
date_t civil_local(int64_t t, int *minute);

/* Seconds east of UTC at an instant. */
int32_t civil_offset(int64_t t);

/* Whether zone is an IANA name found on this system or a POSIX TZ string. */
bool civil_zone_exists(const char *zone);

/* Makes zone (an IANA name or a POSIX TZ string; "" = the system's) the
 * process's zone. Returns 0, or -ENOENT when zone is an unknown name. */
int civil_set_zone(const char *zone);

/* "2026-11-18", and "18:05" in local time; out holds at least CIVIL_TEXT. */
#define CIVIL_TEXT 32
const char *civil_date_text(date_t date, char *out);
const char *civil_time_text(int64_t t, char *out);
