/* SPDX-License-Identifier: MIT */
/*
 * What is kept of a day is what was recorded and imported; corrections are
 * applied when it is read, so that they can change without a new fold.
 *
 * How far it has come is kept as an instant in the store, which sets it back
 * when something older is stored; then the fold begins anew from there.
 */
#include "daemon/rollup.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "daemon/daemon.h"
#include "daemon/facts.h"
#include "daemon/gather.h"
#include "daemon/history.h"
#include "daemon/import.h"
#include "daemon/ledger.h"
#include "store/facts.h"
#include "store/store.h"

/* For so long the loop has to wait for us. */
#define SLICE_NS (8 * NS_PER_MS)

/* So much is fed at a time, more or less as it turns out to be slow. */
#define STEP_LEAST (DAY_S / 24)
#define STEP_MOST (8 * DAY_S)

/* Nothing comes any more to a day so many dates before where we are. */
#define OVER_DAYS 3

struct waiter {
	struct waiter *next;
	void (*fn)(struct daemon *d, void *data);
	void *data;
};

struct rollup {
	struct daemon *d;
	struct facts *facts; /* the fold, or NULL: begins anew */
	int64_t kept;	     /* the instant in the store, as we set it */
	date_t next;	     /* days before it are summed up */
	int64_t step;
	json_t *over; /* days to be kept: pairs of a date and its facts */
	guint idle;
	struct waiter *waiters;
};

/* --- a day -------------------------------------------------------------------- */

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

char *
rollup_brief(const struct json_t *facts)
{
	static const char *const keys[] = {"day", "kind", "start", "end",
		"effective_end", "first", "last", "worked", "longest",
		"closed", "commits"};
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
keep(struct daemon *d, date_t day, const json_t *facts)
{
	json_t *projects = json_object_get(facts, "projects"), *worked;
	AUTO_FREE char *brief = rollup_brief(facts);
	AUTO_FREE char *text = json_dumps(facts, JSON_COMPACT);
	char name[CIVIL_TEXT];
	const char *path;

	civil_date_text(day, name);
	store_rollup(d->store, name, brief, text);
	json_object_foreach(projects, path, worked)
		store_project_day(d->store, path, name,
			json_integer_value(worked));
}

/* Keeps a day with these facts (taken, or NULL) and what was imported of it. */
static void
keep_joined(struct rollup *r, date_t day, json_t *facts)
{
	facts = import_join(r->d, day, facts);
	if (facts)
		keep(r->d, day, facts);
	json_decref(facts);
}

/* All days before `day`, of which nothing was recorded. */
static void
keep_up_to(struct rollup *r, date_t day)
{
	for (; r->next < day; r->next++)
		keep_joined(r, r->next, NULL);
}

/* The zone is that of the day while the fold runs, so it is kept later. */
static void
on_over(void *data, date_t day, json_t *facts)
{
	struct rollup *r = data;

	json_array_append_new(r->over, json_pack("[iO]", day, facts));
}

static void
keep_over(struct rollup *r)
{
	json_t *pair;
	size_t i;

	json_array_foreach(r->over, i, pair) {
		date_t day = (date_t)json_integer_value(
			json_array_get(pair, 0));

		keep_up_to(r, day);
		keep_joined(r, day, json_incref(json_array_get(pair, 1)));
		r->next = day + 1;
	}
	json_array_clear(r->over);
}

/* --- the way there ------------------------------------------------------------ */

static date_t
today(struct daemon *d)
{
	struct engine_view view;

	ledger_view(d, &view);
	return view.day;
}

/* Everything is summed up, and nothing came between. */
static bool
is_done(const struct rollup *r)
{
	return r->facts && r->next >= today(r->d) &&
		store_summed(r->d->store) == r->kept;
}

/* Opens the fold where the store says. False: there is nothing at all. */
static bool
begin(struct rollup *r)
{
	int64_t from = store_summed(r->d->store);

	r->facts = facts_free(r->facts);
	json_array_clear(r->over);
	if (from == INT64_MIN)
		from = store_oldest(r->d->store);
	if (from == INT64_MIN)
		return false;
	/* a night's early hours are the date's before */
	r->next = civil_local(from, NULL) - 1;
	r->facts = facts_open(r->d, r->next, INT32_MAX, on_over, r);
	r->step = STEP_LEAST;
	return true;
}

/* Longer steps where little happened. */
static void
pace(struct rollup *r, int64_t took)
{
	if (took < SLICE_NS / 8)
		r->step = min64(2 * r->step, STEP_MOST);
	else if (took > SLICE_NS / 2)
		r->step = max64(r->step / 2, STEP_LEAST);
}

static void
step(struct rollup *r, int64_t now)
{
	int64_t from = clock_mono_ns();
	int64_t to = min64(facts_fed(r->facts) + r->step, now + 1);
	date_t over = to > now ? today(r->d)
			       : civil_local(to, NULL) - OVER_DAYS;

	facts_feed(r->facts, to);
	facts_turn(r->facts, over);
	keep_over(r);
	keep_up_to(r, over);
	pace(r, clock_mono_ns() - from);
}

/* Up to the day that is next everything is there. */
static int
note_reached(struct rollup *r)
{
	struct engine_view view;

	ledger_view(r->d, &view);
	r->kept = r->next >= view.day ? view.open
				      : civil_instant(r->next, 0);
	return store_summed_set(r->d->store, r->kept);
}

/* 1 when there is more to do, 0 when all is done, or -errno. */
static int
slice(struct rollup *r)
{
	int64_t end = clock_mono_ns() + SLICE_NS, now = ledger_now(r->d);
	int result;

	if ((!r->facts || store_summed(r->d->store) != r->kept) && !begin(r))
		return 0;
	result = store_facts_begin(r->d->store);
	if (result < 0)
		return result;
	do
		step(r, now);
	while (facts_fed(r->facts) <= now && clock_mono_ns() < end);
	result = store_facts_end(r->d->store, note_reached(r));
	if (result < 0)
		return result;
	return facts_fed(r->facts) <= now;
}

static void
call_waiters(struct rollup *r)
{
	struct waiter *w;

	while ((w = r->waiters)) {
		r->waiters = w->next;
		w->fn(r->d, w->data);
		free(w);
	}
}

static gboolean
on_idle(gpointer data)
{
	struct rollup *r = data;
	int more;

	gather_settle(r->d);
	more = slice(r);
	if (more > 0)
		return G_SOURCE_CONTINUE;
	if (more < 0)
		r->facts = facts_free(r->facts);
	r->idle = 0;
	call_waiters(r);
	return G_SOURCE_REMOVE;
}

/* --- what others ask ------------------------------------------------------------ */

struct rollup *
rollup_new(struct daemon *d)
{
	struct rollup *r = xcalloc(1, sizeof *r);

	r->d = d;
	r->over = json_array();
	return r;
}

struct rollup *
rollup_free(struct rollup *r)
{
	struct waiter *w;

	if (!r)
		return NULL;
	if (r->idle)
		g_source_remove(r->idle);
	while ((w = r->waiters)) {
		r->waiters = w->next;
		free(w);
	}
	facts_free(r->facts);
	json_decref(r->over);
	free(r);
	return NULL;
}

void
rollup_start(struct daemon *d)
{
	struct rollup *r = d->rollup;

	if (r && !r->idle)
		r->idle = g_idle_add(on_idle, r);
}

void
rollup_wait(struct daemon *d, void (*fn)(struct daemon *d, void *data),
	void *data)
{
	struct rollup *r = d->rollup;
	struct waiter *w, **last = &r->waiters;

	if (!r->idle && is_done(r)) {
		fn(d, data);
		return;
	}
	w = xcalloc(1, sizeof *w);
	*w = (struct waiter){.fn = fn, .data = data};
	while (*last)
		last = &(*last)->next;
	*last = w;
	rollup_start(d);
}

void
rollup_drop(struct daemon *d)
{
	if (d->rollup)
		d->rollup->facts = facts_free(d->rollup->facts);
}

date_t
rollup_reached(struct daemon *d)
{
	struct rollup *r = d->rollup;

	return r->facts && store_summed(d->store) == r->kept ? r->next
							      : INT32_MIN;
}

static void
only(void *data, const char *day UNUSED, const char *text)
{
	json_t **out = data;

	*out = json_loads(text, 0, NULL);
}

static void
take(void *data, date_t day UNUSED, json_t *facts)
{
	json_t **out = data;

	json_decref(*out);
	*out = json_incref(facts);
}

struct json_t *
rollup_day(struct daemon *d, date_t day)
{
	struct rollup *r = d->rollup;
	json_t *facts = NULL;
	char name[CIVIL_TEXT];

	if (day < rollup_reached(d)) {
		civil_date_text(day, name);
		store_rollups(d->store, name, name, false, 1, only, &facts);
		return facts;
	}
	if (is_done(r) && day == today(d)) {
		facts_feed(r->facts, ledger_now(d) + 1);
		facts = facts_now(r->facts, day);
	} else {
		facts_each(d, day, day, take, &facts);
	}
	return import_join(d, day, facts);
}
