/* SPDX-License-Identifier: MIT */
/*
 * Events that come faster than they can be stored one by one are stored
 * together, a millisecond of them at a time, and answered when that is
 * done.  One that comes alone is stored at once.
 */
#pragma once

#include <stdbool.h>

#include "daemon/reply.h"

struct daemon;
struct gather;
struct store_event;

/* The daemon is borrowed. gather_free() takes NULL, too, and returns it; what
 * waits must have been settled. */
struct gather *gather_new(struct daemon *d);
struct gather *gather_free(struct gather *g);

/* An event is about to be recorded that may wait for others. */
void gather_event(struct daemon *d);

/* Events are about to be recorded that belong together. */
void gather_open(struct daemon *d);

/* Whether what is appended now waits to be stored with others. */
bool gather_waits(const struct daemon *d);

/* Remembers an event that was appended, until all of them are stored. */
void gather_keep(struct daemon *d, const struct store_event *event);

/* Answers who told of the event just appended, with `r` as of
 * ledger_record(): at once, or when it is stored. */
void gather_answer(struct daemon *d, struct asker a, int r);

/* Stores what waits, and answers. To be called before anything else is stored,
 * asked or said. 0, or -errno when what was stored beside the events meanwhile
 * is not. */
int gather_settle(struct daemon *d);
