/* SPDX-License-Identifier: MIT */
/*
 * Stretches, breaks and worked time are read off the engine as it goes along,
 * so no rule of it is repeated here.  One fold serves a whole range: a day is
 * finished when the first event of another one comes.
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

/* Far enough back that everything the first day depends on is known. */
#define LEAD_DAYS 3

struct day {
	struct fold fold;
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
note_stretch(struct day *day, const struct engine_view *view)
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
note_project(struct day *day, const struct store_event *event,
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
note_extended(struct day *day, const struct store_event *event)
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
note_commit(struct day *day, const struct store_event *event)
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
promise(struct day *day, const char *kind, const struct store_event *event,
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
note_extension(struct day *day, const struct store_event *event,
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
note_oncall(struct day *day, const struct store_event *event)
{
	json_t *data = json_loads(event->data, 0, NULL);
	int64_t until = json_integer_value(json_object_get(data, "until"));
	size_t n = json_array_size(day->promised);
	json_t *last = n ? json_array_get(day->promised, n - 1) : NULL;
	const char *kind = json_string_value(json_object_get(last, "kind"));

	json_decref(data);
	if (until > event->at)
		promise(day, "oncall", event, until);
	else if (kind && streq(kind, "oncall"))
		json_object_set_new(last, "ended", json_integer(event->at));
}

/* --- a day as a whole -------------------------------------------------------------- */

static void
begin(struct day *day, date_t date)
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

/* When each promise really ended: the day's last activity, for an extension. */
static void
settle_promises(struct day *day)
{
	json_t *one;
	size_t i;

	json_array_foreach(day->promised, i, one)
		if (!json_object_get(one, "ended"))
			json_object_set_new(one, "ended",
				instant(day->view.last));
}

/* The facts; what was gathered is handed over with them. */
static json_t *
finish(struct day *day)
{
	const struct engine_view *view = &day->view;
	char date[CIVIL_TEXT];

	settle_promises(day);
	return json_pack("{ss ss so so so so so sI sI sb so so so so so so so "
			 "si si}",
		"day", civil_date_text(day->day, date), "kind",
		view->working_day ? "work" : "off", "start",
		instant(view->start), "end", instant(view->end),
		"effective_end", instant(view->effective_end), "first",
		instant(view->first), "last", instant(view->last), "worked",
		(json_int_t)view->worked, "longest", (json_int_t)view->longest,
		"closed", view->closed, "breaks", breaks(day->stretches),
		"stretches", day->stretches, "late_commits", day->late,
		"extensions", day->extensions, "promised", day->promised,
		"commit_times", day->commit_times, "projects", day->projects,
		"commits", day->commits, "machine_commits",
		day->machine_commits);
}

static void
hand_over(struct day *day)
{
	json_t *facts = finish(day);

	if (day->seen && day->day >= day->from && day->day <= day->to)
		day->fn(day->data, day->day, facts);
	json_decref(facts);
}

static void
on_event(void *data, const struct store_event *event)
{
	struct day *day = data;
	struct engine_view view;

	engine_view(day->fold.engine, &view);
	if (view.day != day->day) {
		hand_over(day);
		begin(day, view.day);
	}
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

void
facts_each(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data)
{
	struct day day = {.from = from, .to = to, .fn = fn, .data = data};
	int64_t since, until, unused;

	report_bounds(d, from, &since, &unused);
	report_bounds(d, to, &unused, &until);
	since -= LEAD_DAYS * DAY_S;
	begin(&day, from - LEAD_DAYS - 1);
	day.fold.zone = &daemon_zone;
	day.fold.event = on_event;
	day.fold.data = &day;
	fold_begin(&day.fold, d->store, since);
	fold_feed(&day.fold, d->store, since, until + DAY_S, false);
	fold_end(&day.fold);
	daemon_restore_zone(d);
	hand_over(&day);
}

struct json_t *
facts_of_nothing(date_t date, const struct engine_view *view)
{
	struct day day = {.view = *view};

	begin(&day, date);
	return finish(&day);
}
