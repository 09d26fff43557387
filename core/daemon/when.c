/* SPDX-License-Identifier: MIT */
/*
 * Read in the daemon, not in the client: only here is it known what time it
 * is (a clock may be a fast one) and which day still holds at half past one.
 */
#include "daemon/when.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "words/words.h"

/* Steps over one of the little words people put in front. */
static const char *
skip_word(const char *s)
{
	static const char *const words[] = {"until ", "till ", "to ", "for ",
		"at ", "by "};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strncasecmp(s, words[i], strlen(words[i])) == 0)
			return s + strlen(words[i]);
	return s;
}

/* One date name: "today", "tomorrow", a weekday (the next one, today
 * included), or a date. */
static bool
date_named(const char *s, date_t today, date_t *out)
{
	unsigned days;

	if (strcasecmp(s, "today") == 0) {
		*out = today;
	} else if (strcasecmp(s, "tomorrow") == 0) {
		*out = today + 1;
	} else if (!strpbrk(s, "-, \t") && strcasecmp(s, "daily") != 0 &&
		parse_days(s, &days)) {
		for (*out = today; !(days >> civil_weekday(*out) & 1);)
			++*out;
	} else {
		return parse_date(s, out);
	}
	return true;
}

/* "DATE" or "DATE HH:MM". A weekday alone is never today: who types "Fri" on
 * a Friday means the coming one. */
static bool
date_and_time(const char *s, int64_t now, int turn, int64_t *out)
{
	AUTO_FREE char *name = xstrdup(s);
	char *blank = strchr(name, ' ');
	date_t today = civil_local(now, NULL), date;
	int minute = turn;

	if (blank) {
		*blank = '\0';
		if (!parse_time_of_day(blank + 1, &minute))
			return false;
	}
	if (!date_named(name, today, &date))
		return false;
	if (date == today && civil_instant(date, minute) <= now &&
		strcasecmp(name, "today") != 0 && !strchr(name, '-'))
		date += 7;
	*out = civil_instant(date, minute);
	return true;
}

static int64_t
next_time_of_day(int64_t now, int minute)
{
	date_t today = civil_local(now, NULL);
	int64_t at = civil_instant(today, minute);

	return at > now ? at : civil_instant(today + 1, minute);
}

bool
when_parse(const char *text, int64_t now, int turn, struct when *out)
{
	struct when w = {0};
	int minute;

	while (*text == ' ')
		text++;
	text = skip_word(text);
	if (parse_length(text, &w.length)) {
		w.is_length = true;
		w.instant = now + w.length;
	} else if (parse_time_of_day(text, &minute)) {
		w.instant = next_time_of_day(now, minute);
		w.is_tomorrow = civil_local(w.instant, NULL) !=
			civil_local(now, NULL);
	} else if (!date_and_time(text, now, turn, &w.instant) &&
		!(strchr(text, 'T') && parse_instant(text, &w.instant))) {
		return false;
	}
	*out = w;
	return true;
}

/* Takes the blanks around a word away, in place. */
static char *
trim(char *s)
{
	size_t n;

	s += strspn(s, " ");
	for (n = strlen(s); n && s[n - 1] == ' '; n--)
		s[n - 1] = '\0';
	return s;
}

int
when_dates(const char *text, date_t today, date_t *from, date_t *to)
{
	AUTO_FREE char *first = xstrdup(text);
	char *dots = strstr(first, "..");
	date_t a, b;

	if (dots)
		*dots = '\0';
	if (!date_named(trim(first), today, &a))
		return -EINVAL;
	b = a;
	if (dots && !date_named(trim(dots + 2), a, &b))
		return -EINVAL;
	if (b < a || b - a > 366)
		return b < a ? -EDOM : -ERANGE;
	*from = a;
	*to = b;
	return 0;
}

bool
when_window(const char *text, int *start, int *merge)
{
	char from[6] = "", to[6] = "";
	const char *rest;

	text += strspn(text, " ");
	rest = text + strnlen(text, 5);
	memcpy(from, text, (size_t)(rest - text));
	text = rest + strspn(rest, " -");
	if (text == rest || strlen(text) > 5)
		return false;
	snprintf(to, sizeof to, "%s", text);
	return parse_time_of_day(from, start) && parse_time_of_day(to, merge);
}
