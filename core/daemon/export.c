/* SPDX-License-Identifier: MIT */
/* Nearly all events are activities of which nothing else was said, so those
 * are written without a tree. */
#include "daemon/export.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "daemon/answer.h"
#include "daemon/daemon.h"
#include "store/store.h"
#include "words/words.h"

#define EVENTS_A_PAGE 4000
#define BYTES_A_PAGE (400 * 1024)

struct exporting {
	struct buf text;
	int n;
	const char *mark; /* of the end of a line */
	int64_t last; /* instant of the last one taken */
	bool more;
};

/* The event's own fields, then what else was said of it. */
static json_t *
event_object(const struct store_event *event)
{
	AUTO_FREE char *project = xstrdup(event->project);
	json_t *data = json_loads(event->data, 0, NULL);
	json_t *o = json_pack("{sI ss}", "at", (json_int_t)event->at, "event",
		event->kind);

	if (*event->source)
		json_object_set_new(o, "source", json_string(event->source));
	text_oneline(project); /* it may be no UTF-8 */
	if (*project)
		json_object_set_new(o, "project", json_string(project));
	if (*event->oid)
		json_object_set_new(o, "oid", json_string(event->oid));
	if (!event->human)
		json_object_set_new(o, "human", json_false());
	if (data)
		json_object_update_missing(o, data);
	json_decref(data);
	return o;
}

/* Whether a text can stand in JSON as it is. */
static bool
is_simple(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == '"' || *s == '\\' ||
			(unsigned char)*s > '~')
			return false;
	return true;
}

static void
add_simple(struct buf *out, const char *key, const char *value)
{
	if (!*value)
		return;
	buf_adds(out, ",\"");
	buf_adds(out, key);
	buf_adds(out, "\":\"");
	buf_adds(out, value);
	buf_adds(out, "\"");
}

/* The same line without a tree; false when it must be one. */
static bool
write_simple(const struct store_event *event, const char *mark,
	struct buf *out)
{
	char at[32];

	if (!streq(event->data, "{}") || !is_simple(event->project) ||
		!is_simple(event->source) || !is_simple(event->oid))
		return false;
	snprintf(at, sizeof at, "{\"at\":%lld", (long long)event->at);
	buf_adds(out, at);
	add_simple(out, "event", event->kind);
	add_simple(out, "source", event->source);
	add_simple(out, "project", event->project);
	add_simple(out, "oid", event->oid);
	if (!event->human)
		buf_adds(out, ",\"human\":false");
	buf_adds(out, mark);
	return true;
}

static int
export_one(void *data, const struct store_event *event)
{
	struct exporting *x = data;

	if ((x->n >= EVENTS_A_PAGE || x->text.len > BYTES_A_PAGE) &&
		event->at != x->last) {
		x->more = true;
		x->last = event->at;
		return 1;
	}
	if (!write_simple(event, x->mark, &x->text)) {
		json_t *o = event_object(event);
		AUTO_FREE char *text = json_dumps(o, JSON_COMPACT);

		text_json(text ? text : "{\"at\":0}", &x->text);
		x->text.len--;
		buf_adds(&x->text, x->mark);
		json_decref(o);
	}
	x->n++;
	x->last = event->at;
	return 0;
}

struct json_t *
export_page(struct daemon *d, const struct json_t *line, const char *mark,
	struct buf *out)
{
	json_t *from = json_object_get(line, "from"), *answer = json_object();
	struct exporting x = {.mark = mark};

	if (from && !json_is_integer(from) && !json_is_null(from)) {
		json_decref(answer);
		return answer_error(W_EXPORT_FROM);
	}
	store_each(d->store,
		json_is_integer(from) ? json_integer_value(from)
				      : INT64_MIN / 2,
		INT64_MAX / 2, false, export_one, &x);
	*out = x.text;
	if (x.more)
		json_object_set_new(answer, "next", json_integer(x.last));
	else
		json_object_set_new(answer, "next", json_null());
	return answer;
}
