/* SPDX-License-Identifier: MIT */
/*
 * A correction is kept with its exact instants ("work 1795010000 1795013600"),
 * so that another time zone later does not move it.
 */
#include "daemon/correct.h"

#include <jansson.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "daemon/daemon.h"
#include "daemon/reply.h"
#include "daemon/spans.h"
#include "store/facts.h"

/* --- one correction --------------------------------------------------------------- */

static const char *const verbs[VERBS] = {"work", "pause", "start", "end"};

bool
correction_verb(const char *word, enum verb *out)
{
	for (int i = 0; i < VERBS; i++)
		if (streq(word, verbs[i])) {
			*out = (enum verb)i;
			return true;
		}
	return false;
}

bool
correction_read(const char *line, struct correction *out)
{
	char word[8];
	long long from, to;

	if (sscanf(line, "%7s %lld %lld", word, &from, &to) != 3)
		return false;
	out->from = from;
	out->to = to;
	return correction_verb(word, &out->verb);
}

char *
correction_write(const struct correction *c)
{
	return xasprintf("%s %lld %lld", verbs[c->verb], (long long)c->from,
		(long long)c->to);
}

void
correction_say(const struct correction *c, struct buf *out)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	/* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): a verb it is */
	buf_addf(out, "%s %s", verbs[c->verb], civil_time_text(c->from, from));
	if (c->verb == WORK || c->verb == PAUSE)
		buf_addf(out, "-%s", civil_time_text(c->to, to));
}

/* --- applied ------------------------------------------------------------------------ */

void
correct_recorded(const struct json_t *facts, struct spans *out)
{
	const json_t *one;
	size_t i;

	out->n = 0;
	json_array_foreach(json_object_get(facts, "stretches"), i, one)
		spans_add(out, line_number(one, "start"),
			line_number(one, "start") + line_number(one, "length"));
}

static void
apply_one(struct spans *s, const struct correction *c)
{
	int64_t first = s->n ? s->v[0].from : c->from;
	int64_t last = s->n ? s->v[s->n - 1].to : c->from;

	switch (c->verb) {
	case WORK:
		spans_add(s, c->from, c->to);
		break;
	case PAUSE:
		spans_remove(s, c->from, c->to);
		break;
	case START:
		spans_add(s, c->from, first);
		spans_remove(s, first, c->from);
		break;
	case END:
		spans_add(s, last, c->from);
		spans_remove(s, c->from, last);
		break;
	case VERBS:
		break;
	}
}

struct applying {
	struct spans spans;
	json_t *said;
};

static void
on_correction(void *data, const char *day UNUSED, const char *line)
{
	struct applying *a = data;
	AUTO_BUF struct buf text = {0};
	struct correction c;

	if (!correction_read(line, &c))
		return;
	apply_one(&a->spans, &c);
	correction_say(&c, &text);
	json_array_append_new(a->said,
		json_pack("{ss sI sI ss}", "what", verbs[c.verb], "from",
			(json_int_t)c.from, "to", (json_int_t)c.to, "text",
			text.data));
}

/* What is replaced is put aside, under "recorded". */
static void
put_aside(json_t *facts)
{
	static const char *const keys[] = {"first", "last", "worked",
		"longest", "stretches", "breaks"};
	json_t *recorded = json_object();

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		json_object_set(recorded, keys[i],
			json_object_get(facts, keys[i]));
	json_object_set_new(facts, "recorded", recorded);
}

void
correct_apply(struct daemon *d, date_t day, struct json_t *facts)
{
	struct applying a = {.said = json_array()};
	struct spans *s = &a.spans;
	char name[CIVIL_TEXT];
	int64_t before;

	civil_date_text(day, name);
	correct_recorded(facts, s);
	before = spans_sum(s);
	store_corrections(d->store, name, name, on_correction, &a);
	if (json_array_size(a.said) == 0) {
		json_decref(a.said);
		return;
	}
	put_aside(facts);
	json_object_set_new(facts, "corrections", a.said);
	json_object_set_new(facts, "worked",
		json_integer(max64(line_number(facts, "worked") +
					   spans_sum(s) - before,
			0)));
	spans_write(s, facts);
}
