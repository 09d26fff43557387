/* SPDX-License-Identifier: MIT */
/* Everything that was recorded, page by page, so that neither side ever holds
 * all of it; and its opposite. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "client/commands.h"
#include "client/history.h"
#include "client/link.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "wire/wire.h"
#include "words/words.h"

static void
print_line(void *data, const char *line, size_t n)
{
	(void)data;
	fwrite(line, 1, n, stdout);
	putchar('\n');
}

/* One page; *from goes on to the next, or to null. */
static int
export_page(struct link *link, json_t **from, struct err *err)
{
	AUTO_JSON struct json_t *request = json_pack("{s:s s:o s:i}", "get",
		"export", "from", *from, "id", 1);
	AUTO_JSON struct json_t *reply = NULL;
	AUTO_FREE char *text = json_dumps(request, WIRE_JSON);
	AUTO_BUF struct buf answer = {0};
	int r = link_stream(link, text, print_line, NULL, &answer, err);

	*from = NULL;
	if (r < 0)
		return r;
	reply = talk_join(answer.data);
	*from = json_incref(json_object_get(reply, "next"));
	return 0;
}

static int
export_events(void)
{
	AUTO_LINK struct link link = LINK_INIT;
	json_t *from = json_null();
	struct err err;
	int r;

	link.slow = true;
	r = link_open(&link, &err);
	while (r == 0 && from && !ferror(stdout)) {
		r = export_page(&link, &from, &err);
		if (!json_is_integer(from)) {
			json_decref(from);
			from = NULL;
		}
	}
	if (r == 0)
		return EXIT_DONE;
	say_error("%s", err.text);
	return EXIT_NONE;
}

int
export_command(const struct call *call)
{
	struct history h = {.from = HISTORY_FIRST, .to = HISTORY_LAST,
		.brief = true};
	AUTO_LINK struct link link = LINK_INIT;
	int code;

	if (call_flag(call, "--json") && call_flag(call, "--csv"))
		return call_usage(call, W_EXPORT_BOTH);
	if (!call_flag(call, "--csv"))
		return export_events();
	code = talk_open(&link, TALK_SLOW);
	if (code == EXIT_DONE)
		code = history_get(&h, &link);
	if (code == EXIT_DONE) {
		show_zone();
		history_csv(&h);
	}
	history_clear(&h);
	return code;
}

/* A project as it is kept: what begins with a dot is here, and a slash at the
 * end is the shell's. The caller frees it. */
static char *
project_path(const char *typed)
{
	char *path = *typed == '.' ? realpath(typed, NULL) : NULL;
	size_t n;

	if (!path)
		path = xstrdup(typed);
	for (n = strlen(path); n && path[n - 1] == '/'; n--)
		path[n - 1] = '\0';
	return path;
}

int
forget_command(const struct call *call)
{
	const char *before = call_flag(call, "--before");
	const char *project = call_flag(call, "--project");
	AUTO_FREE char *path = NULL;

	if (!before == !project)
		return call_usage(call, W_FORGET_WHICH);
	if (before)
		return talk_order(json_pack("{s:s s:s}", "do", "forget",
			"before", before));
	path = project_path(project);
	return talk_order(
		json_pack("{s:s s:s}", "do", "forget", "project", path));
}
