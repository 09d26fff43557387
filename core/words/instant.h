/* SPDX-License-Identifier: MIT */
/* Instants and dates as people read them, in their language. */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/civil.h"

/* "Fri 2026-11-20" */
void instant_add_date(date_t date, struct buf *out);

/* "Fri 2026-11-20", "Fri 2026-11-20..Sun 2026-11-22" */
void instant_add_dates(date_t from, date_t to, struct buf *out);

/* As short as leaves no doubt at `now`: "18:45", "tomorrow 04:00", "Fri
 * 2026-11-20 04:00". */
void instant_add(int64_t now, int64_t t, struct buf *out);

/* The same for a record, which is read on another day than it was said: with
 * the date, where it is not that of `said`. "Wed 2026-11-18 10:00" */
void instant_add_dated(int64_t said, int64_t t, struct buf *out);
