/* SPDX-License-Identifier: MIT */
/*
 * Numbers are read digit by digit: strtol() takes blanks, signs and bases
 * that a config file should refuse, atoi() takes anything.
 */
#include "base/parse.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#define LENGTH_MAX INT64_C(3600000)

/* Reads digits at *s, advances it; false when there is none or too many. */
static bool
digits(const char **s, int64_t *out)
{
	int64_t n = 0;
	int count = 0;

	for (; isdigit((unsigned char)**s); (*s)++) {
		if (++count > 15)
			return false;
		n = n * 10 + (**s - '0');
	}
	*out = n;
	return count > 0;
}

/* Exactly `count` digits. */
static bool
fixed_digits(const char **s, int count, int *out)
{
	int n = 0;

	while (count--) {
		if (!isdigit((unsigned char)**s))
			return false;
		n = n * 10 + (*(*s)++ - '0');
	}
	*out = n;
	return true;
}

static bool
literal(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

bool
parse_length(const char *s, int64_t *out)
{
	static const char unit[] = "hms";
	static const int64_t worth[] = {3600, 60, 1};
	size_t next = 0, i;
	int64_t total = 0, n;

	if (!*s)
		return false;
	while (*s) {
		bool first = next == 0;

		if (!digits(&s, &n))
			return false;
		for (i = next; i < ARRAY_SIZE(worth) && unit[i] != *s; i++)
			;
		if (i == ARRAY_SIZE(worth) || n > LENGTH_MAX)
			return false;
		if (!first && n > 59)
			return false;
		total += n * worth[i];
		next = i + 1;
		s++;
	}
	if (total > LENGTH_MAX)
		return false;
	*out = total;
	return true;
}

bool
parse_time_of_day(const char *s, int *out)
{
	int h, m;

	if (!fixed_digits(&s, 2, &h) || !literal(&s, ':') ||
		!fixed_digits(&s, 2, &m) || *s || h > 23 || m > 59)
		return false;
	*out = h * 60 + m;
	return true;
}

static bool
date_at(const char **s, date_t *out)
{
	int y, m, d, y2, m2, d2;

	if (!fixed_digits(s, 4, &y) || !literal(s, '-') ||
		!fixed_digits(s, 2, &m) || !literal(s, '-') ||
		!fixed_digits(s, 2, &d) || y < 1970 || m < 1 || m > 12)
		return false;
	civil_split(civil_date(y, m, d), &y2, &m2, &d2);
	if (y2 != y || m2 != m || d2 != d)
		return false; /* 30 February */
	*out = civil_date(y, m, d);
	return true;
}

bool
parse_date(const char *s, date_t *out)
{
	date_t date;

	if (!date_at(&s, &date) || *s)
		return false;
	*out = date;
	return true;
}

bool
parse_bool(const char *s, bool *out)
{
	static const struct {
		const char *name;
		bool value;
	} names[] = {
		{"yes", true}, {"true", true}, {"on", true}, {"1", true},
		{"no", false}, {"false", false}, {"off", false}, {"0", false},
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcasecmp(s, names[i].name) == 0) {
			*out = names[i].value;
			return true;
		}
	return false;
}

bool
parse_int(const char *s, int64_t least, int64_t most, int64_t *out)
{
	int64_t n;

	if (!digits(&s, &n) || *s || n < least || n > most)
		return false;
	*out = n;
	return true;
}

/* The weekday named at *s (three letters or the whole name), or -1. */
static int
day_at(const char **s)
{
	static const char *const names[] = {"monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday"};
	size_t len = 0;

	while (isalpha((unsigned char)(*s)[len]))
		len++;
	for (int i = 0; i < 7; i++)
		if ((len == 3 || len == strlen(names[i])) &&
			strncasecmp(*s, names[i], len) == 0) {
			*s += len;
			return i;
		}
	return -1;
}

bool
parse_day(const char *s, date_t today, date_t *out)
{
	const char *end = s;
	int weekday = day_at(&end);

	if (weekday >= 0 && !*end)
		*out = today - (civil_weekday(today) - weekday + 7) % 7;
	else if (strcasecmp(s, "today") == 0)
		*out = today;
	else if (strcasecmp(s, "yesterday") == 0)
		*out = today - 1;
	else
		return parse_date(s, out);
	return true;
}

static void
skip_blanks(const char **s)
{
	while (**s == ' ' || **s == '\t')
		(*s)++;
}

/* One day or range of days at *s, added to *days. */
static bool
day_range(const char **s, unsigned *days)
{
	int from = day_at(s), to;

	if (from < 0)
		return false;
	to = from;
	if (**s == '-') {
		(*s)++;
		to = day_at(s);
		if (to < 0)
			return false;
	}
	for (*days |= 1u << from; from != to; *days |= 1u << from)
		from = (from + 1) % 7;
	return true;
}

bool
parse_days(const char *s, unsigned *out)
{
	unsigned days = 0;

	skip_blanks(&s);
	if (strcasecmp(s, "daily") == 0) {
		*out = 0x7f;
		return true;
	}
	while (day_range(&s, &days)) {
		skip_blanks(&s);
		if (!*s) {
			*out = days;
			return true;
		}
		if (*s == ',')
			s++;
		skip_blanks(&s);
	}
	return false;
}

/* "Z" or "+01:00" at *s, in seconds. */
static bool
offset_at(const char **s, int64_t *out)
{
	int sign, h, m;

	if (**s == 'Z' || **s == 'z') {
		(*s)++;
		*out = 0;
		return true;
	}
	sign = **s == '+' ? 1 : **s == '-' ? -1 : 0;
	if (!sign)
		return false;
	(*s)++;
	if (!fixed_digits(s, 2, &h) || !literal(s, ':') ||
		!fixed_digits(s, 2, &m) || h > 23 || m > 59)
		return false;
	*out = sign * (h * 3600 + m * 60);
	return true;
}

bool
parse_instant(const char *s, int64_t *out)
{
	int64_t offset, n;
	const char *p = s;
	int h, m, sec;
	date_t date;

	if (digits(&p, &n) && !*p) {
		*out = n;
		return true;
	}
	if (!date_at(&s, &date) || (*s != 'T' && *s != 't' && *s != ' '))
		return false;
	s++;
	if (!fixed_digits(&s, 2, &h) || !literal(&s, ':') ||
		!fixed_digits(&s, 2, &m) || !literal(&s, ':') ||
		!fixed_digits(&s, 2, &sec) || h > 23 || m > 59 || sec > 60)
		return false;
	if (*s == '.') {
		s++;
		if (!digits(&s, &n))
			return false;
	}
	if (!offset_at(&s, &offset) || *s)
		return false;
	*out = (int64_t)date * DAY_S + h * 3600 + m * 60 + sec - offset;
	return true;
}

const char *
format_length(int64_t seconds, char *out)
{
	int64_t h = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;
	int n = 0;

	if (h)
		n += snprintf(out + n, 32 - (size_t)n, "%lldh", (long long)h);
	if (m)
		n += snprintf(out + n, 32 - (size_t)n, "%lldm", (long long)m);
	if (s || n == 0)
		snprintf(out + n, 32 - (size_t)n, s ? "%llds" : "0m",
			(long long)s);
	return out;
}
