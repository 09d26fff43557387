/* SPDX-License-Identifier: MIT */
/*
 * A day is folded anew for its report, by the rules and in the zone that held
 * then; stretches and breaks are read off the engine as it goes along, so no
 * rule of it is repeated here.
 */
#include "daemon/report.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/event.h"
#include "daemon/fold.h"
#include "daemon/ledger.h"
#include "daemon/tally.h"
#include "engine/names.h"
#include "store/store.h"

/* Far enough back that everything the day depends on is known. */
#define LEAD_DAYS 3

void
report_bounds(struct daemon *d, date_t day, int64_t *since, int64_t *until)
{
	struct engine_plan plan;
	struct engine_view view;

	ledger_view(d, &view);
	engine_plan(ledger_engine(d), day, &plan);
	*since = plan.open != RULES_NONE ? plan.open : civil_instant(day, 0);
	*until = plan.close != RULES_NONE ? plan.close
					  : civil_instant(day + 1, 0);
	if (day == view.day) {
		*since = view.open;
		*until = view.now + 1;
	}
}

static int
add_repository(void *data, const struct store_event *event)
{
	AUTO_FREE char *path = xstrdup(event->project);

	if (!text_is_utf8(path, strlen(path)))
		text_oneline(path); /* named, though nobody can read it */
	if (*path == '/')
		json_object_set_new(data, path, json_true());
	return 0;
}

json_t *
report_repositories(struct daemon *d, int64_t since, int64_t until)
{
	json_t *paths = json_object();

	store_each(d->store, since, until, false, add_repository, paths);
	for (size_t i = 0; i < d->config->nrepositories; i++)
		json_object_set_new(paths, d->config->repositories[i],
			json_true());
	return paths;
}

static int
count_commit(void *data, const struct store_event *event)
{
	*(int *)data += event->human && streq(event->kind, "commit");
	return 0;
}

int
report_commits(struct daemon *d, int64_t since, int64_t until)
{
	int n = 0;

	store_each(d->store, since, until, false, count_commit, &n);
	return n;
}

static void
add_subjects(json_t *commits, const json_t *repositories)
{
	json_t *commit;
	size_t i;

	json_array_foreach(commits, i, commit) {
		const char *subject = tally_subject(repositories,
			json_string_value(json_object_get(commit, "oid")));

		if (subject)
			json_object_set_new(commit, "subject",
				json_string(subject));
	}
}

void
report_repositories_add(json_t *report, json_t *repositories)
{
	bool any = false;
	json_t *one;
	size_t i;

	json_array_foreach(repositories, i, one)
		any |= json_is_integer(json_object_get(one, "commits"));
	if (any)
		json_object_set_new(report, "commits",
			json_integer(tally_commits(repositories)));
	add_subjects(json_object_get(report, "late_commits"), repositories);
	json_object_set(report, "repositories", repositories);
}

struct day {
	struct fold fold;
	date_t day;
	struct engine_view view; /* after the day's latest event */
	bool seen;
	json_t *stretches, *late, *extensions;
	int64_t stretch_start; /* of the last in the list */
	int commits, machine_commits;
};

static json_t *
span(int64_t start, int64_t end)
{
	return json_pack("{sI sI}", "start", (json_int_t)start, "length",
		(json_int_t)(end - start));
}

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
	if (!event->human) {
		day->machine_commits += streq(event->kind, "commit");
		return;
	}
	day->commits += streq(event->kind, "commit");
	if (*event->verdict && !streq(event->verdict, "ok"))
		json_array_append_new(day->late, late_commit(event));
	else if (streq(event->kind, "commit"))
		note_extended(day, event);
}

static void
note_extension(struct day *day, const struct store_event *event,
	const struct engine_view *view)
{
	json_t *data = json_loads(event->data, 0, NULL);
	const char *why = json_string_value(json_object_get(data, "why"));

	if (view->extensions_granted > day->view.extensions_granted)
		json_array_append_new(day->extensions,
			json_pack("{sI sI sI ss s[]}", "at",
				(json_int_t)event->at, "from",
				(json_int_t)day->view.effective_end, "end",
				(json_int_t)view->effective_end, "why",
				why ? why : "", "commits"));
	json_decref(data);
}

static void
on_event(void *data, const struct store_event *event)
{
	struct day *day = data;
	struct engine_view view;

	engine_view(day->fold.engine, &view);
	if (view.day != day->day)
		return;
	if (view.latest != RULES_NONE && view.latest == event->at)
		note_stretch(day, &view);
	if (streq(event->kind, "commit") || streq(event->kind, "push"))
		note_commit(day, event);
	if (streq(event->kind, "extend"))
		note_extension(day, event, &view);
	day->view = view;
	day->seen = true;
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

static json_t *
instant(int64_t at)
{
	return at == RULES_NONE ? json_null() : json_integer(at);
}

static json_t *
finish(struct day *day)
{
	const struct engine_view *view = &day->view;
	char date[CIVIL_TEXT];

	return json_pack("{ss ss so so so so sI sI sb so so so so si si}",
		"day", civil_date_text(day->day, date), "kind",
		view->working_day ? "work" : "off", "end", instant(view->end),
		"effective_end", instant(view->effective_end), "first",
		instant(view->first), "last", instant(view->last), "worked",
		(json_int_t)view->worked, "longest", (json_int_t)view->longest,
		"closed", view->closed, "breaks", breaks(day->stretches),
		"stretches", day->stretches, "late_commits", day->late,
		"extensions", day->extensions, "commits", day->commits,
		"machine_commits", day->machine_commits);
}

/* A day on which nothing happened: what was planned for it. */
static void
planned(struct daemon *d, struct day *day)
{
	struct engine_plan plan;

	engine_plan(ledger_engine(d), day->day, &plan);
	day->view = (struct engine_view){
		.working_day = plan.workday >= 0,
		.end = plan.end,
		.effective_end = plan.end,
		.first = RULES_NONE,
		.last = RULES_NONE,
	};
}

json_t *
report_day(struct daemon *d, date_t date)
{
	struct day day = {.day = date, .stretch_start = RULES_NONE};
	int64_t since, until;
	json_t *out;

	report_bounds(d, date, &since, &until);
	day.stretches = json_array();
	day.late = json_array();
	day.extensions = json_array();
	day.fold.zone = &daemon_zone;
	day.fold.event = on_event;
	day.fold.data = &day;
	fold_begin(&day.fold, d->store, since - LEAD_DAYS * DAY_S);
	fold_feed(&day.fold, d->store, since - LEAD_DAYS * DAY_S,
		until + DAY_S, false);
	fold_end(&day.fold);
	daemon_restore_zone(d);
	if (!day.seen)
		planned(d, &day);
	out = finish(&day);
	return out;
}
