/* SPDX-License-Identifier: MIT */
/*
 * timewarrior's data files, a line an interval:
 *
 *	inc 20261118T080000Z - 20261118T093000Z # tag "another tag" # words
 *
 * Sent in batches; a bar is drawn on a terminal.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/civil.h"
#include "client/commands.h"
#include "client/hooks.h"
#include "client/say.h"
#include "client/talk.h"
#include "words/words.h"

#define BATCH_BYTES 40000
#define BAR 30

struct batch {
	json_t *intervals;
	size_t bytes;
};

static int
send_batch(struct batch *b, bool done)
{
	AUTO_JSON struct json_t *reply = NULL;
	int code = talk(json_pack("{s:s s:o s:b}", "do", "import", "intervals",
				b->intervals, "done", done),
		TALK_START | TALK_SLOW, &reply);

	b->intervals = json_array();
	b->bytes = 0;
	if (code == EXIT_DONE && done)
		say_text(json_string_value(json_object_get(reply, "said"))
				?: "");
	return code;
}

/* "20261118T080000Z"; returns what follows, or NULL. */
static const char *
read_stamp(const char *s, int64_t *out)
{
	int y, mo, d, h, mi, se, n = 0;

	if (sscanf(s, "%4d%2d%2dT%2d%2d%2dZ%n", &y, &mo, &d, &h, &mi, &se,
		    &n) != 6 || n != 16)
		return NULL;
	*out = (int64_t)civil_date(y, mo, d) * DAY_S + h * 3600 + mi * 60 + se;
	return s + n;
}

/* The first tag behind "# ", without its quotes; the caller frees it. */
static char *
first_tag(const char *s)
{
	if (!starts_with(s, " # "))
		return xstrdup("");
	s += 3;
	if (*s == '"')
		return xstrndup(s + 1, strcspn(s + 1, "\""));
	return xstrndup(s, strcspn(s, " "));
}

/* 0; 1 for an interval that is still open; -EINVAL. */
static int
read_line(const char *line, struct batch *b)
{
	AUTO_FREE char *tag = NULL;
	int64_t start, stop;
	const char *s;

	if (!starts_with(line, "inc ") || !(s = read_stamp(line + 4, &start)))
		return -EINVAL;
	if (!starts_with(s, " - "))
		return 1;
	s = read_stamp(s + 3, &stop);
	if (!s || stop < start)
		return -EINVAL;
	tag = first_tag(s);
	json_array_append_new(b->intervals,
		json_pack("[I,I,s]", (json_int_t)start, (json_int_t)stop, tag));
	b->bytes += strlen(tag) + 40;
	return 0;
}

static void
draw(int done, int all)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r[%-*.*s] %d/%d", BAR, done * BAR / all,
		"##############################", done, all);
	if (done == all)
		fputc('\n', stderr);
}

static int
import_file(const char *path, struct batch *b)
{
	AUTO_BUF struct buf text = {0};
	char *rest, *line;
	int n = 0, r = file_read(path, &text);

	if (r < 0) {
		say_error(W_IMPORT_READ, path);
		return EXIT_NO;
	}
	rest = text.data;
	while (rest && (line = strsep(&rest, "\n"))) {
		n++;
		if (*line && read_line(line, b) < 0) {
			say_error(W_IMPORT_LINE, path, n);
			return EXIT_USAGE;
		}
		if (b->bytes > BATCH_BYTES && (r = send_batch(b, false)))
			return r;
	}
	return EXIT_DONE;
}

int
import_command(const struct call *call)
{
	struct batch b = {.intervals = json_array()};
	int code = EXIT_DONE;

	for (int i = 0; i < call->nwords && code == EXIT_DONE; i++) {
		code = import_file(call->words[i], &b);
		draw(i + 1, call->nwords);
	}
	if (code == EXIT_DONE)
		code = send_batch(&b, true);
	json_decref(b.intervals);
	return code;
}
