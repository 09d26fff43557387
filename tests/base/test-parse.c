/* SPDX-License-Identifier: MIT */
/* The strict parsers: what is a value, and what is refused. */
#include "base/parse.h"

#include "lib/tap.h"

static const struct {
	const char *text;
	int64_t want; /* -1: refused */
} lengths[] = {
	{"90m", 5400}, {"1h30m", 5400}, {"45s", 45}, {"2h", 7200}, {"0m", 0},
	{"1h5s", 3605}, {"600s", 600}, {"", -1}, {"90", -1}, {"-5m", -1},
	{"1h90m", -1}, {"30m1h", -1}, {"1h1h", -1}, {"1.5h", -1}, {" 1h", -1},
	{"1h ", -1}, {"h", -1}, {"1001h", -1}, {"99999999999999999999h", -1},
};

static const struct {
	const char *text;
	int want;
} times[] = {
	{"00:00", 0}, {"23:59", 1439}, {"18:05", 1085}, {"24:00", -1},
	{"9:5", -1}, {"9:05", -1}, {"18:60", -1}, {"18:05 ", -1}, {"", -1},
	{"18.05", -1},
};

static const struct {
	const char *text;
	int want;
} days[] = {
	{"Mon-Fri", 0x1f}, {"Mon, Wed", 5}, {"daily", 0x7f}, {"Sat-Mon", 0x61},
	{"saturday sunday", 0x60}, {"MON", 1}, {"", -1}, {"Mond", -1},
	{"Mon-", -1}, {"Mon,,Tue", -1}, {"Mon,", -1},
};

/* seen from Wednesday, 18 November 2026 */
static const struct {
	const char *text;
	int want; /* days from then; 1: refused */
} dates[] = {
	{"today", 0}, {"Yesterday", -1}, {"wed", 0}, {"Tuesday", -1},
	{"Thu", -6}, {"2026-11-17", -1}, {"tomorrow", 1}, {"Mon-Fri", 1},
	{"Mon ", 1}, {"daily", 1}, {"", 1}, {"2026-02-30", 1},
};

static const struct {
	const char *text;
	int64_t want;
} instants[] = {
	{"2026-11-18T17:58:00+01:00", 1795021080}, {"1795021080", 1795021080},
	{"2026-11-18T16:58:00Z", 1795021080},
	{"2026-11-18T16:58:00.999Z", 1795021080},
	{"2026-11-18T16:58:00", -1}, {"2026-02-29T00:00:00Z", -1},
	{"2028-02-29T00:00:00Z", 1835395200}, {"soon", -1},
};

int
main(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		int64_t got = -1;

		parse_length(lengths[i].text, &got);
		is_int(got, lengths[i].want, "length '%s'", lengths[i].text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		int got = -1;

		parse_time_of_day(times[i].text, &got);
		is_int(got, times[i].want, "time '%s'", times[i].text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
		unsigned got = 0;

		if (!parse_days(days[i].text, &got))
			got = (unsigned)-1;
		is_int((int)got, days[i].want, "days '%s'", days[i].text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
		date_t today = civil_date(2026, 11, 18), got = today + 1;

		parse_day(dates[i].text, today, &got);
		is_int(got - today, dates[i].want, "day '%s'", dates[i].text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(instants); i++) {
		int64_t got = -1;

		parse_instant(instants[i].text, &got);
		is_int(got, instants[i].want, "instant '%s'", instants[i].text);
	}
	return tap_done();
}
