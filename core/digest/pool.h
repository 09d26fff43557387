/* SPDX-License-Identifier: MIT */
/* Worker processes that read repositories and may be killed at any time. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "digest/job.h"

struct pool_options {
	int64_t deadline_ms; /* for each repository */
	int workers;	     /* at most so many at once; 0: one a processor */
	bool progress;	     /* tell on stderr when it takes a while */
};

/* Has every job answered, by a worker or by the reason why not, and hands
 * each answer (row_write()) to take in the order of the jobs, as soon as all
 * before it are there. 0, or -errno when no process could be started. */
int pool_run(const struct jobs *jobs, const struct pool_options *options,
	void (*take)(void *ctx, const char *answer), void *ctx,
	struct err *err);
