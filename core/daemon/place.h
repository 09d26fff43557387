/* SPDX-License-Identifier: MIT */
/* Where each editor was last: for the note, and for the way back. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;
struct places;
struct store_place;

/* Remembers file and line of an editor's report, as [privacy] allows. */
void place_note(struct daemon *d, const struct json_t *event, int64_t at);

/* Stores what has not been yet: before the places in the store are looked at
 * or changed, and at the end. */
void place_settle(struct daemon *d);

/* Places that wait to be stored: none. places_free() takes NULL, too, and
 * returns it; what was not settled is lost. */
struct places *places_new(void);
struct places *places_free(struct places *p);

/* Calls fn with each place of a day, the newest first, as [privacy] allows it to
 * be shown now: it may have been another when the place was stored. */
void place_each(struct daemon *d, const char *day,
	void (*fn)(void *data, const struct store_place *place), void *data);

/* Adds "file" and "line" of the place where work on a day ended, if known. */
void place_last(struct daemon *d, const char *day, struct json_t *out);
