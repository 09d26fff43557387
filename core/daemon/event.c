/* SPDX-License-Identifier: MIT */
/*
 * Live events and remembered ones take the same way into the engine: through
 * the record in the store.  So a restart cannot decide otherwise.
 */
#include "daemon/event.h"

#include <jansson.h>

#include "base/parse.h"
#include "engine/names.h"
#include "store/store.h"

static int64_t
number(const json_t *data, const char *key)
{
	json_t *value = json_object_get(data, key);

	return json_is_integer(value) ? json_integer_value(value) : RULES_NONE;
}

static int64_t
length(const json_t *data, const char *key)
{
	const char *text = json_string_value(json_object_get(data, key));
	int64_t seconds;

	return text && parse_length(text, &seconds) ? seconds : RULES_NONE;
}

/* "2026-12-24" or "2026-12-24..2026-12-26" */
static bool
dates(const char *text, date_t *from, date_t *to)
{
	char first[11] = "";

	if (!text || strlen(text) < 10)
		return false;
	memcpy(first, text, 10);
	if (!parse_date(first, from))
		return false;
	*to = *from;
	return !text[10] ||
		(starts_with(text + 10, "..") && parse_date(text + 12, to));
}

static bool
decode_data(const json_t *data, struct engine_event *out)
{
	const char *start = json_string_value(json_object_get(data, "start"));
	const char *merge = json_string_value(json_object_get(data, "merge"));

	out->until = number(data, "until");
	out->length = length(data, "for");
	out->undo = json_is_true(json_object_get(data, "undo"));
	if (out->kind == EVENT_OFF)
		return dates(json_string_value(json_object_get(data, "dates")),
			&out->from, &out->to);
	if (out->kind == EVENT_TODAY)
		return start && merge && parse_time_of_day(start, &out->start) &&
			parse_time_of_day(merge, &out->merge);
	return true;
}

bool
event_decode(const struct store_event *stored, struct engine_event *out)
{
	json_t *data;
	bool good;

	*out = (struct engine_event){.at = stored->at, .human = stored->human};
	if (!engine_event_kind(stored->kind, &out->kind))
		return false;
	data = json_loads(stored->data ? stored->data : "{}", 0, NULL);
	good = decode_data(data, out);
	json_decref(data);
	return good;
}
