/* SPDX-License-Identifier: MIT */
/* Bytes in, whole lines out. */
#pragma once

#include "base/buf.h"

/* Takes the next whole line out of b, without its newline (and without a
 * carriage return before it). Returns 1 with *line (the caller frees it),
 * 0 when there is no whole line yet, -EMSGSIZE when there is more than max
 * without a newline. */
int line_take(struct buf *b, size_t max, char **line);
