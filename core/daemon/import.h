/* SPDX-License-Identifier: MIT */
/* Intervals that another program recorded: they count in reports, and the
 * engine never sees them. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* {"do":"import","intervals":[[start,end,project],...]}, and at the end
 * {"do":"import","done":true}. All intervals of a line are taken, or none. The
 * answer is the caller's. */
struct json_t *import_do(struct daemon *d, const struct json_t *in);

/* Adds what was imported of a day to what was recorded of it (taken; NULL:
 * nothing). Returns the caller's, or NULL when there is neither. */
struct json_t *import_join(struct daemon *d, date_t day, struct json_t *facts);
