/* SPDX-License-Identifier: MIT */
/* Notices in words: titles and bodies for every kind. */
#pragma once

#include "engine/engine.h"

struct buf;
struct daemon;
struct json_t;

/* Appends the notice's title and body. `repositories` is what digest said of
 * the day, or NULL when that is not known (yet). */
void summary_title(struct daemon *d, const struct engine_effect *effect,
	struct buf *out);
void summary_body(struct daemon *d, const struct engine_effect *effect,
	const struct json_t *repositories, struct buf *out);

/* "Open: vesper (2 changed, 1 not pushed)." or that nothing is; appended. */
void summary_open(const struct json_t *repositories, struct buf *out);

/* "7 h 20 min", "45 min", "20 s"; appended. */
void summary_length(int64_t seconds, struct buf *out);

/* The sentence for the terminal after a commit or push with this verdict, which
 * is `past` the end of the day; it is empty when there is nothing to say. */
void summary_verdict(struct daemon *d, enum engine_verdict verdict,
	int64_t past, struct buf *out);

/* The same with these in the place of the time and the length, and the forms
 * that summary_length() has, a line each: hours and minutes, hours, minutes,
 * seconds. For who counts by himself. */
void summary_verdict_with(struct daemon *d, enum engine_verdict verdict,
	const char *time, const char *length, struct buf *out);
void summary_length_forms(struct buf *out);
