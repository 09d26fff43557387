/* SPDX-License-Identifier: MIT */
/* timewarrior's data files: all are read before anything is sent, in batches;
 * a bar is drawn on a terminal. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "client/commands.h"
#include "client/say.h"
#include "client/talk.h"
#include "client/timewarrior.h"
#include "words/words.h"

#define BATCH_BYTES 40000
#define FILE_MAX (1024 * 1024) /* of a month, with thousands of intervals */
#define BAR 30

/* 0; 1 for an interval that is still open; -EINVAL. */
static int
take_line(const char *line, json_t *intervals)
{
	struct interval i = {0};
	int r = timewarrior_read(line, &i);

	if (r == 0)
		json_array_append_new(intervals,
			json_pack("[I,I,s]", (json_int_t)i.start,
				(json_int_t)i.stop, i.tag));
	free(i.tag);
	return r;
}

static int
take_file(const char *path, json_t *intervals)
{
	AUTO_BUF struct buf text = {0};
	char *rest, *line;
	int n = 0, r = file_read(path, FILE_MAX, &text);

	if (r < 0) {
		say_error("%s: %s", path, strerror(-r));
		return EXIT_USAGE;
	}
	rest = text.data;
	while (rest && (line = strsep(&rest, "\n"))) {
		n++;
		if (*line && take_line(line, intervals) < 0) {
			say_error(W_IMPORT_LINE, path, n);
			return EXIT_USAGE;
		}
	}
	return EXIT_DONE;
}

static void
draw(size_t done, size_t all)
{
	if (!isatty(STDERR_FILENO) || !all)
		return;
	fprintf(stderr, "\r[%-*.*s] %zu/%zu", BAR, (int)(done * BAR / all),
		"##############################", done, all);
	if (done == all)
		fputc('\n', stderr);
}

/* As many as fit a line, from the n-th on. */
static json_t *
batch(const json_t *intervals, size_t *n)
{
	json_t *some = json_array(), *one;
	size_t bytes = 0;

	while (bytes < BATCH_BYTES && (one = json_array_get(intervals, *n))) {
		json_array_append(some, one);
		bytes += json_string_length(json_array_get(one, 2)) + 40;
		++*n;
	}
	return some;
}

static int
send_all(const json_t *intervals)
{
	size_t all = json_array_size(intervals), n = 0;
	int code = EXIT_DONE;

	do {
		AUTO_JSON struct json_t *reply = NULL;
		json_t *some = batch(intervals, &n);

		code = talk(json_pack("{s:s s:o s:b}", "do", "import",
				    "intervals", some, "done", n == all),
			TALK_START | TALK_SLOW, &reply);
		if (code != EXIT_DONE)
			return code;
		draw(n, all);
		if (n == all)
			say_text(json_string_value(
					 json_object_get(reply, "said"))
					?: "");
	} while (n < all);
	return code;
}

int
import_command(const struct call *call)
{
	AUTO_JSON struct json_t *intervals = json_array();
	int code = EXIT_DONE;

	for (int i = 0; i < call->nwords && code == EXIT_DONE; i++)
		code = take_file(call->words[i], intervals);
	return code == EXIT_DONE ? send_all(intervals) : code;
}
