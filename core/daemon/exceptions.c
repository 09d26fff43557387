/* SPDX-License-Identifier: MIT */
/*
 * Days that are not as planned, each named: free ones, and today with other
 * hours.  What the engine makes of them, it alone knows.
 */
#include "daemon/exceptions.h"

#include <errno.h>
#include <jansson.h>

#include "base/buf.h"
#include "daemon/answer.h"
#include "daemon/daemon.h"
#include "daemon/event.h"
#include "daemon/ledger.h"
#include "daemon/orders.h"
#include "daemon/reply.h"
#include "daemon/when.h"
#include "store/store.h"
#include "words/instant.h"
#include "words/words.h"

/* The dates of the last order of days off; false when that was undone. */
static int
on_last_off(void *data, const struct store_event *event)
{
	struct engine_event *last = data;

	if (!event_decode(event, last))
		last->undo = true;
	return 0;
}

static bool
last_off(struct daemon *d, date_t *from, date_t *to)
{
	struct engine_event last = {.undo = true};

	store_newest(d->store, "off", INT64_MAX, on_last_off, &last);
	*from = last.from;
	*to = last.to;
	return !last.undo;
}

static json_t *
record_off(struct daemon *d, date_t from, date_t to, bool undo)
{
	AUTO_BUF struct buf out = {0};
	struct outcome outcome;
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	json_t *answer, *data;

	data = json_pack("{so}", "dates",
		json_sprintf("%s..%s", civil_date_text(from, a),
			civil_date_text(to, b)));
	if (undo)
		json_object_set_new(data, "undo", json_true());
	answer = orders_record(d, "off", data, &outcome);
	if (answer)
		return answer;
	instant_add_dates(from, to, &out);
	buf_addf(&out, ": %s", undo ? W_OFF_UNDONE
			: from == to ? W_OFF_ONE : W_OFF_DONE);
	return answer_said(out.data);
}

struct json_t *
exceptions_off(struct daemon *d, const struct json_t *in)
{
	struct engine_view view;
	const char *dates = line_text(in, "dates");
	bool undo = json_is_true(json_object_get(in, "undo"));
	date_t from, to;
	int r = 0;

	ledger_view(d, &view);
	if (dates)
		r = when_dates(dates, view.day, &from, &to);
	else if (!undo)
		r = -EINVAL;
	else if (!last_off(d, &from, &to))
		return answer_refused(W_OFF_NONE);
	if (r < 0)
		return answer_error(r == -EDOM ? W_DATES_REVERSED
				: r == -ERANGE ? W_DATES_MANY
					       : W_DATES_UNREADABLE);
	if (to < view.day)
		return answer_refused(W_DATES_PAST);
	return record_off(d, from, to, undo);
}

struct json_t *
exceptions_today(struct daemon *d, const struct json_t *in)
{
	AUTO_BUF struct buf from = {0}, to = {0}, out = {0};
	const char *window = line_text(in, "window");
	struct engine_view view;
	struct outcome outcome;
	int start, merge;
	json_t *answer;

	if (!window || !when_window(window, &start, &merge))
		return answer_error(W_WINDOW_UNREADABLE);
	answer = orders_record(d, "today",
		json_pack("{so so}", "start",
			json_sprintf("%02d:%02d", start / 60, start % 60),
			"merge",
			json_sprintf("%02d:%02d", merge / 60, merge % 60)),
		&outcome);
	if (answer)
		return answer;
	ledger_view(d, &view);
	instant_add(view.now, view.start, &from);
	instant_add(view.now, view.end, &to);
	buf_addf(&out, W_TODAY_IS, from.data, to.data);
	return answer_said(out.data);
}
