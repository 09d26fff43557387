/* SPDX-License-Identifier: MIT */
/* Three slow breaths before a day's second extension and any after it. */
#pragma once

#include "base/util.h"

/* On a terminal, when the daemon says that one comes first (the config may
 * switch it off); returns at once otherwise. Any key ends it; false when that
 * was Ctrl-C: the day's end is not moved. */
bool pacer_before_extension(void);
