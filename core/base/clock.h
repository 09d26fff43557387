/* SPDX-License-Identifier: MIT */
/*
 * The only reader of clocks.  CLOCK_REALTIME says what date it is and may
 * jump; CLOCK_BOOTTIME says how long something took and counts on in
 * suspend; CLOCK_MONOTONIC stands still in suspend, so that the difference of
 * the last two is the time slept.  All in nanoseconds.
 */
#pragma once

#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

int64_t clock_real_ns(void); /* since 1970 */
int64_t clock_boot_ns(void); /* since the machine started */
int64_t clock_mono_ns(void); /* the same without suspends */
