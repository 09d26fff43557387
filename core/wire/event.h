/* SPDX-License-Identifier: MIT */
/* What an event says beside its name and instant, as it is stored, exported
 * and replayed: one reading for all of them, so that none can differ. */
#pragma once

#include "base/err.h"
#include "engine/engine.h"

struct json_t;

/* The last second of 9999: far beyond, sums of times and dates overflow. */
#define EVENT_AT_MAX INT64_C(253402300799)

/* No event yet: nothing is said of it. */
#define EVENT_NOTHING                                                          \
	((struct engine_event){.until = RULES_NONE, .length = RULES_NONE})

/* Reads what ev->kind needs from the members of o (borrowed; NULL has none)
 * into *ev, an EVENT_NOTHING but for its kind; members that it does not need
 * are left alone.  0, or -EINVAL with the reason in err (may be NULL). */
int event_read_fields(const struct json_t *o, struct engine_event *ev,
	struct err *err);

/* An instant under key: seconds of UTC, fractions cut off, or RFC 3339; from
 * 0 to EVENT_AT_MAX.  As event_read_fields(). */
int event_read_instant(const struct json_t *o, const char *key, int64_t *out,
	struct err *err);

/* True or false under key; *out stays as it is without it. As above. */
int event_read_flag(const struct json_t *o, const char *key, bool *out,
	struct err *err);

/* Says that what is under key is not what is wanted; -EINVAL. */
int event_wrong(const char *key, const char *wanted, struct err *err);
