/* SPDX-License-Identifier: MIT */
/* See history.h.  What is kept of a day is what was recorded; corrections are
 * applied when it is read, so that they can change without a new fold. */
#include "daemon/history.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "daemon/correct.h"
#include "daemon/daemon.h"
#include "daemon/facts.h"
#include "daemon/ledger.h"
#include "daemon/note.h"
#include "daemon/spool.h"
#include "store/facts.h"
#include "store/store.h"
#include "words/words.h"

#define DAYS_A_PAGE 150
#define EVENTS_A_PAGE 2000
#define ROLLED "rolled-until"

/* --- summing up ----------------------------------------------------------------- */

static int
on_first(void *data, const struct store_event *event)
{
	*(int64_t *)data = event->at;
	return 1;
}

/* The date from which days are still to be summed up; false when nothing was
 * ever recorded. */
static bool
rolled_from(struct daemon *d, date_t *out)
{
	AUTO_FREE char *kept = store_kept(d->store, ROLLED);
	int64_t first = INT64_MIN;

	if (kept && parse_date(kept, out)) {
		++*out;
		return true;
	}
	store_each(d->store, INT64_MIN / 2, INT64_MAX / 2, false, on_first,
		&first);
	if (first == INT64_MIN)
		return false;
	*out = civil_local(first, NULL) - 1;
	return true;
}

static void
keep(void *data, date_t day, json_t *facts)
{
	struct daemon *d = data;
	char *text = json_dumps(facts, JSON_COMPACT);
	char name[CIVIL_TEXT];

	store_rollup(d->store, civil_date_text(day, name), text);
	free(text);
}

/* Sums up all days before the one that holds. */
static void
roll_up(struct daemon *d, date_t today)
{
	char name[CIVIL_TEXT];
	date_t from;

	if (!rolled_from(d, &from) || from >= today)
		return;
	store_begin(d->store);
	facts_each(d, from, today - 1, keep, d);
	store_keep(d->store, ROLLED, civil_date_text(today - 1, name));
	store_end(d->store);
}

/* --- days ------------------------------------------------------------------------- */

struct page {
	struct daemon *d;
	json_t *days;
	const char *project; /* or NULL: all */
	date_t last;
	int n;
};

/* Only what a report on one project needs of a day. */
static json_t *
of_project(const json_t *facts, const char *project)
{
	json_t *all = json_object_get(facts, "projects"), *worked;
	json_int_t sum = 0;
	const char *path;
	size_t n = strlen(project);

	json_object_foreach(all, path, worked) {
		const char *slash = strrchr(path, '/');

		if (streq(path, project) ||
			(strncmp(path, project, n) == 0 && path[n] == '/') ||
			(slash && streq(slash + 1, project)))
			sum += json_integer_value(worked);
	}
	return sum ? json_pack("{sO sO sI}", "day",
			     json_object_get(facts, "day"), "kind",
			     json_object_get(facts, "kind"), "worked", sum)
		   : NULL;
}

static void
add(struct page *p, date_t day, json_t *facts)
{
	p->last = day;
	p->n++;
	if (p->project) {
		json_t *part = of_project(facts, p->project);

		if (part)
			json_array_append_new(p->days, part);
		return;
	}
	correct_apply(p->d, day, facts);
	json_array_append(p->days, facts);
}

static void
on_rollup(void *data, const char *day, const char *text)
{
	json_t *facts = json_loads(text, 0, NULL);
	date_t date;

	if (facts && parse_date(day, &date))
		add(data, date, facts);
	json_decref(facts);
}

static void
on_today(void *data, date_t day, json_t *facts)
{
	add(data, day, facts);
}

static bool
read_date(const json_t *line, const char *key, date_t *out)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text && parse_date(text, out);
}

/* True when there may be more days after p->last. */
static bool
fill(struct daemon *d, struct page *p, date_t from, date_t to, date_t today)
{
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	int most = p->project ? -1 : DAYS_A_PAGE;

	if (from < today)
		store_rollups(d->store, civil_date_text(from, a),
			civil_date_text(to < today ? to : today - 1, b),
			most, on_rollup, p);
	if (p->n == most)
		return true;
	if (to >= today && from <= today)
		facts_each(d, today, today, on_today, p);
	return false;
}

struct json_t *
history_days(struct daemon *d, const struct json_t *line)
{
	struct page p = {.d = d};
	struct engine_view view;
	char name[CIVIL_TEXT], next[CIVIL_TEXT];
	date_t from, to;
	bool more;

	if (!read_date(line, "from", &from) || !read_date(line, "to", &to) ||
		to < from)
		return json_pack("{ss}", "error", W_DAY_UNREADABLE);
	p.project = json_string_value(json_object_get(line, "project"));
	ledger_view(d, &view);
	roll_up(d, view.day);
	p.days = json_array();
	more = fill(d, &p, from, to, view.day);
	return json_pack("{ss so ss*}", "today",
		civil_date_text(view.day, name), "days", p.days, "next",
		more ? civil_date_text(p.last + 1, next) : NULL);
}

static void
only(void *data, const char *day UNUSED, const char *text)
{
	json_t **out = data;

	*out = json_loads(text, 0, NULL);
}

struct json_t *
history_recorded(struct daemon *d, const char *day)
{
	struct engine_view view;
	json_t *facts = NULL;

	ledger_view(d, &view);
	roll_up(d, view.day);
	store_rollups(d->store, day, day, 1, only, &facts);
	return facts;
}

/* --- export ------------------------------------------------------------------------- */

struct exporting {
	struct buf text;
	int n;
	int64_t last; /* instant of the last one taken */
	bool more;
};

/* The event's own fields, then what else was said of it. */
static json_t *
event_object(const struct store_event *event)
{
	json_t *data = streq(event->data, "{}")
		? NULL
		: json_loads(event->data, 0, NULL);
	json_t *o = json_pack("{sI ss}", "at", (json_int_t)event->at, "event",
		event->kind);

	if (*event->source)
		json_object_set_new(o, "source", json_string(event->source));
	if (*event->project)
		json_object_set_new(o, "project", json_string(event->project));
	if (*event->oid)
		json_object_set_new(o, "oid", json_string(event->oid));
	if (!event->human)
		json_object_set_new(o, "human", json_false());
	if (data)
		json_object_update_missing(o, data);
	json_decref(data);
	return o;
}

static int
export_one(void *data, const struct store_event *event)
{
	struct exporting *x = data;
	json_t *o;
	char *text;

	if (x->n >= EVENTS_A_PAGE && event->at != x->last) {
		x->more = true;
		x->last = event->at;
		return 1;
	}
	o = event_object(event);
	text = json_dumps(o, JSON_COMPACT);
	buf_adds(&x->text, text ? text : "{}");
	buf_adds(&x->text, "\n");
	free(text);
	json_decref(o);
	x->n++;
	x->last = event->at;
	return 0;
}

struct json_t *
history_export(struct daemon *d, const struct json_t *line)
{
	json_t *from = json_object_get(line, "from"), *answer;
	struct exporting x = {.last = 0};

	store_each(d->store,
		json_is_integer(from) ? json_integer_value(from)
				      : INT64_MIN / 2,
		INT64_MAX / 2, false, export_one, &x);
	answer = json_pack("{ss}", "lines", x.text.len ? x.text.data : "");
	if (x.more)
		json_object_set_new(answer, "next", json_integer(x.last));
	buf_free(&x.text);
	return answer;
}

/* --- forgetting ----------------------------------------------------------------------- */

static json_t *
forgotten(int r, int64_t n)
{
	AUTO_FREE char *text = NULL;

	if (r < 0)
		return json_pack("{ss}", "error", W_FORGET_FAILED);
	text = xasprintf(W_FORGOTTEN, (long long)n);
	return json_pack("{sb ss}", "ok", 1, "said", text);
}

struct json_t *
history_forget(struct daemon *d, const struct json_t *in)
{
	const char *project =
		json_string_value(json_object_get(in, "project"));
	struct engine_view view;
	char name[CIVIL_TEXT];
	date_t before;
	int64_t n = 0;
	int r;

	spool_read(d);
	spool_take(d, INT64_MAX); /* what waits there must not come back */
	if (project) {
		r = store_forget_project(d->store, project, &n);
		store_keep(d->store, ROLLED, "");
		return forgotten(r, n);
	}
	ledger_view(d, &view);
	if (!read_date(in, "before", &before))
		return json_pack("{ss}", "error", W_DAY_UNREADABLE);
	if (before > view.day)
		return json_pack("{ss}", "refused", W_FORGET_TODAY);
	roll_up(d, view.day);
	r = store_forget_before(d->store,
		civil_instant(before, d->config->rules.turn),
		civil_date_text(before, name), &n);
	return forgotten(r, n);
}
