/* SPDX-License-Identifier: MIT */
/*
 * Only what was heard of once can be missed: a source that others have
 * outlived by days, a hook in whose place the watch tells of commits.  After
 * some weeks it is taken for given up.
 */
#include "daemon/sight.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/git.h"
#include "daemon/ledger.h"
#include "daemon/privacy.h"
#include "daemon/reply.h"
#include "store/facts.h"
#include "store/store.h"
#include "wire/wire.h"
#include "words/words.h"

/* A source is missed when there was work without it on as many days: neither a
 * weekend counts nor the rest of a week of who works half of it.  After so many
 * days of the calendar it is missed no more. */
#define SILENT_DAYS 3
#define MISSED_DAYS 60

/* As many commits in a row without their hook are no accident. */
#define HOOKLESS 3

/* How long the clock having been set, or a peer turned away, is told. */
#define TOLD_DAYS 7

struct telling {
	struct daemon *d;
	void (*fn)(void *data, const char *name, const char *text,
		const char *mend);
	void *data;
};

/* The working day an instant belongs to, but for night shifts, where it does
 * not matter which. */
static date_t
day_of(struct daemon *d, int64_t t)
{
	return civil_local(t - d->config->rules.turn * 60, NULL);
}

static void
count_day(void *data, const char *day UNUSED, const char *brief)
{
	json_t *facts = json_loads(brief, 0, NULL);

	if (json_is_integer(json_object_get(facts, "first")))
		++*(int *)data;
	json_decref(facts);
}

/* How many days after the one of `last` somebody worked. */
static int
days_worked(struct daemon *d, int64_t last)
{
	date_t from = day_of(d, last) + 1;
	char a[CIVIL_TEXT], b[CIVIL_TEXT];
	struct engine_view view;
	int n = 0;

	ledger_view(d, &view);
	if (view.day < from)
		return 0;
	store_rollups(d->store, civil_date_text(from, a),
		civil_date_text(view.day - 1, b), true, -1, count_day, &n);
	return n + (view.first != RULES_NONE);
}

/* Who speaks only when there is something to tell, be it for weeks: orders of a
 * person, a locked screen, a machine that sleeps, commits.  Of a commit either
 * the hook or the watch is heard, so each is silent where the other does its
 * work; what they miss is counted below. */
static bool
speaks_seldom(const char *source)
{
	static const char *const seldom[] = {
		"vesper", "desktop", "suspend", "hook", "watch"};

	for (size_t i = 0; i < ARRAY_SIZE(seldom); i++)
		if (streq(source, seldom[i]))
			return true;
	return false;
}

bool
sight_is_silent(struct daemon *d, const char *source, int64_t last)
{
	if (speaks_seldom(source) ||
		ledger_now(d) - last >= MISSED_DAYS * DAY_S)
		return false;
	return days_worked(d, last) >= SILENT_DAYS;
}

static void
tell_source(void *data, const char *source, int64_t last)
{
	struct telling *t = data;
	AUTO_BUF struct buf text = {0};
	char date[CIVIL_TEXT], time[CIVIL_TEXT];

	if (!sight_is_silent(t->d, source, last))
		return;
	buf_addf(&text, W_SIGHT_SILENT, source,
		civil_date_text(civil_local(last, NULL), date),
		civil_time_text(last, time));
	t->fn(t->data, "source", text.data, W_SIGHT_SILENT_MEND);
}

static void
tell_hook(void *data, const char *project, int64_t commits)
{
	struct telling *t = data;
	AUTO_FREE char *shown = privacy_project(t->d->config, project);
	AUTO_BUF struct buf text = {0};

	if (!*shown)
		return; /* stored when it still had a name */
	buf_addf(&text, W_SIGHT_HOOK, shown, (int)commits);
	text_oneline(text.data);
	t->fn(t->data, "hook", text.data, W_SIGHT_HOOK_MEND);
}

static void
tell_watch(struct telling *t)
{
	AUTO_BUF struct buf text = {0};
	int n = git_unwatched(t->d);

	if (n == 0)
		return;
	buf_addf(&text, W_SIGHT_WATCH(n), n);
	t->fn(t->data, "watch", text.data, W_SIGHT_WATCH_MEND);
}

static void
tell_turned_away(struct telling *t)
{
	const struct turned_away *last = &t->d->turned_away;
	AUTO_BUF struct buf text = {0};
	char date[CIVIL_TEXT], time[CIVIL_TEXT];

	if (!last->at || ledger_now(t->d) - last->at > TOLD_DAYS * DAY_S)
		return;
	buf_addf(&text, W_SIGHT_PROTOCOL, *last->as ? last->as : "?",
		(int)last->protocol,
		civil_date_text(civil_local(last->at, NULL), date),
		civil_time_text(last->at, time), WIRE_PROTOCOL);
	t->fn(t->data, "editor", text.data, W_SIGHT_PROTOCOL_MEND);
}

static int
tell_set(void *data, const struct store_event *event)
{
	struct telling *t = data;
	json_t *said = json_loads(event->data, 0, NULL);
	AUTO_BUF struct buf text = {0};
	char date[CIVIL_TEXT], time[CIVIL_TEXT], length[32];
	int64_t by = line_number(said, "by");

	if (ledger_now(t->d) - event->at <= TOLD_DAYS * DAY_S) {
		buf_addf(&text, by < 0 ? W_SIGHT_CLOCK_BACK : W_SIGHT_CLOCK_ON,
			format_length(by < 0 ? -by : by, length),
			civil_date_text(civil_local(event->at, NULL), date),
			civil_time_text(event->at, time));
		t->fn(t->data, "clock", text.data, NULL);
	}
	json_decref(said);
	return 0;
}

void
sight_each(struct daemon *d,
	void (*fn)(void *data, const char *name, const char *text,
		const char *mend),
	void *data)
{
	struct telling t = {d, fn, data};
	int64_t now = ledger_now(d);

	store_sources(d->store, tell_source, &t);
	store_hookless(d->store, now - MISSED_DAYS * DAY_S, HOOKLESS,
		tell_hook, &t);
	tell_watch(&t);
	tell_turned_away(&t);
	store_newest(d->store, "set", now + 1, tell_set, &t);
}

static void
add(void *data, const char *name UNUSED, const char *text,
	const char *mend UNUSED)
{
	json_array_append_new(data, json_string(text));
}

json_t *
sight_json(struct daemon *d)
{
	json_t *out = json_array();

	sight_each(d, add, out);
	return out;
}

void
sight_turned_away(struct daemon *d, const char *as, int64_t protocol)
{
	struct turned_away *last = &d->turned_away;

	last->at = ledger_now(d);
	last->protocol = protocol;
	snprintf(last->as, sizeof last->as, "%s", as);
	text_oneline(last->as);
}

void
sight_let_in(struct daemon *d, const char *as)
{
	if (streq(d->turned_away.as, as))
		d->turned_away.at = 0;
}
