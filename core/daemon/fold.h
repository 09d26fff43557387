/* SPDX-License-Identifier: MIT */
/*
 * The fold over stored events that brings an engine to where it was: at a
 * restart, and for the report of a day that is over.
 */
#pragma once

#include "config/config.h"
#include "engine/engine.h"

struct store;
struct store_event;

struct fold {
	struct engine *engine;
	struct config *config; /* whose rules the engine borrows */
	const struct zone *zone;
	char *zone_name; /* the system's zone as last stored; "" = unknown */
	const char *here; /* the zone where none is stored; borrowed, or NULL */
	char *config_text;	     /* as last stored, or NULL */
	int64_t fed_at, fed_id;	     /* the newest event taken in */
	/* Called with what each instant produced, and after each event. */
	void (*effects)(void *data, const struct engine_effects *fx);
	void (*event)(void *data, const struct store_event *event);
	void *data;
};

/* Where a fold up to now has to begin: with the oldest order since `orders`
 * that may still matter, or the first event since `recent`, or now. */
int64_t fold_start(struct store *store, int64_t orders, int64_t recent,
	int64_t now);

/* Begins at an instant with the config and the zone that held then. */
void fold_begin(struct fold *f, struct store *store, int64_t at);

/* Feeds everything stored in [from, to), but what was fed before; only what
 * changes rules or plans when `orders`. 0 or -errno. */
int fold_feed(struct fold *f, struct store *store, int64_t from, int64_t to,
	bool orders);

/* Lets time run to an instant, that one included. */
void fold_run(struct fold *f, int64_t until);

/* Comes to an instant without settling it, so that new rules hold from it on:
 * `back` by itself changes nothing. The same in `vesper replay`. */
void fold_arrive(struct fold *f, int64_t at);

/* Frees what the fold owns: engine, config, names. */
void fold_end(struct fold *f);

/* The zone in force: the config's, or the named one of the system. */
void fold_apply_zone(const struct config *config, const char *system_zone);
