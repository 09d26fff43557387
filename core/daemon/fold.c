/* SPDX-License-Identifier: MIT */
/*
 * Configs and zones are stored as events too, so that a day is judged by the
 * rules that held on that day.
 */
#include "daemon/fold.h"

#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "daemon/event.h"
#include "store/store.h"

void
fold_apply_zone(const struct config *config, const char *system_zone)
{
	if (*config->timezone)
		civil_set_zone(config->timezone);
	else
		civil_set_zone(system_zone ? system_zone : "");
}

/* The string under `key` of an event's data; the caller frees it. */
static char *
data_string(const struct store_event *event, const char *key)
{
	json_t *data = json_loads(event->data, 0, NULL);
	const char *text = json_string_value(json_object_get(data, key));
	char *copy = text ? xstrdup(text) : NULL;

	json_decref(data);
	return copy;
}

static void
take_config(struct fold *f, char *text)
{
	struct config_problems problems = {0};
	struct config *config = NULL;

	int r = text ? config_parse("stored config", text, strlen(text),
			       &config, &problems, NULL)
		     : -1;

	config_problems_free(&problems);
	if (r < 0) {
		free(text);
		return;
	}
	free(f->config_text);
	f->config_text = text;
	fold_apply_zone(config, f->zone_name);
	if (f->engine)
		engine_replan(f->engine, &config->rules, f->zone);
	config_free(f->config);
	f->config = config;
}

static void
take_zone(struct fold *f, char *name)
{
	if (!name)
		return;
	free(f->zone_name);
	f->zone_name = name;
	fold_apply_zone(f->config, f->zone_name);
	if (f->engine)
		engine_replan(f->engine, &f->config->rules, f->zone);
}

static int
on_config(void *data, const struct store_event *event)
{
	take_config(data, data_string(event, "text"));
	return 0;
}

static int
on_zone(void *data, const struct store_event *event)
{
	take_zone(data, data_string(event, "zone"));
	return 0;
}

static int
on_first(void *data, const struct store_event *event)
{
	*(int64_t *)data = event->at;
	return 1;
}

int64_t
fold_start(struct store *store, int64_t orders, int64_t recent, int64_t now)
{
	int64_t first = now;

	if (store_each(store, orders, now, true, on_first, &first) == 0)
		store_each(store, recent, now, false, on_first, &first);
	return min64(first, now);
}

void
fold_begin(struct fold *f, struct store *store, int64_t at)
{
	struct config_problems problems = {0};

	f->zone_name = f->zone_name ? f->zone_name : xstrdup("");
	config_parse("defaults", "", 0, &f->config, &problems, NULL);
	config_problems_free(&problems);
	store_newest(store, "zone", at, on_zone, f);
	store_newest(store, "config", at, on_config, f);
	fold_apply_zone(f->config, *f->zone_name ? f->zone_name : f->here);
	f->engine = xcalloc(1, engine_size());
	engine_init(f->engine, &f->config->rules, f->zone, at);
}

static void
tell(struct fold *f, const struct engine_effects *fx)
{
	if (fx->n && f->effects)
		f->effects(f->data, fx);
}

void
fold_run(struct fold *f, int64_t until)
{
	struct engine_effects fx;

	while (engine_step(f->engine, until, &fx))
		tell(f, &fx);
}

void
fold_arrive(struct fold *f, int64_t at)
{
	struct engine_event nothing = {.at = at, .kind = EVENT_BACK,
		.until = RULES_NONE, .length = RULES_NONE};
	struct engine_effects fx;

	fold_run(f, at - 1);
	engine_event(f->engine, &nothing, &fx);
	tell(f, &fx);
}

static int
feed_one(void *data, const struct store_event *event)
{
	struct fold *f = data;
	struct engine_effects fx;
	struct engine_event ev;

	if (event->at == f->fed_at && event->id <= f->fed_id)
		return 0;
	f->fed_at = event->at;
	f->fed_id = event->id;
	fold_run(f, event->at - 1);
	if (strcmp(event->kind, "config") == 0) {
		fold_arrive(f, event->at);
		on_config(f, event);
	} else if (strcmp(event->kind, "zone") == 0) {
		fold_arrive(f, event->at);
		on_zone(f, event);
	} else if (event_decode(event, &ev)) {
		ev.at = max64(ev.at, engine_settled(f->engine) + 1);
		engine_event(f->engine, &ev, &fx);
		tell(f, &fx);
	}
	if (f->event)
		f->event(f->data, event);
	return 0;
}

int
fold_feed(struct fold *f, struct store *store, int64_t from, int64_t to,
	bool orders)
{
	return store_each(store, from, to, orders, feed_one, f);
}

void
fold_end(struct fold *f)
{
	free(f->engine);
	config_free(f->config);
	free(f->zone_name);
	free(f->config_text);
	*f = (struct fold){0};
}
