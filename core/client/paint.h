/* SPDX-License-Identifier: MIT */
/* What the terminal at hand can show. */
#pragma once

#include "base/buf.h"

struct paint {
	int width;   /* columns, from 20 to 400 */
	bool colour; /* a terminal, and NO_COLOR is not set */
	bool blocks; /* characters beyond ASCII, by the locale */
};

/* Looks at stdout, $COLUMNS, $NO_COLOR, $TERM and the locale. */
void paint_look(struct paint *p);

/* The cells of a day's strip, and the shades of a calendar, 0 to 4. */
enum cell { CELL_NONE, CELL_WORK, CELL_LATE, CELL_COMMIT, CELL_END, CELLS };
void paint_cell(const struct paint *p, enum cell cell, struct buf *out);
void paint_shade(const struct paint *p, int shade, struct buf *out);

/* A bar of value / most over at most `width` cells. */
void paint_bar(const struct paint *p, int64_t value, int64_t most, int width,
	struct buf *out);

/* How many columns a text takes. */
int paint_columns(const char *text);

/* The text, cut to and filled up to n columns. */
void paint_field(const char *text, int n, struct buf *out);

/* Appends the text with lines wider than the terminal broken at blanks; what
 * goes on stands below the value of a "label  value". Lines with escapes, and
 * words that are wider by themselves, stay as they are. */
void paint_wrap(const struct paint *p, const char *text, struct buf *out);
