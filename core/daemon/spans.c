/* SPDX-License-Identifier: MIT */
/* A day has some dozen spans, so each operation simply builds a new set. */
#include "daemon/spans.h"

#include <jansson.h>

static void
put(struct spans *s, int64_t from, int64_t to)
{
	struct span *last = s->n ? &s->v[s->n - 1] : NULL;

	if (to <= from)
		return;
	if (last && (from <= last->to || s->n == SPANS_MAX))
		last->to = max64(last->to, to);
	else
		s->v[s->n++] = (struct span){from, to};
}

void
spans_add(struct spans *s, int64_t from, int64_t to)
{
	struct spans out;
	bool done = false;

	out.n = 0;
	for (int i = 0; i < s->n; i++) {
		if (!done && from <= s->v[i].from) {
			put(&out, from, to);
			done = true;
		}
		put(&out, s->v[i].from, s->v[i].to);
	}
	if (!done)
		put(&out, from, to);
	*s = out;
}

void
spans_remove(struct spans *s, int64_t from, int64_t to)
{
	struct spans out;

	out.n = 0;
	for (int i = 0; i < s->n; i++) {
		put(&out, s->v[i].from, min64(s->v[i].to, from));
		put(&out, max64(s->v[i].from, to), s->v[i].to);
	}
	if (to > from)
		*s = out;
}

int64_t
spans_sum(const struct spans *s)
{
	int64_t sum = 0;

	for (int i = 0; i < s->n; i++)
		sum += s->v[i].to - s->v[i].from;
	return sum;
}

int64_t
spans_longest(const struct spans *s)
{
	int64_t most = 0;

	for (int i = 0; i < s->n; i++)
		most = max64(most, s->v[i].to - s->v[i].from);
	return most;
}

static json_t *
span(int64_t from, int64_t to)
{
	return json_pack("{sI sI}", "start", (json_int_t)from, "length",
		(json_int_t)(to - from));
}

void
spans_write(const struct spans *s, struct json_t *facts)
{
	json_t *stretches = json_array(), *breaks = json_array();

	for (int i = 0; i < s->n; i++) {
		json_array_append_new(stretches, span(s->v[i].from, s->v[i].to));
		if (i)
			json_array_append_new(breaks,
				span(s->v[i - 1].to, s->v[i].from));
	}
	json_object_set_new(facts, "stretches", stretches);
	json_object_set_new(facts, "breaks", breaks);
	json_object_set_new(facts, "longest", json_integer(spans_longest(s)));
	json_object_set_new(facts, "first",
		s->n ? json_integer(s->v[0].from) : json_null());
	json_object_set_new(facts, "last",
		s->n ? json_integer(s->v[s->n - 1].to) : json_null());
}
