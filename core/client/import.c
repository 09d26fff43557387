/* SPDX-License-Identifier: MIT */
/* timewarrior's data files, sent in batches; a bar is drawn on a terminal. */
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

/* 0; 1 for an interval that is still open; -EINVAL. */
static int
take_line(const char *line, struct batch *b)
{
	struct interval i = {0};
	int r = timewarrior_read(line, &i);

	if (r == 0) {
		json_array_append_new(b->intervals,
			json_pack("[I,I,s]", (json_int_t)i.start,
				(json_int_t)i.stop, i.tag));
		b->bytes += strlen(i.tag) + 40;
	}
	free(i.tag);
	return r;
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
	int n = 0, r = file_read(path, FILE_MAX, &text);

	if (r < 0) {
		say_error("%s: %s", path, strerror(-r));
		return EXIT_USAGE;
	}
	rest = text.data;
	while (rest && (line = strsep(&rest, "\n"))) {
		n++;
		if (*line && take_line(line, b) < 0) {
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
