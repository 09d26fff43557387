/* SPDX-License-Identifier: MIT */
/*
 * A line an interval:
 *
 *	inc 20261118T080000Z - 20261118T093000Z # tag "another tag" # words
 */
#include "client/timewarrior.h"

#include <errno.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/text.h"

/* n digits as a number, or -1. */
static int
digits(const char *s, int n)
{
	int value = 0;

	for (; n; n--, s++) {
		if (*s < '0' || *s > '9')
			return -1;
		value = value * 10 + *s - '0';
	}
	return value;
}

/* "20261118T080000Z"; returns what follows, or NULL. */
static const char *
read_stamp(const char *s, int64_t *out)
{
	static const char shape[] = "00000000T000000Z";
	int month, day, hour, minute, second;

	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == '0' ? digits(s + i, 1) < 0 : s[i] != shape[i])
			return NULL;
	month = digits(s + 4, 2);
	day = digits(s + 6, 2);
	hour = digits(s + 9, 2);
	minute = digits(s + 11, 2);
	second = digits(s + 13, 2);
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ||
		minute > 59 || second > 60)
		return NULL;
	*out = (int64_t)civil_date(digits(s, 4), month, day) * DAY_S +
		hour * 3600 + minute * 60 + second;
	return s + 16;
}

/* The first tag behind "# ", without its quotes; the caller frees it. */
static char *
first_tag(const char *s)
{
	if (!starts_with(s, " # "))
		return xstrdup("");
	s += 3;
	if (*s == '"')
		return xstrndup(s + 1, strcspn(s + 1, "\""));
	return xstrndup(s, strcspn(s, " "));
}

int
timewarrior_read(const char *line, struct interval *out)
{
	int64_t start, stop;
	const char *s;

	if (!starts_with(line, "inc ") || !(s = read_stamp(line + 4, &start)))
		return -EINVAL;
	if (!starts_with(s, " - "))
		return 1;
	s = read_stamp(s + 3, &stop);
	if (!s || stop < start)
		return -EINVAL;
	out->start = start;
	out->stop = stop;
	out->tag = first_tag(s);
	text_oneline(out->tag);
	return 0;
}
