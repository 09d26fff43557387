/* SPDX-License-Identifier: MIT */
/*
 * A day put right, in the editor like a list of git rebase -i, or by flags.
 * The daemon reads the lines; here they are only carried.
 */
#include <jansson.h>
#include <stdio.h>

#include "base/alloc.h"
#include "client/commands.h"
#include "client/editor.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/words.h"

/* The flags as lines, in the order they were typed in, or NULL when there is
 * none. */
static json_t *
flag_lines(const struct call *call)
{
	json_t *lines = call->ngiven ? json_array() : NULL;

	for (int i = 0; i < call->ngiven; i++) {
		AUTO_FREE char *line =
			xasprintf("%s %s", call->given[i].flag->name + 2,
				call->given[i].value);

		json_array_append_new(lines, json_string(line));
	}
	return lines;
}

static int
edit(const char *day)
{
	AUTO_JSON struct json_t *offer = NULL;
	AUTO_EDITOR struct editor e = {0};
	AUTO_FREE char *text = NULL;
	struct err err;
	int code = talk(json_pack("{s:s s:s}", "get", "correct", "day", day),
		TALK_START, &offer);

	if (code != EXIT_DONE)
		return code;
	if (editor_run(&e, show_string(offer, "text"), &text, &err) < 0) {
		say_error(W_DAY_NOT, err.text);
		return EXIT_NO;
	}
	if (!*text) {
		say_error("%s", W_DAY_EMPTY);
		return EXIT_NO;
	}
	code = talk_order(json_pack("{s:s s:s s:s}", "do", "correct", "day",
		show_string(offer, "day"), "text", text));
	if (code != EXIT_DONE)
		say_error(W_MERGE_KEPT, editor_keep(&e));
	return code;
}

int
day_command(const struct call *call)
{
	const char *day = call->words[1];
	json_t *lines;

	if (!streq(call->words[0], "edit"))
		return call_usage(call, W_DAY_WHAT);
	if (call_flag(call, "--undo") && call->ngiven > 1)
		return call_usage(call, W_DAY_UNDO);
	if (call_flag(call, "--undo"))
		return talk_order(json_pack("{s:s s:s s:b}", "do", "correct",
			"day", day, "undo", 1));
	lines = flag_lines(call);
	if (!lines)
		return edit(day);
	if (json_array_size(lines) < (size_t)call->ngiven) {
		json_decref(lines);
		return call_usage(call, W_TALK_NOT_UTF8);
	}
	return talk_order(json_pack("{s:s s:s s:o}", "do", "correct", "day",
		day, "lines", lines));
}
