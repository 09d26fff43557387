/* SPDX-License-Identifier: MIT */
/*
 * The answers of all repositories of one run, put together: a commit that
 * several of them have counts in the first named, a repository that is named
 * twice (by two working trees) once.
 */
#pragma once

#include "base/buf.h"

struct merge;

/* Of no repository yet; never NULL. */
struct merge *merge_new(void);
void merge_free(struct merge *merge);

/* Turns a worker's answer (row_write()) into the line to print. To be called
 * in the order in which the repositories were named. 0, or -EINVAL when the
 * answer cannot be read; then nothing is added to out. */
int merge_row(struct merge *merge, const char *answer, struct buf *out);
