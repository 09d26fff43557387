/* SPDX-License-Identifier: MIT */
/*
 * Only the last place is kept, never a trail: one row for each editor and
 * project of the day.  With [privacy] projects = name no directory is kept,
 * with none nothing at all.
 *
 * A place that is reported again within seconds of the last time is not
 * written each time: a kill costs the last seconds of where somebody was.
 */
#include "daemon/place.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/ledger.h"
#include "daemon/privacy.h"
#include "daemon/reply.h"
#include "store/facts.h"
#include "store/store.h"

/* How often one place is written at most, real time, and how many wait. */
#define EVERY_S 10
#define PLACES_MAX 2048

/* The place of a source in a project: when it was written, and what has been
 * reported since. */
struct waiting {
	struct store_place place; /* its file is NULL: nothing */
	char *day, *source, *project, *file;
	int64_t written; /* CLOCK_BOOTTIME */
};

struct places {
	GHashTable *table; /* "source\nproject" -> struct waiting */
	guint timer;
};

static void
forget(struct waiting *w)
{
	free(w->day);
	free(w->source);
	free(w->project);
	free(w->file);
	w->day = w->source = w->project = w->file = NULL;
}

static void
waiting_free(gpointer data)
{
	forget(data);
	free(data);
}

struct places *
places_new(void)
{
	struct places *p = xcalloc(1, sizeof *p);

	p->table = g_hash_table_new_full(g_str_hash, g_str_equal, free,
		waiting_free);
	return p;
}

struct places *
places_free(struct places *p)
{
	if (!p)
		return NULL;
	if (p->timer)
		g_source_remove(p->timer);
	g_hash_table_destroy(p->table);
	free(p);
	return NULL;
}

/* Stores one that waits; true when it may be forgotten altogether. */
static gboolean
settle_one(gpointer key UNUSED, gpointer value, gpointer data)
{
	struct daemon *d = data;
	struct waiting *w = value;

	if (w->file) {
		store_place(d->store, &w->place);
		w->written = clock_boot_ns();
		forget(w);
	}
	return clock_boot_ns() - w->written > EVERY_S * NS_PER_S;
}

void
place_settle(struct daemon *d)
{
	struct places *p = d->places;
	bool batch;

	if (!p || !p->timer)
		return;
	g_source_remove(p->timer);
	p->timer = 0;
	gather_settle(d);
	batch = store_begin(d->store, false, NULL) == 0;
	g_hash_table_foreach_remove(p->table, settle_one, d);
	if (batch)
		store_commit(d->store, NULL);
}

static gboolean
on_time(gpointer data)
{
	struct daemon *d = data;

	place_settle(d);
	return G_SOURCE_REMOVE;
}

/* Lets a place wait when it was written just now. */
static bool
waits(struct daemon *d, const struct store_place *place)
{
	struct places *p = d->places;
	AUTO_FREE char *key = xasprintf("%s\n%s", place->source,
		place->project);
	struct waiting *w = g_hash_table_lookup(p->table, key);

	if (!w && g_hash_table_size(p->table) >= PLACES_MAX)
		return false;
	if (!w) {
		w = xcalloc(1, sizeof *w);
		w->written = INT64_MIN / 2;
		g_hash_table_insert(p->table, steal_ptr(&key), w);
	}
	forget(w);
	if (clock_boot_ns() - w->written > EVERY_S * NS_PER_S) {
		w->written = clock_boot_ns();
		return false;
	}
	w->place = *place;
	w->place.day = w->day = xstrdup(place->day);
	w->place.source = w->source = xstrdup(place->source);
	w->place.project = w->project = xstrdup(place->project);
	w->place.file = w->file = xstrdup(place->file);
	if (!p->timer)
		p->timer = g_timeout_add_seconds(EVERY_S, on_time, d);
	return true;
}

void
place_note(struct daemon *d, const struct json_t *event, int64_t at)
{
	json_t *line = json_object_get(event, "line");
	AUTO_FREE char *project =
		privacy_project(d->config, line_string(event, "project"));
	struct engine_view view;
	char day[CIVIL_TEXT];
	struct store_place place = {
		.source = line_string(event, "source"),
		.project = project,
		.file = privacy_file(d->config, line_string(event, "file")),
		.line = json_is_integer(line) ? (int)json_integer_value(line)
					      : 1,
		.at = at,
	};

	if (!*place.file)
		return;
	ledger_view(d, &view);
	place.day = civil_date_text(view.day, day);
	if (!waits(d, &place))
		store_place(d->store, &place);
}

struct showing {
	const struct config *config;
	void (*fn)(void *data, const struct store_place *place);
	void *data;
};

static void
show(void *data, const struct store_place *place)
{
	const struct showing *showing = data;
	struct store_place shown = *place;

	shown.file = privacy_file(showing->config, place->file);
	if (*shown.file)
		showing->fn(showing->data, &shown);
}

void
place_each(struct daemon *d, const char *day,
	void (*fn)(void *data, const struct store_place *place), void *data)
{
	struct showing showing = {d->config, fn, data};

	place_settle(d);
	store_places(d->store, day, show, &showing);
}

static void
take(void *data, const struct store_place *place)
{
	json_t *out = data;

	if (json_object_get(out, "file") || *place->file != '/')
		return;
	json_object_set_new(out, "file", json_string(place->file));
	json_object_set_new(out, "line", json_integer(place->line));
}

void
place_last(struct daemon *d, const char *day, struct json_t *out)
{
	place_each(d, day, take, out);
}
