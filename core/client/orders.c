/* SPDX-License-Identifier: MIT */
/*
 * Orders go to the daemon as they were typed: it knows what "until 18:45"
 * means on its clock and in its day, and it says what it understood.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>

#include "client/commands.h"
#include "client/link.h"
#include "client/pacer.h"
#include "client/say.h"
#include "client/talk.h"
#include "words/words.h"

/* Under which key the words of an order are sent; "when" unless said here. */
static const struct {
	const char *command, *key;
} keys[] = {
	{"off", "dates"},
	{"today", "window"},
};

static const char *
words_key(const char *command)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (streq(keys[i].command, command))
			return keys[i].key;
	return "when";
}

/* The pacer comes before what will be granted; a refusal comes at once. */
static int
extend(json_t *request)
{
	AUTO_JSON struct json_t *reply = NULL;
	int code = EXIT_DONE;

	if (pacer_is_due()) {
		code = talk(json_pack("{s:s s:O}", "get", "extend", "when",
				    json_object_get(request, "when")),
			TALK_ONLY, &reply);
		if (code == EXIT_DONE && !pacer_breathe())
			code = EXIT_NO;
	}
	if (code == EXIT_DONE)
		return talk_order(request);
	json_decref(request);
	return code;
}

int
order_command(const struct call *call)
{
	AUTO_FREE char *words = call_text(call);
	const char *name = call->command->name;
	const char *why = call_flag(call, "-m");
	json_t *request = json_pack("{s:s}", "do", name);

	if (*words && json_object_set_new(request, words_key(name),
			      json_string(words)) < 0)
		goto not_utf8;
	if (why && json_object_set_new(request, "why", json_string(why)) < 0)
		goto not_utf8;
	if (call_flag(call, "--undo"))
		json_object_set_new(request, "undo", json_true());
	return streq(name, "extend") ? extend(request) : talk_order(request);
not_utf8:
	json_decref(request);
	return call_usage(call, W_TALK_NOT_UTF8);
}

int
stop_command(const struct call *call)
{
	(void)call;
	return talk_stop();
}

int
start_command(const struct call *call)
{
	AUTO_LINK struct link link = LINK_INIT;
	struct err err;
	bool started;

	(void)call;
	if (link_start(&link, &started, &err) != 0) {
		say_error("%s", err.text);
		return EXIT_NONE;
	}
	say_text(started ? W_STARTED : W_RUNS);
	return EXIT_DONE;
}
