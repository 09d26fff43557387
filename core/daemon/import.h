/* SPDX-License-Identifier: MIT */
/* Intervals that another program recorded: they count in reports, and the
 * engine never sees them. */
#pragma once

#include "base/civil.h"

struct daemon;
struct json_t;

/* {"do":"import","intervals":[[start,end,project],...]}, and at the end
 * {"do":"import","done":true}. The answer is the caller's. */
struct json_t *import_do(struct daemon *d, const struct json_t *in);

/* Adds them to the kept days before `today`, which are as recorded. */
void import_apply(struct daemon *d, date_t today);
