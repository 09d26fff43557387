/* SPDX-License-Identifier: MIT */
/*
 * `now` is read once per wake-up and handed down; a second reading inside a
 * decision is how programs come to disagree with themselves.
 */
#include "base/clock.h"

#include <time.h>

#ifndef CLOCK_BOOTTIME
#define CLOCK_BOOTTIME CLOCK_MONOTONIC /* BSDs: MONOTONIC counts in suspend */
#endif

static int64_t
read_ns(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

int64_t
clock_real_ns(void)
{
	return read_ns(CLOCK_REALTIME);
}

int64_t
clock_boot_ns(void)
{
	return read_ns(CLOCK_BOOTTIME);
}

int64_t
clock_mono_ns(void)
{
	return read_ns(CLOCK_MONOTONIC);
}
