/* SPDX-License-Identifier: MIT */
/* What was recorded of days, folded anew from their events. */
#pragma once

#include "engine/engine.h"

struct daemon;
struct facts;
struct json_t;

/* Folds everything from a date to another, both included, by the rules and in
 * the zones that held, and calls fn with the facts of each day on which
 * something was recorded, in order; the object is borrowed. */
void facts_each(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data);

/* The same a piece at a time, for a fold that is to go on with every day: it
 * begins with the day `from`, at nothing; free with facts_free(). */
struct facts *facts_open(struct daemon *d, date_t from, date_t to,
	void (*fn)(void *data, date_t day, struct json_t *facts), void *data);

/* Takes in what is stored up to an instant, that one not included; what is
 * stored there later is not seen, but for the second before it. */
void facts_feed(struct facts *f, int64_t until);

/* Up to where it was fed. */
int64_t facts_fed(const struct facts *f);

/* Whatever came last, days before this one are over. */
void facts_turn(struct facts *f, date_t before);

/* What is gathered of a day so far, the caller's; NULL when nothing is. */
struct json_t *facts_now(const struct facts *f, date_t day);

/* NULL is fine; returns NULL. */
struct facts *facts_free(struct facts *f);

/* The same object for a day on which nothing was recorded; view says what was
 * planned. The reference is the caller's. */
struct json_t *facts_of_nothing(date_t day, const struct engine_view *view);
