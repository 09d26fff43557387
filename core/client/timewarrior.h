/* SPDX-License-Identifier: MIT */
/* Intervals as timewarrior keeps them. */
#pragma once

#include "base/util.h"

struct interval {
	int64_t start, stop; /* seconds of UTC */
	char *tag;	     /* the first one, plain text; "" when there is none */
};

/* Reads one line of a data file. 0 with *out filled (the caller frees tag), 1
 * for an interval that is still open, -EINVAL for anything else. */
int timewarrior_read(const char *line, struct interval *out);
