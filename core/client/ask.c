/* SPDX-License-Identifier: MIT */
/* Questions that the daemon answers with a text of its own making. */
#include <jansson.h>
#include <stdlib.h>

#include "base/parse.h"
#include "client/commands.h"
#include "client/say.h"
#include "client/talk.h"
#include "words/words.h"

static int
ask(const struct call *call, json_t *request)
{
	AUTO_JSON struct json_t *reply = NULL;
	int code = talk(request, TALK_ONLY, &reply);
	const char *text;

	if (code != EXIT_DONE)
		return code;
	text = json_string_value(json_object_get(reply, "text"));
	if (call_flag(call, "--json") || !text)
		talk_print(reply);
	else
		say_lines(text);
	return EXIT_DONE;
}

int
plan_command(const struct call *call)
{
	const char *typed = call_flag(call, "--days");
	int64_t days = 7;

	if (typed && !parse_int(typed, 1, 366, &days))
		return call_usage(call, W_PLAN_DAYS);
	return ask(call,
		json_pack("{s:s, s:I}", "get", "plan", "days",
			(json_int_t)days));
}

int
why_command(const struct call *call)
{
	return ask(call, json_pack("{s:s}", "get", "why"));
}
