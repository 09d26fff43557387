/* SPDX-License-Identifier: MIT */
/*
 * The C library turns an instant into civil time reliably, but not the other
 * way round: mktime() is free to choose in gaps and overlaps.  So the way
 * back is searched for, in an interval that surely holds it.
 */
#include "base/civil.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* No zone is farther from UTC than this, and none changes twice within twice
 * as long: in the tz database no two changes are less than 95 hours apart. */
#define FAR_S (16 * 3600)

date_t
civil_date(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

void
civil_split(date_t date, int *year, int *month, int *day)
{
	int z = date + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp + (mp < 10 ? 3 : -9);
	*year = yoe + era * 400 + (*month <= 2);
}

int
civil_weekday(date_t date)
{
	int w = (date + 3) % 7; /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}

int32_t
civil_offset(int64_t t)
{
	time_t tt = (time_t)t;
	struct tm tm;

	if (!localtime_r(&tt, &tm))
		return 0;
	return (int32_t)tm.tm_gmtoff;
}

static int64_t
local_seconds(int64_t t)
{
	return t + civil_offset(t);
}

/* The first instant in (lo, hi] whose offset differs from lo's; the offset is
 * known to differ between the two, and to change once. */
static int64_t
transition(int64_t lo, int64_t hi)
{
	int32_t before = civil_offset(lo);

	while (hi - lo > 1) {
		int64_t mid = lo + (hi - lo) / 2;

		if (civil_offset(mid) == before)
			lo = mid;
		else
			hi = mid;
	}
	return hi;
}

/* The first instant whose local time is at least `civil`: this one sentence
 * is the rule for times that exist once, twice and not at all. */
static int64_t
first_reaching(int64_t civil)
{
	int64_t lo = civil - FAR_S, hi = civil + FAR_S;
	int32_t before = civil_offset(lo), after = civil_offset(hi);

	if (before == after || civil_offset(civil - before) == before)
		return civil - before;
	if (civil_offset(civil - after) == after)
		return civil - after;
	return transition(lo, hi); /* in the gap */
}

int64_t
civil_instant(date_t date, int minute)
{
	return first_reaching((int64_t)date * DAY_S + (int64_t)minute * 60);
}

date_t
civil_local(int64_t t, int *minute)
{
	int64_t local = local_seconds(t);
	int64_t day = local / DAY_S;

	if (local % DAY_S < 0)
		day--;
	if (minute)
		*minute = (int)((local - day * DAY_S) / 60);
	return (date_t)day;
}

/* The start of a POSIX rule such as CET-1CEST,M3.5.0,M10.5.0: a name of three
 * letters or more, or anything in <>, and an offset. */
static bool
posix_zone(const char *zone)
{
	const char *end = zone;

	if (*zone == '<') {
		end = strchr(zone, '>');
		if (!end)
			return false;
		end++;
	} else {
		while (isalpha((unsigned char)*end))
			end++;
		if (end - zone < 3)
			return false;
	}
	if (*end == '+' || *end == '-')
		end++;
	return isdigit((unsigned char)*end);
}

/* A directory and zone1970.tab can be read, too, but are no zones. */
static bool
zone_file(const char *zone)
{
	const char *dir = getenv("TZDIR");
	AUTO_CLOSE int fd = -1;
	char path[PATH_MAX], magic[4];

	snprintf(path, sizeof path, "%s/%s",
		dir ? dir : "/usr/share/zoneinfo", zone);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	return fd >= 0 && read(fd, magic, sizeof magic) == sizeof magic &&
		memcmp(magic, "TZif", sizeof magic) == 0;
}

/* glibc and musl both take an unknown name for UTC without a word. */
bool
civil_zone_exists(const char *zone)
{
	if (zone[0] == '/' || strstr(zone, ".."))
		return false;
	return streq(zone, "UTC") || zone_file(zone) || posix_zone(zone);
}

int
civil_set_zone(const char *zone)
{
	if (*zone && !civil_zone_exists(zone))
		return -ENOENT;
	if (*zone)
		setenv("TZ", zone, 1);
	else
		unsetenv("TZ");
	tzset();
	return 0;
}

const char *
civil_date_text(date_t date, char *out)
{
	int y, m, d;

	civil_split(date, &y, &m, &d);
	snprintf(out, CIVIL_TEXT, "%04d-%02d-%02d", y, m, d);
	return out;
}

const char *
civil_time_text(int64_t t, char *out)
{
	int minute;

	civil_local(t, &minute);
	snprintf(out, CIVIL_TEXT, "%02d:%02d", minute / 60, minute % 60);
	return out;
}
