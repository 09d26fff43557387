/* SPDX-License-Identifier: MIT */
/* See past.h.  What is kept of a day is what was recorded; corrections are
 * applied when it is read, so that they can change without a new fold. */
#include "daemon/past.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "daemon/correct.h"
#include "daemon/daemon.h"
#include "daemon/facts.h"
#include "daemon/history.h"
#include "daemon/import.h"
#include "daemon/ledger.h"
#include "daemon/note.h"
#include "daemon/place.h"
#include "daemon/spool.h"
#include "store/facts.h"
#include "store/store.h"
#include "words/words.h"

#define DAYS_A_PAGE 100
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
	AUTO_FREE char *kept = store_meta(d->store, ROLLED);
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

/* How many things a list holds, and how long they are together. */
static void
count(json_t *brief, const json_t *facts, const char *key, const char *lengths)
{
	json_t *list = json_object_get(facts, key), *one;
	json_int_t sum = 0;
	size_t i;

	json_array_foreach(list, i, one)
		sum += json_integer_value(json_object_get(one, "length"));
	json_object_set_new(brief, key,
		json_integer((json_int_t)json_array_size(list)));
	if (lengths)
		json_object_set_new(brief, lengths, json_integer(sum));
}

/* The facts without lists: what sums over years need. */
static char *
in_brief(const json_t *facts)
{
	static const char *const keys[] = {"day", "kind", "end",
		"effective_end", "first", "last", "worked", "longest",
		"closed", "commits", "projects"};
	json_t *brief = json_object();
	char *text;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		json_object_set(brief, keys[i], json_object_get(facts, keys[i]));
	count(brief, facts, "stretches", NULL);
	count(brief, facts, "breaks", "break_length");
	count(brief, facts, "late_commits", NULL);
	count(brief, facts, "extensions", NULL);
	text = json_dumps(brief, JSON_COMPACT);
	json_decref(brief);
	return text;
}

static void
keep(void *data, date_t day, json_t *facts)
{
	struct daemon *d = data;
	json_t *projects = json_object_get(facts, "projects"), *worked;
	AUTO_FREE char *brief = in_brief(facts);
	AUTO_FREE char *text = json_dumps(facts, JSON_COMPACT);
	char name[CIVIL_TEXT];
	const char *path;

	civil_date_text(day, name);
	store_rollup(d->store, name, brief, text);
	json_object_foreach(projects, path, worked)
		store_project_day(d->store, path, name,
			json_integer_value(worked));
}

void
past_keep(struct daemon *d, date_t day, struct json_t *facts)
{
	keep(d, day, facts);
}

/* Sums up all days before the one that holds; within a batch, as a part of
 * it. */
static void
roll_up(struct daemon *d, date_t today)
{
	AUTO_FREE char *kept = store_meta(d->store, ROLLED);
	bool anew = !kept, batch;
	char name[CIVIL_TEXT];
	date_t from;

	if (!rolled_from(d, &from) || from >= today)
		return;
	batch = history_begin(d);
	facts_each(d, from, today - 1, keep, d);
	if (anew)
		import_apply(d, today);
	store_meta_set(d->store, ROLLED, civil_date_text(today - 1, name));
	if (batch)
		history_commit(d);
}

/* --- days ------------------------------------------------------------------------- */

struct page {
	struct daemon *d;
	struct buf lines;
	json_t *corrected; /* days that have corrections, as keys */
	const char *project; /* or NULL: all */
	bool brief;
	date_t last;
	int n;
};

static void
add_line(struct page *p, const char *text)
{
	buf_adds(&p->lines, text);
	buf_adds(&p->lines, "\n");
	p->n++;
}

static void
add_facts(struct page *p, date_t day, json_t *facts)
{
	char *text;

	correct_apply(p->d, day, facts);
	text = p->brief ? in_brief(facts) : json_dumps(facts, JSON_COMPACT);
	add_line(p, text);
	free(text);
}

/* Most days go out as they lie there; corrected ones are read whole. */
static void
on_rollup(void *data, const char *day, const char *text)
{
	struct page *p = data;
	json_t *facts;

	parse_date(day, &p->last);
	if (!json_object_get(p->corrected, day)) {
		add_line(p, text);
		return;
	}
	if (p->brief)
		facts = past_recorded(p->d, day);
	else
		facts = json_loads(text, 0, NULL);
	if (facts)
		add_facts(p, p->last, facts);
	json_decref(facts);
}

static void
add_project_day(void *data, const char *day, int64_t worked)
{
	AUTO_FREE char *line = xasprintf("{\"day\":\"%s\",\"worked\":%lld}",
		day, (long long)worked);

	add_line(data, line);
}

/* Whether a project goes by this name, as store_project_days() has it. */
static bool
is_called(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	size_t n = strlen(name);

	return streq(path, name) ||
		(strncmp(path, name, n) == 0 && path[n] == '/') ||
		(slash && streq(slash + 1, name));
}

static void
on_today(void *data, date_t day, json_t *facts)
{
	struct page *p = data;
	json_t *all = json_object_get(facts, "projects"), *worked;
	char name[CIVIL_TEXT];
	json_int_t sum = 0;
	const char *path;

	if (!p->project) {
		add_facts(p, day, facts);
		return;
	}
	json_object_foreach(all, path, worked)
		if (is_called(path, p->project))
			sum += json_integer_value(worked);
	if (sum)
		add_project_day(p, civil_date_text(day, name), sum);
}

static bool
read_date(const json_t *line, const char *key, date_t *out)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text && parse_date(text, out);
}

static void
mark_corrected(void *data, const char *day, const char *line UNUSED)
{
	json_object_set_new(data, day, json_true());
}

/* True when there may be more days after p->last. */
static bool
fill(struct page *p, date_t from, date_t to, date_t today)
{
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	struct store *store = p->d->store;
	int most = p->brief ? 3 * DAYS_A_PAGE : DAYS_A_PAGE;

	civil_date_text(from, a);
	civil_date_text(to < today ? to : today - 1, b);
	if (p->project) {
		store_project_days(store, p->project, a, b, add_project_day, p);
	} else {
		store_corrections(store, a, b, mark_corrected, p->corrected);
		store_rollups(store, a, b, p->brief, most, on_rollup, p);
		if (p->n == most)
			return true;
	}
	if (to >= today && from <= today)
		facts_each(p->d, today, today, on_today, p);
	return false;
}

struct json_t *
past_days(struct daemon *d, const struct json_t *line, struct buf *out)
{
	struct page p = {.d = d};
	struct engine_view view;
	char name[CIVIL_TEXT], next[CIVIL_TEXT];
	date_t from, to;
	json_t *answer;
	bool more;

	if (!read_date(line, "from", &from) || !read_date(line, "to", &to) ||
		to < from)
		return json_pack("{ss}", "error", W_DAY_UNREADABLE);
	p.project = json_string_value(json_object_get(line, "project"));
	p.brief = json_is_true(json_object_get(line, "brief"));
	p.corrected = json_object();
	ledger_view(d, &view);
	roll_up(d, view.day);
	more = fill(&p, from, to, view.day);
	answer = json_pack("{ss ss*}", "today",
		civil_date_text(view.day, name), "next",
		more ? civil_date_text(p.last + 1, next) : NULL);
	*out = p.lines;
	json_decref(p.corrected);
	return answer;
}

static void
only(void *data, const char *day UNUSED, const char *text)
{
	json_t **out = data;

	*out = json_loads(text, 0, NULL);
}

struct json_t *
past_kept(struct daemon *d, const char *day)
{
	json_t *facts = NULL;

	store_rollups(d->store, day, day, false, 1, only, &facts);
	return facts;
}

struct json_t *
past_recorded(struct daemon *d, const char *day)
{
	struct engine_view view;

	ledger_view(d, &view);
	roll_up(d, view.day);
	return past_kept(d, day);
}

void
past_unroll(struct daemon *d)
{
	store_unroll(d->store);
	store_meta_set(d->store, ROLLED, NULL);
}

/* --- forgetting ----------------------------------------------------------------------- */

/* What was set aside cannot be forgotten in part, so it goes as a whole. */
static json_t *
forgotten(struct daemon *d, int r, int64_t n)
{
	AUTO_BUF struct buf text = {0};
	int files;

	if (r < 0)
		return json_pack("{ss}", "error", W_FORGET_FAILED);
	buf_addf(&text, W_FORGOTTEN, (long long)n);
	files = history_remove_aside(d);
	if (files)
		buf_addf(&text, W_FORGOTTEN_ASIDE, files);
	return json_pack("{sb ss}", "ok", 1, "said", text.data);
}

struct json_t *
past_forget(struct daemon *d, const struct json_t *in)
{
	const char *project =
		json_string_value(json_object_get(in, "project"));
	struct engine_view view;
	char name[CIVIL_TEXT];
	date_t before;
	int64_t n = 0;
	int r;

	if (history_is_down(d))
		return json_pack("{ss}", "error", W_FORGET_FAILED);
	spool_drain(d); /* what waits there must not come back */
	place_settle(d);
	if (project) {
		r = store_forget_project(d->store, project, &n);
		store_meta_set(d->store, ROLLED, NULL);
		return forgotten(d, r, n);
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
	return forgotten(d, r, n);
}
