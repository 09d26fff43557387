/* SPDX-License-Identifier: MIT */
/* Any bytes as text to be shown, and as whatever a strict parser reads. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/parse.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
must(bool good)
{
	if (!good)
		abort();
}

/* Nothing is lost, and what is opened is closed. */
static void
isolated(const char *s)
{
	AUTO_BUF struct buf out = {0};
	int open = 0;

	text_isolate(s, &out);
	for (const char *p = out.data; *p;) {
		if (starts_with(p, "\u2068") && !starts_with(s, "\u2068")) {
			must(open++ == 0);
			p += 3;
		} else if (starts_with(p, "\u2069") && open) {
			must(open-- == 1);
			p += 3;
		} else {
			must(*p++ == *s++);
		}
	}
	must(!*s && !open);
}

static void
shown(const char *text)
{
	AUTO_FREE char *s = xstrdup(text);
	size_t n = strlen(s);

	text_plain(s);
	must(strlen(s) <= n && text_is_utf8(s, strlen(s)));
	must(!strpbrk(s, "\033\007\b\r\177"));
	text_oneline(s);
	must(!strpbrk(s, "\n\t"));
	isolated(s);
	text_cut(s, n / 2);
	must(strlen(s) <= n / 2 && text_is_utf8(s, strlen(s)));
}

/* What was read is within its bounds, and a length comes back as written. */
static void
parsed(const char *s)
{
	int64_t seconds, again;
	unsigned days;
	char form[32];
	date_t date;
	int minute;
	bool yes;

	if (parse_length(s, &seconds)) {
		must(seconds >= 0 && seconds <= 1000 * 3600);
		must(parse_length(format_length(seconds, form), &again) &&
			again == seconds);
	}
	if (parse_time_of_day(s, &minute))
		must(minute >= 0 && minute < 1440);
	if (parse_date(s, &date))
		must(streq(civil_date_text(date, form), s));
	if (parse_days(s, &days))
		must(days > 0 && days < 128);
	if (parse_int(s, -5, 5, &seconds))
		must(seconds >= -5 && seconds <= 5);
	parse_instant(s, &seconds);
	parse_bool(s, &yes);
}

/* A sentence that was cut is still text. */
static void
sentence(const char *s)
{
	struct err err;

	if (!text_is_utf8(s, strlen(s)))
		return;
	err_set(&err, -1, "%s%s%s", s, s, s);
	must(text_is_utf8(err.text, strlen(err.text)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const names[] = {"merge", "extend", "carry"};
	AUTO_FREE char *s = xstrndup((const char *)data, n);

	shown(s);
	parsed(s);
	sentence(s);
	text_nearest(s, names, ARRAY_SIZE(names));
	return 0;
}
