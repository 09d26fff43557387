/* SPDX-License-Identifier: MIT */
/* Everything that was recorded, page by page, so that neither side ever holds
 * all of it; and its opposite. */
#include <jansson.h>
#include <stdio.h>

#include "client/commands.h"
#include "client/history.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/words.h"

static int
export_events(void)
{
	json_t *from = json_null();
	int code;

	do {
		AUTO_JSON struct json_t *reply = NULL;

		code = talk(json_pack("{s:s s:o}", "get", "export", "from",
				    from),
			TALK_START | TALK_SLOW, &reply);
		if (code != EXIT_DONE)
			return code;
		fputs(show_string(reply, "lines"), stdout);
		from = json_incref(json_object_get(reply, "next"));
	} while (from && !ferror(stdout));
	json_decref(from);
	return EXIT_DONE;
}

int
export_command(const struct call *call)
{
	struct history h = {.from = HISTORY_FIRST, .to = HISTORY_LAST};
	int code;

	if (call_flag(call, "--json") && call_flag(call, "--csv"))
		return call_usage(call, W_EXPORT_BOTH);
	if (!call_flag(call, "--csv"))
		return export_events();
	code = history_get(&h);
	if (code == EXIT_DONE) {
		show_zone();
		history_csv(&h);
	}
	history_clear(&h);
	return code;
}

int
forget_command(const struct call *call)
{
	const char *before = call_flag(call, "--before");
	const char *project = call_flag(call, "--project");

	if (!before == !project)
		return call_usage(call, W_FORGET_WHICH);
	return talk_order(json_pack("{s:s s:s}", "do", "forget",
		before ? "before" : "project", before ? before : project));
}
