/* SPDX-License-Identifier: MIT */
/* A cell is work when at least half of it is; a commit or the end always
 * shows, whatever else is there. */
#include "client/strip.h"

#include <jansson.h>
#include <stdio.h>

#include "client/history.h"
#include "client/show.h"

#define NONE INT64_MIN

/* The cell of a minute, or -1. */
static int
cell_at(const struct strip_axis *axis, int minute)
{
	int span = (axis->last - axis->first) * 60;
	int at = minute - axis->first * 60;

	if (span <= 0 || at < 0 || at > span)
		return -1;
	at = at * axis->width / span;
	return at < axis->width ? at : axis->width - 1;
}

/* Minutes of [from, to) that lie in cell i. */
static int
overlap(const struct strip_axis *axis, int i, int from, int to)
{
	int span = (axis->last - axis->first) * 60;
	int a = axis->first * 60 + i * span / axis->width;
	int b = axis->first * 60 + (i + 1) * span / axis->width;

	a = a > from ? a : from;
	b = b < to ? b : to;
	return b > a ? b - a : 0;
}

static void
fill_work(const struct strip_axis *axis, date_t date, const json_t *day,
	enum cell *cells)
{
	int64_t end = show_int(day, "effective_end", NONE);
	int half = (axis->last - axis->first) * 60 / axis->width / 2;
	int past = end == NONE ? 1 << 20 : history_minute(date, end);

	for (int i = 0; i < axis->width; i++) {
		const json_t *one;
		size_t k;
		int work = 0, late = 0;

		json_array_foreach(json_object_get(day, "stretches"), k, one) {
			int64_t start = show_int(one, "start", 0);
			int from = history_minute(date, start);
			int to = from +
				(int)(show_int(one, "length", 0) + 59) / 60;

			work += overlap(axis, i, from, to);
			late += overlap(axis, i, from > past ? from : past, to);
		}
		if (work > 0 && work >= half)
			cells[i] = 2 * late >= work ? CELL_LATE : CELL_WORK;
	}
}

void
strip_fill(const struct strip_axis *axis, date_t date,
	const struct json_t *day, enum cell *cells)
{
	int64_t end = show_int(day, "effective_end", NONE);
	const json_t *at;
	size_t i;
	int c;

	for (int k = 0; k < axis->width; k++)
		cells[k] = CELL_NONE;
	if (!day)
		return;
	fill_work(axis, date, day, cells);
	c = end == NONE ? -1 : cell_at(axis, history_minute(date, end));
	if (c >= 0)
		cells[c] = CELL_END;
	json_array_foreach(json_object_get(day, "commit_times"), i, at) {
		c = cell_at(axis, history_minute(date, show_number(at, 0)));
		if (c >= 0)
			cells[c] = CELL_COMMIT;
	}
}

/* Hours between two labels, so that each has room and all are as far apart. */
static int
label_step(const struct strip_axis *axis)
{
	static const int steps[] = {1, 2, 3, 4, 6, 12};
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(steps) &&
		steps[i] * axis->width < 3 * (axis->last - axis->first))
		i++;
	return steps[i];
}

void
strip_hours(const struct strip_axis *axis, struct buf *out)
{
	int step = label_step(axis), used = 0;

	for (int hour = axis->first; hour <= axis->last; hour += step) {
		int at = (hour - axis->first) * axis->width /
			(axis->last - axis->first);
		char text[8];

		snprintf(text, sizeof text, "%02d", hour % 24);
		if (at + 2 > axis->width)
			break;
		for (; used < at; used++)
			buf_adds(out, " ");
		buf_adds(out, text);
		used += 2;
	}
}
