/* SPDX-License-Identifier: MIT */
/*
 * Whether a path can be looked at without waiting for a server that does not
 * answer: a call to a dead network mount never returns and cannot be ended.
 */
#pragma once

#include "base/util.h"

/* True where the path lies on a local file system, or on one that answered
 * within the last second. Waits a tenth of a second at most, once for each
 * time that a mount dies. The name is taken as it is: a link into a mount is
 * that of where it lies. */
bool reach_answers(const char *path);
