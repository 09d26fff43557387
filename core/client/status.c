/* SPDX-License-Identifier: MIT */
/*
 * vesper status: never starts a daemon, since a status bar asks every few
 * seconds, and somebody who stopped Vesper wants it stopped.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/commands.h"
#include "client/say.h"
#include "client/show.h"
#include "client/status-format.h"
#include "client/status-watch.h"
#include "client/talk.h"
#include "words/instant.h"
#include "words/words.h"

#define NONE INT64_MIN

static void
add_day(const json_t *s, struct buf *out)
{
	const json_t *day = json_object_get(s, "day");
	const char *name = show_string(day, "name");

	show_add_date(day, "date", out);
	if (!streq(show_string(day, "kind"), "work")) {
		buf_addf(out, ": %s\n", W_STATUS_OFF);
		return;
	}
	buf_adds(out, ": ");
	show_add_time(day, "start", out);
	buf_adds(out, "-");
	show_add_time(day, "end", out);
	if (*name)
		buf_addf(out, " (%s)", name);
	if (show_int(day, "effective_end", NONE) !=
		show_int(day, "end", NONE)) {
		AUTO_BUF struct buf end = {0};

		show_add_time(day, "effective_end", &end);
		buf_addf(out, W_STATUS_ENDS, end.data ? end.data : "");
	}
	buf_addf(out, "%s\n",
		show_true(day, "closed") ? W_STATUS_CLOSED : "");
}

static void
add_now(const json_t *s, struct buf *out)
{
	const json_t *stretch = json_object_get(s, "stretch");
	int64_t end = status_end(s), now = show_int(s, "now", NONE);
	char text[SHOW_TEXT];

	status_fill(s, W_STATUS_NOW, out);
	/* what else can hold, other lines tell */
	if (streq(show_string(s, "regime"), "protected"))
		buf_addf(out, ", %s", show_string(s, "state"));
	if (end != NONE && now < end)
		buf_addf(out, W_STATUS_LEFT, show_length(end - now, text));
	else if (end != NONE)
		buf_addf(out, W_STATUS_PAST, show_length(now - end, text));
	buf_adds(out, "\n");
	status_fill(s, W_STATUS_WORKED, out);
	if (json_is_object(stretch))
		buf_addf(out, W_STATUS_STRETCH,
			show_length(show_int(stretch, "length", 0), text));
	buf_adds(out, "\n");
}

/* What is due already waits for a pause, or for the person: no instant. */
static void
add_next(const json_t *s, struct buf *out)
{
	const json_t *next = json_object_get(s, "next");
	int64_t now = show_int(s, "now", NONE), at;

	if (!json_is_object(next))
		return;
	at = show_int(next, "at", NONE);
	buf_addf(out, W_STATUS_NEXT, words_notice(show_string(next, "notice")));
	if (at > now) {
		buf_adds(out, ", ");
		instant_add(now, at, out);
	}
	buf_adds(out, "\n");
}

/* A line for an instant that is set: "on call until 20:00". */
static void
add_until(const json_t *s, const char *key, const char *word, struct buf *out)
{
	int64_t t = show_int(s, key, NONE);

	if (t == NONE)
		return;
	buf_addf(out, "%s ", word);
	instant_add(show_int(s, "now", t), t, out);
	buf_adds(out, "\n");
}

static void
add_sources(const json_t *s, struct buf *out)
{
	int64_t now = show_int(s, "now", NONE);
	const json_t *source;
	size_t i;

	json_array_foreach(json_object_get(s, "sources"), i, source) {
		buf_adds(out, i ? ", " : W_STATUS_SOURCES);
		show_add_string(source, "name", out);
		buf_adds(out, " ");
		instant_add(now, show_int(source, "last", now), out);
	}
	if (json_array_size(json_object_get(s, "sources")))
		buf_adds(out, "\n");
}

static void
add_unseen(const json_t *s, struct buf *out)
{
	const json_t *sentence;
	size_t i;

	json_array_foreach(json_object_get(s, "unseen"), i, sentence)
		buf_addf(out, "%s\n", json_string_value(sentence));
}

static void
print_text(const json_t *s)
{
	AUTO_BUF struct buf out = {0};
	long long problems = (long long)show_int(s, "problems", 0);

	add_day(s, &out);
	add_now(s, &out);
	add_next(s, &out);
	add_until(s, "oncall_until", W_STATUS_ONCALL, &out);
	add_until(s, "carry_until", W_STATUS_CARRY, &out);
	add_until(s, "snooze_until", W_STATUS_SNOOZE, &out);
	add_sources(s, &out);
	if (json_array_size(json_object_get(s, "held"))) {
		status_fill(s, W_STATUS_HELD, &out);
		buf_adds(&out, "\n");
	}
	if (show_true(s, "note_waiting"))
		buf_addf(&out, "%s\n", W_STATUS_NOTE);
	if (problems)
		buf_addf(&out, W_STATUS_PROBLEMS, problems);
	add_unseen(s, &out);
	if (*show_string(s, "trouble"))
		buf_addf(&out, "%s\n", show_string(s, "trouble"));
	if (!streq(show_string(s, "clock"), "real"))
		buf_addf(&out, W_STATUS_CLOCK, show_string(s, "clock"));
	say_lines(out.data);
}

static void
print_format(const json_t *s, const char *format)
{
	AUTO_BUF struct buf out = {0};

	status_format(s, format, false, &out);
	say_text(out.data ? out.data : "");
}

int
status_command(const struct call *call)
{
	AUTO_JSON struct json_t *reply = NULL;
	const char *format = call_flag(call, "--format");
	bool json = call_flag(call, "--json") != NULL;
	int code;

	if (format && json)
		return call_usage(call, W_STATUS_BOTH);
	if (call_flag(call, "--watch"))
		return status_watch(json ? NULL : format ? format : "{state}",
			call_flag(call, "--notices") != NULL);
	if (call_flag(call, "--notices"))
		return call_usage(call, W_STATUS_NOTICES);
	code = talk(json_pack("{s:s}", "get", "status"), TALK_ONLY, &reply);
	if (code != EXIT_DONE)
		return code;
	if (json) {
		talk_print(reply);
		return EXIT_DONE;
	}
	show_zone();
	if (format)
		print_format(reply, format);
	else
		print_text(reply);
	return EXIT_DONE;
}
