/* SPDX-License-Identifier: MIT */
/*
 * Still seeing? What used to tell of a person's work and does so no more, and
 * what came in the way.  A record that stops in silence is worse than none.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;
struct json_t;

/* Calls fn with what each is about (source, hook, watch, editor, clock), a
 * sentence, and how to mend it (or NULL). */
void sight_each(struct daemon *d,
	void (*fn)(void *data, const char *name, const char *text,
		const char *mend),
	void *data);

/* The sentences alone, as a new array. */
struct json_t *sight_json(struct daemon *d);

/* Whether a source that was last heard of at `last` has fallen silent, while
 * there was work. */
bool sight_is_silent(struct daemon *d, const char *source, int64_t last);

/* A peer that called itself `as` was turned away for its protocol. */
void sight_turned_away(struct daemon *d, const char *as, int64_t protocol);

/* One of that name was let in: it has been mended. */
void sight_let_in(struct daemon *d, const char *as);
