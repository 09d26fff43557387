/* SPDX-License-Identifier: MIT */
/*
 * A table says who reads the fields of an event; one that is missing or not
 * what it must be is an error.  Fields that nobody reads are left alone: what
 * `vesper export` prints has more of them than the engine needs.
 */
#include "wire/event.h"

#include <errno.h>
#include <jansson.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "words/words.h"

int
event_wrong(const char *key, const char *wanted, struct err *err)
{
	return err_set(err, -EINVAL, W_FIELD_WRONG, key, wanted);
}

int
event_read_instant(const json_t *o, const char *key, int64_t *out,
	struct err *err)
{
	const json_t *v = json_object_get(o, key);
	double d = json_real_value(v);

	if (json_is_integer(v)) {
		*out = json_integer_value(v);
	} else if (json_is_real(v) && d >= 0 && d < 1e15) {
		*out = (int64_t)d;
	} else if (!json_is_string(v) ||
		!parse_instant(json_string_value(v), out)) {
		return event_wrong(key, W_REPLAY_INSTANT, err);
	}
	if (*out < 0 || *out > EVENT_AT_MAX)
		return event_wrong(key, W_REPLAY_INSTANT, err);
	return 0;
}

static int
read_length(const json_t *o, const char *key, int64_t *out, struct err *err)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (!s || !parse_length(s, out))
		return event_wrong(key, W_REPLAY_LENGTH, err);
	return 0;
}

static int
read_time(const json_t *o, const char *key, int *out, struct err *err)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (!s || !parse_time_of_day(s, out))
		return event_wrong(key, W_REPLAY_TIME, err);
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
		return event_wrong("dates", W_REPLAY_DATES, err);
	from = xstrndup(s, dots ? (size_t)(dots - s) : strlen(s));
	if (!parse_date(from, &ev->from))
		return event_wrong("dates", W_REPLAY_DATES, err);
	ev->to = ev->from;
	if (dots && (!parse_date(dots + 2, &ev->to) || ev->to < ev->from))
		return event_wrong("dates", W_REPLAY_DATES, err);
	return 0;
}

int
event_read_flag(const json_t *o, const char *key, bool *out, struct err *err)
{
	const json_t *v = json_object_get(o, key);

	if (v && !json_is_boolean(v))
		return event_wrong(key, W_FIELD_FLAG, err);
	if (v)
		*out = json_is_true(v);
	return 0;
}

static int
read_extend(const json_t *o, struct engine_event *ev, struct err *err)
{
	bool until = json_object_get(o, "until") != NULL;

	if (until == (json_object_get(o, "for") != NULL))
		return err_set(err, -EINVAL, W_REPLAY_EXTEND);
	return until ? event_read_instant(o, "until", &ev->until, err)
		     : read_length(o, "for", &ev->length, err);
}

static int
read_until(const json_t *o, struct engine_event *ev, struct err *err)
{
	return event_read_instant(o, "until", &ev->until, err);
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

	return r < 0 ? r : event_read_flag(o, "undo", &ev->undo, err);
}

static int
read_today(const json_t *o, struct engine_event *ev, struct err *err)
{
	int r = read_time(o, "start", &ev->start, err);

	return r < 0 ? r : read_time(o, "merge", &ev->merge, err);
}

static int (*const readers[EVENT_KINDS])(
	const json_t *, struct engine_event *, struct err *) = {
	[EVENT_EXTEND] = read_extend,
	[EVENT_SNOOZE] = read_for,
	[EVENT_ONCALL] = read_until,
	[EVENT_OFF] = read_off,
	[EVENT_TODAY] = read_today,
	[EVENT_CARRY] = read_carry,
};

int
event_read_fields(const struct json_t *o, struct engine_event *ev,
	struct err *err)
{
	return readers[ev->kind] ? readers[ev->kind](o, ev, err) : 0;
}
