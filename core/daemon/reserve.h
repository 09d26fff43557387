/* SPDX-License-Identifier: MIT */
/*
 * Where events and notices are kept while the history cannot be written: one
 * file in the spool's directory, and memory when that fails, too.
 */
#pragma once

#include "base/err.h"

struct reserve;
struct store;
struct store_event;
struct store_notice;

/* path: of the file, which need not exist; copied. reserve_free() takes NULL,
 * too, and returns it; the file stays. */
struct reserve *reserve_new(const char *path);
struct reserve *reserve_free(struct reserve *r);

/* Keeps an event. 0: written to the file (and synced when `durable`); 1: only
 * in memory; -errno when `durable` and not written, or when there is no room
 * left: it is not kept then. */
int reserve_keep(struct reserve *r, const struct store_event *event,
	bool durable);

/* The same for a notice, where losing it is no reason to stop. */
void reserve_keep_notice(struct reserve *r, const struct store_notice *notice);

/* Stores everything, each once, whatever happens in between, and forgets it.
 * 0 or -errno, with nothing forgotten. */
int reserve_drain(struct reserve *r, struct store *store);

/* Stores everything in a store that is not the history, and forgets nothing. */
void reserve_copy(struct reserve *r, struct store *store);

/* Of its file; borrowed. */
const char *reserve_path(const struct reserve *r);
