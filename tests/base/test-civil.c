/* SPDX-License-Identifier: MIT */
/* Civil time: gaps, overlaps and dates, against known changes of the clock. */
#include "base/civil.h"

#include <errno.h>

#include "lib/tap.h"

static const struct {
	const char *zone, *name;
	int year, month, day, minute;
	int64_t want;
} cases[] = {
	{"Europe/Berlin", "plain", 2026, 11, 18, 18 * 60, 1795021200},
	/* 2026-03-29 02:00 -> 03:00 at 01:00 UTC */
	{"Europe/Berlin", "in the gap", 2026, 3, 29, 150, 1774746000},
	{"Europe/Berlin", "after the gap", 2026, 3, 29, 180, 1774746000},
	{"Europe/Berlin", "before the gap", 2026, 3, 29, 119, 1774745940},
	/* 2026-10-25 03:00 -> 02:00 at 01:00 UTC; 02:30 first at 00:30 UTC */
	{"Europe/Berlin", "first of two", 2026, 10, 25, 150, 1792888200},
	{"Europe/Berlin", "after both", 2026, 10, 25, 180, 1792893600},
	/* half an hour of daylight saving */
	{"Australia/Lord_Howe", "half-hour gap", 2026, 10, 4, 135, 1791041400},
	/* midnight does not exist: 2026-04-24 00:00 -> 01:00 */
	{"Africa/Cairo", "no midnight", 2026, 4, 24, 0, 1776981600},
	{"Asia/Kathmandu", "quarter hours", 2026, 1, 1, 0, 1767204900},
	{"Europe/Berlin", "next date's minute", 2026, 11, 17, 1440 + 1080,
		1795021200},
};

/* The rule again, without thinking: minute after minute, until the clock on
 * the wall is there. Offsets of these years are whole minutes. */
static int64_t
by_walking(date_t date, int minute)
{
	int64_t civil = (int64_t)date * DAY_S + (int64_t)minute * 60;
	int64_t t = civil - 14 * 3600;

	while (t + civil_offset(t) < civil)
		t += 60;
	return t;
}

/* Every date of a year at a few times of day, and each change of the clock
 * minute by minute; how many are not where walking leads. */
static int
wrong_instants(int year)
{
	int wrong = 0;

	for (date_t d = civil_date(year, 1, 1); d < civil_date(year, 12, 31);
		d++) {
		int64_t noon = civil_instant(d, 720);
		bool change = civil_offset(noon - DAY_S) !=
			civil_offset(noon + DAY_S);

		for (int m = change ? 0 : d * 37 % 1440; m < 1440;
			m += change ? 5 : 1440)
			wrong += civil_instant(d, m) != by_walking(d, m);
	}
	return wrong;
}

static void
test_walking(void)
{
	static const char *const zones[] = {"Europe/Berlin",
		"America/St_Johns", "America/Santiago", "Africa/Cairo",
		"Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe",
		"Pacific/Kiritimati", "Antarctica/Troll", "Etc/GMT+12",
		"Europe/Dublin", "EST5EDT,M3.2.0,M11.1.0"};

	for (size_t i = 0; i < ARRAY_SIZE(zones); i++) {
		civil_set_zone(zones[i]);
		is_int(wrong_instants(2027), 0, "%s, all of 2027", zones[i]);
	}
	civil_set_zone("Pacific/Apia"); /* 30 December 2011 does not exist */
	is_int(wrong_instants(2011), 0, "Pacific/Apia, all of 2011");
}

int
main(void)
{
	char text[CIVIL_TEXT];
	int minute;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		is_int(civil_set_zone(cases[i].zone), 0, "%s is known",
			cases[i].zone);
		is_int(civil_instant(civil_date(cases[i].year, cases[i].month,
					     cases[i].day),
			       cases[i].minute),
			cases[i].want, "%s: %s", cases[i].zone, cases[i].name);
	}
	is_int(civil_set_zone("Mars/Phobos"), -ENOENT, "an unknown zone");
	civil_set_zone("Europe/Berlin");
	is_str(civil_date_text(civil_local(1795021200, &minute), text),
		"2026-11-18", "date of an instant");
	is_int(minute, 1080, "minute of an instant");
	is_str(civil_time_text(1795021200, text), "18:00", "time as text");
	is_int(civil_weekday(civil_date(2026, 11, 18)), 2, "a Wednesday");
	is_str(civil_date_text(civil_date(2028, 2, 29), text), "2028-02-29",
		"29 February");
	test_walking();
	return tap_done();
}
