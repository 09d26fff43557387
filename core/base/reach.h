/* SPDX-License-Identifier: MIT */
/*
 * Whether a path can be looked at without waiting for a server that does not
 * answer: a call to a dead network mount never returns and cannot be ended.
 */
#pragma once

#include "base/util.h"

/* True where the path, whatever links are on the way, lies on local file
 * systems, or on others that answered within the last tenth of a second. Waits
 * another one at most, once for each time that a mount dies. */
bool reach_answers(const char *path);
