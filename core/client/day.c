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

/* The flags as lines, or NULL when there is none. */
static json_t *
flag_lines(const struct call *call)
{
	static const char *const flags[] = {"--start", "--end", "--work",
		"--pause"};
	json_t *lines = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++) {
		const char *value = call_flag(call, flags[i]);
		AUTO_FREE char *line = NULL;

		if (!value)
			continue;
		line = xasprintf("%s %s", flags[i] + 2, value);
		lines = lines ? lines : json_array();
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
	if (call_flag(call, "--undo"))
		return talk_order(json_pack("{s:s s:s s:b}", "do", "correct",
			"day", day, "undo", 1));
	lines = flag_lines(call);
	if (!lines)
		return edit(day);
	return talk_order(json_pack("{s:s s:s s:o}", "do", "correct", "day",
		day, "lines", lines));
}
