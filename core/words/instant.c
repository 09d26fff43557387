/* SPDX-License-Identifier: MIT */
#include "words/instant.h"

#include "words/words.h"

void
instant_add_date(date_t date, struct buf *out)
{
	char text[CIVIL_TEXT];

	buf_addf(out, "%s %s", words_weekday(civil_weekday(date)),
		civil_date_text(date, text));
}

void
instant_add_dates(date_t from, date_t to, struct buf *out)
{
	instant_add_date(from, out);
	if (to == from)
		return;
	buf_adds(out, "..");
	instant_add_date(to, out);
}

void
instant_add(int64_t now, int64_t t, struct buf *out)
{
	date_t date = civil_local(t, NULL), today = civil_local(now, NULL);
	char time[CIVIL_TEXT];

	if (date == today + 1)
		buf_adds(out, W_WHEN_TOMORROW);
	else if (date == today - 1)
		buf_adds(out, W_WHEN_YESTERDAY);
	else if (date != today)
		instant_add_date(date, out);
	buf_addf(out, "%s%s", date != today ? " " : "",
		civil_time_text(t, time));
}

void
instant_add_dated(int64_t said, int64_t t, struct buf *out)
{
	date_t date = civil_local(t, NULL);
	char time[CIVIL_TEXT];

	if (date != civil_local(said, NULL)) {
		instant_add_date(date, out);
		buf_adds(out, " ");
	}
	buf_adds(out, civil_time_text(t, time));
}
