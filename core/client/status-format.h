/* SPDX-License-Identifier: MIT */
/* A status as a line, in a format of a bar or of one's own. */
#pragma once

#include "base/buf.h"

struct json_t;

/* Fills {fields} in and appends it to out; one that does not exist stays as
 * it is written. */
void status_fill(const struct json_t *s, const char *format, struct buf *out);

/* The same for a format by name (waybar, i3blocks, tmux) or in words; fed: the
 * line goes to a bar that is told of every change. */
void status_format(const struct json_t *s, const char *format, bool fed,
	struct buf *out);

/* Whether a line of that format changes while nothing happens; and in how
 * many seconds it does so next, -1 for never. */
bool status_format_ticks(const char *format, bool fed);
int status_next_tick(const struct json_t *s);

/* When today's work ends, extensions included; INT64_MIN on a day off. */
int64_t status_end(const struct json_t *status);
