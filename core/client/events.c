/* SPDX-License-Identifier: MIT */
/*
 * A line is an event of the engine's, which wire/event.c reads as the daemon
 * does, or one of those that only say how to read the others.
 */
#include "client/events.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "engine/names.h"
#include "wire/event.h"
#include "words/words.h"

/* An event that carries a text and is none of the engine's. */
static int
read_text(const json_t *o, const char *key, struct event *out,
	struct err *err)
{
	const char *text = json_string_value(json_object_get(o, key));

	if (!text)
		return event_wrong(key, W_FIELD_TEXT, err);
	out->text = xstrdup(text);
	return 0;
}

/* Only these can be a program's. */
static int
read_human(const json_t *o, struct engine_event *ev, struct err *err)
{
	if (ev->kind != EVENT_ACTIVITY && ev->kind != EVENT_COMMIT &&
		ev->kind != EVENT_PUSH)
		return 0;
	ev->human = true;
	return event_read_flag(o, "human", &ev->human, err);
}

static int
read_object(const json_t *o, struct event *out, struct err *err)
{
	const char *name = json_string_value(json_object_get(o, "event"));
	struct engine_event *ev = &out->event;
	int r;

	if (!name)
		return event_wrong("event", W_FIELD_TEXT, err);
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
	r = event_read_fields(o, ev, err);
	return r < 0 ? r : read_human(o, ev, err);
}

int
event_read(const char *line, size_t n, struct event *out, struct err *err)
{
	json_error_t why;
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, &why);
	int r;

	*out = (struct event){.what = EVENT_LINE_ENGINE,
		.event = EVENT_NOTHING};
	if (!o)
		return err_set(err, -EINVAL, W_REPLAY_JSON, why.text);
	if (!json_is_object(o))
		r = err_set(err, -EINVAL, W_REPLAY_OBJECT);
	else
		r = event_read_instant(o, "at", &out->event.at, err);
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
