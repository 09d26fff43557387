/* SPDX-License-Identifier: MIT */
/* What the members of a line from the socket must be. */
#pragma once

#include "base/err.h"

struct json_t;

/* Whether every member that some request reads is of its type; null is as good
 * as nothing, and what nobody reads may be anything. 0, or -EINVAL with one
 * sentence about the first that is not. */
int members_check(const struct json_t *line, struct err *err);
