/* SPDX-License-Identifier: MIT */
/* What was recorded of days, folded anew from their events. */
#pragma once

#include "engine/engine.h"

struct daemon;
struct json_t;

/* Folds everything from a date to another, both included, by the rules and in
 * the zones that held, and calls fn with the facts of each day on which
 * something was recorded, in order; the object is borrowed. */
void facts_each(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data);

/* The same object for a day on which nothing was recorded; view says what was
 * planned. The reference is the caller's. */
struct json_t *facts_of_nothing(date_t day, const struct engine_view *view);
