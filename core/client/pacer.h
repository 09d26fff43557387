/* SPDX-License-Identifier: MIT */
/* Three slow breaths before a day's second extension and any after it. */
#pragma once

#include "base/util.h"

/* Whether one comes first: on a terminal, when the daemon says so (the config
 * may switch it off). */
bool pacer_is_due(void);

/* Breathes for about twenty seconds. Any key ends it; false when that was
 * Ctrl-C: the day's end is not moved. */
bool pacer_breathe(void);
