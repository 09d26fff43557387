/* SPDX-License-Identifier: MIT */
/* Every cell differs in shape, so that nothing is said by colour alone; the
 * two colours are blue and yellow, which colour-blind eyes tell apart. */
#include "client/paint.h"

#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/parse.h"

#define BLUE "\033[34m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static const struct {
	const char *block, *ascii, *colour;
} cells[CELLS] = {
	[CELL_NONE] = {"·", ".", NULL},
	[CELL_WORK] = {"█", "#", BLUE},
	[CELL_LATE] = {"▒", "+", YELLOW},
	[CELL_COMMIT] = {"◆", "*", BOLD},
	[CELL_END] = {"│", "|", NULL},
};

static const char *const shades[5][2] = {
	{"·", "."}, {"░", ":"}, {"▒", "o"}, {"▓", "O"}, {"█", "#"}};

static int
columns(void)
{
	const char *given = getenv("COLUMNS");
	struct winsize size;
	int64_t n;

	if (given && parse_int(given, 20, 400, &n))
		return (int)n;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		return size.ws_col > 400 ? 400 : size.ws_col;
	return 80;
}

void
paint_look(struct paint *p)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	p->width = columns();
	p->colour = isatty(STDOUT_FILENO) && !(no_color && *no_color) && term &&
		!streq(term, "dumb");
	p->blocks = streq(nl_langinfo(CODESET), "UTF-8");
}

void
paint_cell(const struct paint *p, enum cell cell, struct buf *out)
{
	const char *colour = p->colour ? cells[cell].colour : NULL;

	buf_addf(out, "%s%s%s", colour ? colour : "",
		p->blocks ? cells[cell].block : cells[cell].ascii,
		colour ? PLAIN : "");
}

void
paint_shade(const struct paint *p, int shade, struct buf *out)
{
	bool colour = p->colour && shade > 0;

	buf_addf(out, "%s%s%s", colour ? BLUE : "",
		shades[shade][p->blocks ? 0 : 1], colour ? PLAIN : "");
}

void
paint_bar(const struct paint *p, int64_t value, int64_t most, int width,
	struct buf *out)
{
	int n = most > 0 ? (int)((value * width + most / 2) / most) : 0;

	if (value > 0 && n == 0)
		n = 1;
	for (int i = 0; i < n; i++)
		paint_cell(p, CELL_WORK, out);
}

/* Bytes of the character at s, and its columns. */
static size_t
character(const char *s, int *width)
{
	wchar_t wide;
	mbstate_t state = {0};
	size_t n = mbrtowc(&wide, s, 16, &state);

	if (n == (size_t)-1 || n == (size_t)-2 || n == 0) {
		*width = 1;
		return 1;
	}
	*width = wcwidth(wide);
	*width = *width < 0 ? 1 : *width;
	return n;
}

int
paint_columns(const char *text)
{
	int sum = 0, width;

	while (*text) {
		text += character(text, &width);
		sum += width;
	}
	return sum;
}

void
paint_field(const char *text, int n, struct buf *out)
{
	int used = 0, width;

	while (*text) {
		size_t bytes = character(text, &width);

		if (used + width > n)
			break;
		buf_add(out, text, bytes);
		text += bytes;
		used += width;
	}
	while (used++ < n)
		buf_adds(out, " ");
}

/* Where the value of a line begins, behind a label and two blanks or more; for
 * a sentence a little to the right of its own beginning. */
static int
value_column(const char *line, int width)
{
	int own = (int)strspn(line, " ");
	const char *gap = strstr(line + own, "  ");
	int column = own + 2;

	if (gap) {
		AUTO_FREE char *before = xstrndup(line,
			(size_t)(gap - line) + strspn(gap, " "));

		column = paint_columns(before);
	}
	return column <= width / 2 ? column : own + 2;
}

static void
wrap_line(char *line, int width, struct buf *out)
{
	int indent = value_column(line, width);
	int used = (int)strspn(line, " ");
	char *word = line + used;
	bool first = true;

	buf_add(out, line, (size_t)used);
	while (*word) {
		size_t n = strcspn(word, " "), blanks = strspn(word + n, " ");
		AUTO_FREE char *one = xstrndup(word, n);
		int taken = paint_columns(one);

		if (!first && used + taken > width) {
			while (out->data[out->len - 1] == ' ')
				out->data[--out->len] = '\0';
			buf_addf(out, "\n%*s", indent, "");
			used = indent;
		}
		buf_add(out, word, n + blanks);
		used += taken + (int)blanks;
		word += n + blanks;
		first = false;
	}
}

void
paint_wrap(const struct paint *p, const char *text, struct buf *out)
{
	AUTO_FREE char *copy = xstrdup(text);
	char *rest = copy, *line;

	while ((line = strsep(&rest, "\n"))) {
		if (strchr(line, '\033') || paint_columns(line) <= p->width)
			buf_adds(out, line);
		else
			wrap_line(line, p->width, out);
		if (rest)
			buf_adds(out, "\n");
	}
}
