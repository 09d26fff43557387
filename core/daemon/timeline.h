/* SPDX-License-Identifier: MIT */
/*
 * The one instant that never goes back, and the one timer.
 *
 * Real:  the wall clock at the start plus CLOCK_BOOTTIME since; corrected
 *        forward when the wall clock is ahead, never back.
 * Fast:  starts where it is told and goes N times as fast.
 * Step:  starts where it is told and goes on only when told to.
 */
#pragma once

#include "base/err.h"

struct timeline;

/* spec is NULL for the real clock, else "RFC3339", "RFC3339,xN" or
 * "RFC3339,step". due(data) is called from the main loop when the armed
 * deadline has come, the wall clock was set, or the machine resumed. */
int timeline_new(const char *spec, void (*due)(void *data), void *data,
	struct timeline **out, struct err *err);
struct timeline *timeline_free(struct timeline *t);

/* The instant, seconds of UTC. */
int64_t timeline_now(struct timeline *t);

/* The instant is never before this one; it stands still until the clock that
 * drives it has come so far. */
void timeline_floor(struct timeline *t, int64_t instant);

/* How CLOCK_BOOTTIME tells the instant: at boot_ms it was instant_ms, and since
 * then it has gone on `factor` times as fast (0: it stands still). */
struct timeline_rate {
	int64_t boot_ms, instant_ms, factor;
};
struct timeline_rate timeline_rate(struct timeline *t);

/* Wakes at an instant (INT64_MAX: not at all). One deadline at a time. */
void timeline_arm(struct timeline *t, int64_t deadline);

/* Seconds slept in suspend since the last call; 0 for less than one. */
int64_t timeline_slept(struct timeline *t);

/* Seconds by which the wall clock was set since the last call, when at least
 * two; the instant has followed forward. */
int64_t timeline_set_by(struct timeline *t);

/* "real", "fast" or "step"; and N (1 unless fast). */
const char *timeline_kind(const struct timeline *t);
int timeline_factor(const struct timeline *t);

/* Step clocks only; -EPERM otherwise, -EINVAL for a way back. */
int timeline_move(struct timeline *t, int64_t seconds);
int timeline_suspend(struct timeline *t, int64_t seconds);
int timeline_set(struct timeline *t, int64_t instant);

