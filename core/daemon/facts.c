/* SPDX-License-Identifier: MIT */
/*
 * Stretches, breaks and worked time are read off the engine as it goes along,
 * so no rule of it is repeated here.  One fold serves a whole range, and goes
 * on where it stopped: a day is finished when the first event of another one
 * comes.
 */
#include "daemon/facts.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/fold.h"
#include "daemon/ledger.h"
#include "daemon/report.h"
#include "store/store.h"

/* The first day is known from all that happened in so many days before it, and
 * from what was ordered (days off, on call) in so many more. */
#define LEAD_DAYS 2
#define ORDER_DAYS 400

struct facts {
	struct daemon *d;
	struct fold fold;
	int64_t fed; /* everything before this instant is taken in */
	date_t from, to;
	date_t day;		 /* the one being gathered */
	struct engine_view view; /* after its latest event */
	bool seen;
	json_t *stretches, *late, *extensions, *promised, *commit_times;
	json_t *projects;      /* working tree -> seconds worked */
	int64_t stretch_start; /* of the last in the list */
	int commits, machine_commits;
	void (*fn)(void *data, date_t day, json_t *facts);
	void *data;
};

static json_t *
span(int64_t start, int64_t end)
{
	return json_pack("{sI sI}", "start", (json_int_t)start, "length",
		(json_int_t)(end - start));
}

static json_t *
instant(int64_t at)
{
	return at == RULES_NONE ? json_null() : json_integer(at);
}

/* --- one event ------------------------------------------------------------------ */

/* The stretch that is under way belongs to the day, as the last of the list. */
static void
note_stretch(struct facts *day, const struct engine_view *view)
{
	size_t n = json_array_size(day->stretches);

	if (view->stretch_start == RULES_NONE)
		return;
	if (n && view->stretch_start == day->stretch_start)
		json_array_remove(day->stretches, n - 1);
	day->stretch_start = view->stretch_start;
	json_array_append_new(day->stretches,
		span(view->stretch_start, view->latest));
}

/* The time since the activity before belongs to the project of this one. */
static void
note_project(struct facts *day, const struct store_event *event,
	const struct engine_view *view)
{
	int64_t more = view->worked - (day->seen ? day->view.worked : 0);
	size_t n = strlen(event->project);
	bool common = n > 5 && streq(event->project + n - 5, "/.git");
	AUTO_FREE char *tree = xstrndup(event->project, common ? n - 5 : n);
	json_t *old;

	text_oneline(tree);
	old = json_object_get(day->projects, tree);
	if (more > 0)
		json_object_set_new(day->projects, tree,
			json_integer(json_integer_value(old) + more));
}

/* One that was not all right, with the reason it was made for. */
static json_t *
late_commit(const struct store_event *event)
{
	AUTO_FREE char *project = xstrdup(event->project);
	json_t *data = json_loads(event->data, 0, NULL), *out;

	text_oneline(project); /* it may be no UTF-8 */
	out = json_pack("{sI ss ss sI ss ss sO*}", "at", (json_int_t)event->at,
		"event", event->kind, "verdict", event->verdict, "past",
		(json_int_t)event->past, "project", project, "oid", event->oid,
		"reason", json_object_get(data, "reason"));
	json_decref(data);
	return out;
}

/* What would have been late without the last extension is its. */
static void
note_extended(struct facts *day, const struct store_event *event)
{
	size_t n = json_array_size(day->extensions);
	json_t *last = n ? json_array_get(day->extensions, n - 1) : NULL;

	if (event->at < json_integer_value(json_object_get(last, "from")) ||
		event->at >= json_integer_value(json_object_get(last, "end")))
		return;
	json_array_append_new(json_object_get(last, "commits"),
		json_string(event->oid));
}

static void
note_commit(struct facts *day, const struct store_event *event)
{
	bool commit = streq(event->kind, "commit");

	if (!event->human) {
		day->machine_commits += commit;
		return;
	}
	day->commits += commit;
	if (commit)
		json_array_append_new(day->commit_times,
			json_integer(event->at));
	if (*event->verdict && !streq(event->verdict, "ok"))
		json_array_append_new(day->late, late_commit(event));
	else if (commit)
		note_extended(day, event);
}

static void
promise(struct facts *day, const char *kind, const struct store_event *event,
	int64_t until)
{
	json_t *data = json_loads(event->data, 0, NULL);
	const char *why = json_string_value(json_object_get(data, "why"));

	json_array_append_new(day->promised,
		json_pack("{ss sI sI ss}", "kind", kind, "at",
			(json_int_t)event->at, "until", (json_int_t)until,
			"why", why ? why : ""));
	json_decref(data);
}

static void
note_extension(struct facts *day, const struct store_event *event,
	const struct engine_view *view)
{
	json_t *data = json_loads(event->data, 0, NULL);
	const char *why = json_string_value(json_object_get(data, "why"));

	if (view->extensions_granted >
		(day->seen ? day->view.extensions_granted : 0)) {
		json_array_append_new(day->extensions,
			json_pack("{sI sI sI ss s[]}", "at",
				(json_int_t)event->at, "from",
				(json_int_t)(day->seen
						? day->view.effective_end
						: view->end),
				"end", (json_int_t)view->effective_end, "why",
				why ? why : "", "commits"));
		promise(day, "extend", event, view->effective_end);
	}
	json_decref(data);
}

/* `oncall off` is an end, not a promise: it ends the one before. */
static void
note_oncall(struct facts *day, const struct store_event *event)
{
	json_t *data = json_loads(event->data, 0, NULL);
	int64_t until = json_integer_value(json_object_get(data, "until"));
	size_t n = json_array_size(day->promised);
	json_t *last = n ? json_array_get(day->promised, n - 1) : NULL;
	const char *kind = json_string_value(json_object_get(last, "kind"));

	json_decref(data);
	if (until > event->at)
		promise(day, "oncall", event, until);
	else if (kind && streq(kind, "oncall")) {
		json_object_set_new(last, "ended", json_integer(event->at));
		json_object_set_new(last, "off", json_true());
	}
}

/* --- a day as a whole -------------------------------------------------------------- */

static void
begin(struct facts *day, date_t date)
{
	day->day = date;
	day->seen = false;
	day->stretch_start = RULES_NONE;
	day->commits = day->machine_commits = 0;
	day->stretches = json_array();
	day->late = json_array();
	day->extensions = json_array();
	day->promised = json_array();
	day->commit_times = json_array();
	day->projects = json_object();
}

/* The pauses between the stretches. */
static json_t *
breaks(const json_t *stretches)
{
	json_t *list = json_array();
	const json_t *stretch;
	int64_t end = 0;
	size_t i;

	json_array_foreach(stretches, i, stretch) {
		int64_t start = json_integer_value(
			json_object_get(stretch, "start"));

		if (i)
			json_array_append_new(list, span(end, start));
		end = start + json_integer_value(
				      json_object_get(stretch, "length"));
	}
	return list;
}

/* When each promise really ended: with the day's last activity, and not before
 * it was made. */
static void
settle_promises(json_t *promised, int64_t last)
{
	json_t *one;
	size_t i;

	json_array_foreach(promised, i, one) {
		int64_t at = json_integer_value(json_object_get(one, "at"));

		if (!json_object_get(one, "ended"))
			json_object_set_new(one, "ended",
				instant(last == RULES_NONE ? last
							   : max64(last, at)));
	}
}

/* The facts so far; lists go on being gathered, so these are copies. */
static json_t *
facts_json(const struct facts *day)
{
	const struct engine_view *view = &day->view;
	json_t *promised = json_deep_copy(day->promised);
	char date[CIVIL_TEXT];

	settle_promises(promised, view->last);
	return json_pack("{ss ss so so so so so sI sI sb so so so so so so so "
			 "si si}",
		"day", civil_date_text(day->day, date), "kind",
		view->working_day ? "work" : "off", "start",
		instant(view->start), "end", instant(view->end),
		"effective_end", instant(view->effective_end), "first",
		instant(view->first), "last", instant(view->last), "worked",
		(json_int_t)view->worked, "longest", (json_int_t)view->longest,
		"closed", view->closed, "breaks", breaks(day->stretches),
		"stretches", json_copy(day->stretches), "late_commits",
		json_deep_copy(day->late), "extensions",
		json_deep_copy(day->extensions), "promised", promised,
		"commit_times", json_copy(day->commit_times), "projects",
		json_copy(day->projects), "commits", day->commits,
		"machine_commits", day->machine_commits);
}

static void
clear(struct facts *day)
{
	json_decref(day->stretches);
	json_decref(day->late);
	json_decref(day->extensions);
	json_decref(day->promised);
	json_decref(day->commit_times);
	json_decref(day->projects);
}

static bool
is_wanted(const struct facts *day)
{
	return day->seen && day->day >= day->from && day->day <= day->to;
}

/* Ends the day that is gathered, and begins another one. */
static void
turn(struct facts *day, date_t next)
{
	json_t *facts = is_wanted(day) ? facts_json(day) : NULL;
	date_t date = day->day;

	clear(day);
	begin(day, next);
	if (facts)
		day->fn(day->data, date, facts);
	json_decref(facts);
}

static void
on_event(void *data, const struct store_event *event)
{
	struct facts *day = data;
	struct engine_view view;

	engine_view(day->fold.engine, &view);
	if (view.day != day->day)
		turn(day, view.day);
	if (view.day < day->from || view.day > day->to)
		return;
	if (view.latest != RULES_NONE && view.latest == event->at) {
		note_stretch(day, &view);
		note_project(day, event, &view);
	}
	if (streq(event->kind, "commit") || streq(event->kind, "push"))
		note_commit(day, event);
	else if (streq(event->kind, "extend"))
		note_extension(day, event, &view);
	else if (streq(event->kind, "oncall"))
		note_oncall(day, event);
	day->view = view;
	day->seen = true;
}

struct facts *
facts_open(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data)
{
	struct facts *f = xcalloc(1, sizeof *f);
	int64_t since, until, start;

	*f = (struct facts){.d = d, .from = from, .to = to, .fn = fn,
		.data = data};
	report_bounds(d, from, &since, &until);
	since -= LEAD_DAYS * DAY_S;
	begin(f, from - LEAD_DAYS - 1);
	f->fold.zone = &daemon_zone;
	f->fold.event = on_event;
	f->fold.data = f;
	start = fold_start(d->store, since - ORDER_DAYS * DAY_S, since, since);
	fold_begin(&f->fold, d->store, start - 1);
	fold_feed(&f->fold, d->store, start, since, true);
	daemon_restore_zone(d);
	f->fed = since;
	return f;
}

void
facts_feed(struct facts *f, int64_t until)
{
	if (until < f->fed)
		return;
	fold_apply_zone(f->fold.config, f->fold.zone_name);
	/* more of the same second may have come since */
	fold_feed(&f->fold, f->d->store, f->fed - 1, until, false);
	daemon_restore_zone(f->d);
	f->fed = until;
}

int64_t
facts_fed(const struct facts *f)
{
	return f->fed;
}

void
facts_turn(struct facts *f, date_t before)
{
	if (f->day < before)
		turn(f, before);
}

struct json_t *
facts_now(const struct facts *f, date_t day)
{
	return f->seen && f->day == day ? facts_json(f) : NULL;
}

struct facts *
facts_free(struct facts *f)
{
	if (!f)
		return NULL;
	clear(f);
	fold_end(&f->fold);
	free(f);
	return NULL;
}

void
facts_each(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data)
{
	struct facts *f = facts_open(d, from, to, fn, data);
	int64_t since, until;

	report_bounds(d, to, &since, &until);
	facts_feed(f, until + DAY_S);
	facts_turn(f, to + 1);
	facts_free(f);
}

struct json_t *
facts_of_nothing(date_t date, const struct engine_view *view)
{
	struct facts day = {0};
	json_t *facts;

	begin(&day, date);
	day.view = *view;
	facts = facts_json(&day);
	clear(&day);
	return facts;
}
