/* SPDX-License-Identifier: MIT */
/*
 * A table says who reads the fields of an event; one that is missing or not
 * what it must be is an error.  Fields that nobody reads are left alone: what
 * `vesper export` prints has more of them than the engine needs.
 */
#include "client/events.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "engine/names.h"
#include "words/words.h"

/* --- single fields -------------------------------------------------------- */

static int
wrong(const char *key, const char *wanted, struct err *err)
{
	return err_set(err, -EINVAL, W_REPLAY_FIELD, key, wanted);
}

/* An instant under key: seconds of UTC, fractions cut off, or RFC 3339. */
static int
read_instant(const json_t *o, const char *key, int64_t *out, struct err *err)
{
	const json_t *v = json_object_get(o, key);
	double d = json_real_value(v);

	if (json_is_integer(v)) {
		*out = json_integer_value(v);
	} else if (json_is_real(v) && d >= 0 && d < 1e15) {
		*out = (int64_t)d;
	} else if (!json_is_string(v) ||
		!parse_instant(json_string_value(v), out)) {
		return wrong(key, W_REPLAY_INSTANT, err);
	}
	if (*out < 0 || *out > EVENT_AT_MAX)
		return wrong(key, W_REPLAY_INSTANT, err);
	return 0;
}

static int
read_length(const json_t *o, const char *key, int64_t *out, struct err *err)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (!s || !parse_length(s, out))
		return wrong(key, W_REPLAY_LENGTH, err);
	return 0;
}

static int
read_time(const json_t *o, const char *key, int *out, struct err *err)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (!s || !parse_time_of_day(s, out))
		return wrong(key, W_REPLAY_TIME, err);
	return 0;
}

/* "2026-12-24" or "2026-12-24..2026-12-26" */
static int
read_dates(const json_t *o, struct engine_event *ev, struct err *err)
{
	const char *s = json_string_value(json_object_get(o, "dates"));
	const char *dots = s ? strstr(s, "..") : NULL;
	AUTO_FREE char *from = NULL;

	if (!s)
		return wrong("dates", W_REPLAY_DATES, err);
	from = xstrndup(s, dots ? (size_t)(dots - s) : strlen(s));
	if (!parse_date(from, &ev->from))
		return wrong("dates", W_REPLAY_DATES, err);
	ev->to = ev->from;
	if (dots && (!parse_date(dots + 2, &ev->to) || ev->to < ev->from))
		return wrong("dates", W_REPLAY_DATES, err);
	return 0;
}

static int
read_flag(const json_t *o, const char *key, bool *out, struct err *err)
{
	const json_t *v = json_object_get(o, key);

	if (v && !json_is_boolean(v))
		return wrong(key, W_REPLAY_FLAG, err);
	if (v)
		*out = json_is_true(v);
	return 0;
}

/* --- the fields of an event ----------------------------------------------- */

static int
read_human(const json_t *o, struct engine_event *ev, struct err *err)
{
	ev->human = true;
	return read_flag(o, "human", &ev->human, err);
}

static int
read_extend(const json_t *o, struct engine_event *ev, struct err *err)
{
	bool until = json_object_get(o, "until") != NULL;

	if (until == (json_object_get(o, "for") != NULL))
		return err_set(err, -EINVAL, W_REPLAY_EXTEND);
	return until ? read_instant(o, "until", &ev->until, err)
		     : read_length(o, "for", &ev->length, err);
}

static int
read_until(const json_t *o, struct engine_event *ev, struct err *err)
{
	return read_instant(o, "until", &ev->until, err);
}

static int
read_carry(const json_t *o, struct engine_event *ev, struct err *err)
{
	return json_object_get(o, "until") ? read_until(o, ev, err) : 0;
}

static int
read_for(const json_t *o, struct engine_event *ev, struct err *err)
{
	return read_length(o, "for", &ev->length, err);
}

static int
read_off(const json_t *o, struct engine_event *ev, struct err *err)
{
	int r = read_dates(o, ev, err);

	return r < 0 ? r : read_flag(o, "undo", &ev->undo, err);
}

static int
read_today(const json_t *o, struct engine_event *ev, struct err *err)
{
	int r = read_time(o, "start", &ev->start, err);

	return r < 0 ? r : read_time(o, "merge", &ev->merge, err);
}

static int (*const readers[EVENT_KINDS])(
	const json_t *, struct engine_event *, struct err *) = {
	[EVENT_ACTIVITY] = read_human,
	[EVENT_COMMIT] = read_human,
	[EVENT_PUSH] = read_human,
	[EVENT_EXTEND] = read_extend,
	[EVENT_SNOOZE] = read_for,
	[EVENT_ONCALL] = read_until,
	[EVENT_OFF] = read_off,
	[EVENT_TODAY] = read_today,
	[EVENT_CARRY] = read_carry,
};

/* --- whole lines ---------------------------------------------------------- */

/* An event that carries a text and is none of the engine's. */
static int
read_text(const json_t *o, const char *key, struct event *out,
	struct err *err)
{
	const char *text = json_string_value(json_object_get(o, key));

	if (!text)
		return wrong(key, W_REPLAY_TEXT, err);
	out->text = xstrdup(text);
	return 0;
}

static int
read_object(const json_t *o, struct event *out, struct err *err)
{
	const char *name = json_string_value(json_object_get(o, "event"));
	struct engine_event *ev = &out->event;

	if (!name)
		return wrong("event", W_REPLAY_TEXT, err);
	if (streq(name, "zone")) {
		out->what = EVENT_LINE_ZONE;
		return read_text(o, "zone", out, err);
	}
	if (streq(name, "config")) {
		out->what = EVENT_LINE_CONFIG;
		return read_text(o, "text", out, err);
	}
	if (streq(name, "set")) {
		out->what = EVENT_LINE_NOTHING;
		return 0;
	}
	if (!engine_event_kind(name, &ev->kind))
		return err_set(err, -EINVAL, W_REPLAY_UNKNOWN, name);
	return readers[ev->kind] ? readers[ev->kind](o, ev, err) : 0;
}

int
event_read(const char *line, size_t n, struct event *out, struct err *err)
{
	json_error_t why;
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, &why);
	int r;

	*out = (struct event){.what = EVENT_LINE_ENGINE,
		.event = {.until = RULES_NONE, .length = RULES_NONE}};
	if (!o)
		return err_set(err, -EINVAL, W_REPLAY_JSON, why.text);
	if (!json_is_object(o))
		r = err_set(err, -EINVAL, W_REPLAY_OBJECT);
	else
		r = read_instant(o, "at", &out->event.at, err);
	if (r == 0)
		r = read_object(o, out, err);
	if (r < 0)
		event_clear(out);
	json_decref(o);
	return r;
}

void
event_clear(struct event *event)
{
	free(event->text);
	event->text = NULL;
}
