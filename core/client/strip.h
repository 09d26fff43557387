/* SPDX-License-Identifier: MIT */
/* A day as a row of cells on an axis of hours. */
#pragma once

#include "base/civil.h"
#include "client/paint.h"

struct json_t;

struct strip_axis {
	int first, last; /* whole hours; last up to 36 */
	int width;	 /* cells */
};

/* Fills cells[axis->width]. */
void strip_fill(const struct strip_axis *axis, date_t date,
	const struct json_t *day, enum cell *cells);

/* The hours above it, as far as they fit. */
void strip_hours(const struct strip_axis *axis, struct buf *out);
