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
#include "client/talk.h"
#include "words/words.h"

#define NONE INT64_MIN

/* --- one field at a time, for --format ------------------------------------ */

static int64_t
end_of(const json_t *s)
{
	return show_int(json_object_get(s, "day"), "effective_end", NONE);
}

/* "-0:20" before the end, "+0:40" after it. */
static void
add_left(const json_t *s, struct buf *out)
{
	int64_t end = end_of(s), now = show_int(s, "now", NONE);
	char text[SHOW_TEXT];

	if (end == NONE || now == NONE)
		return;
	buf_addf(out, "%s%s", now < end ? "-" : "+",
		show_length(now < end ? end - now : now - end, text));
}

static void
add_time(const json_t *o, const char *key, struct buf *out)
{
	int64_t t = show_int(o, key, NONE);
	char text[SHOW_TEXT];

	if (t != NONE)
		buf_adds(out, show_time(t, text));
}

static void
add_length(const json_t *o, const char *key, struct buf *out)
{
	int64_t n = show_int(o, key, NONE);
	char text[SHOW_TEXT];

	if (n != NONE)
		buf_adds(out, show_length(n, text));
}

static void
add_string(const json_t *o, const char *key, struct buf *out)
{
	buf_adds(out, show_string(o, key));
}

static void
add_number(const json_t *o, const char *key, struct buf *out)
{
	int64_t n = show_int(o, key, NONE);

	if (n != NONE)
		buf_addf(out, "%lld", (long long)n);
}

/* "18:00 -0:20", or the regime of a day without an end. */
static void
add_line(const json_t *s, const char *key, struct buf *out)
{
	(void)key;
	if (end_of(s) == NONE) {
		add_string(s, "regime", out);
		return;
	}
	add_time(json_object_get(s, "day"), "effective_end", out);
	buf_adds(out, " ");
	add_left(s, out);
}

static void
add_left_field(const json_t *s, const char *key, struct buf *out)
{
	(void)key;
	add_left(s, out);
}

static const struct field {
	const char *name;
	const char *object; /* the object it is in, NULL: the whole */
	const char *key;
	void (*add)(const json_t *o, const char *key, struct buf *out);
} fields[] = {
	{"line", NULL, NULL, add_line},
	{"date", "day", "date", add_string},
	{"kind", "day", "kind", add_string},
	{"name", "day", "name", add_string},
	{"start", "day", "start", add_time},
	{"end", "day", "effective_end", add_time},
	{"left", NULL, NULL, add_left_field},
	{"regime", NULL, "regime", add_string},
	{"now", NULL, "now", add_time},
	{"worked", NULL, "worked", add_length},
	{"stretch", "stretch", "length", add_length},
	{"next", "next", "notice", add_string},
	{"next_at", "next", "at", add_time},
	{"extensions_left", NULL, "extensions_left", add_number},
};

static const struct field *
find_field(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (strlen(fields[i].name) == len &&
			memcmp(fields[i].name, name, len) == 0)
			return &fields[i];
	return NULL;
}

/* Fills {fields} in; one that does not exist stays as it is written. */
static void
add_format(const json_t *s, const char *format, struct buf *out)
{
	while (*format) {
		const char *end = *format == '{' ? strchr(format, '}') : NULL;
		const struct field *f = end
			? find_field(format + 1, (size_t)(end - format - 1))
			: NULL;

		if (f) {
			f->add(f->object ? json_object_get(s, f->object) : s,
				f->key, out);
			format = end + 1;
		} else if (format[0] == '\\' && format[1] == 'n') {
			buf_adds(out, "\n");
			format += 2;
		} else {
			buf_add(out, format++, 1);
		}
	}
}

/* --- formats with a name -------------------------------------------------- */

/* Waybar's custom module: one JSON object. */
static void
print_waybar(const json_t *s)
{
	AUTO_BUF struct buf line = {0}, tip = {0};
	AUTO_JSON struct json_t *o = NULL;

	add_line(s, NULL, &line);
	add_format(s, W_STATUS_TOOLTIP, &tip);
	o = json_pack("{s:s, s:s, s:s}", "text", line.data, "tooltip",
		tip.data, "class", show_string(s, "regime"));
	talk_print(o);
}

static const struct {
	const char *name, *format;
} named[] = {
	{"tmux", "{line}"},
	{"i3blocks", "{line}\\n{line}"},
};

static void
print_format(const json_t *s, const char *format)
{
	AUTO_BUF struct buf out = {0};

	if (streq(format, "waybar")) {
		print_waybar(s);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (streq(format, named[i].name))
			format = named[i].format;
	add_format(s, format, &out);
	say_text(out.data ? out.data : "");
}

/* --- for people ----------------------------------------------------------- */

static void
add_day(const json_t *s, struct buf *out)
{
	const json_t *day = json_object_get(s, "day");
	const char *name = show_string(day, "name");

	add_string(day, "date", out);
	if (!streq(show_string(day, "kind"), "work")) {
		buf_addf(out, ": %s\n", W_STATUS_OFF);
		return;
	}
	buf_adds(out, ": ");
	add_time(day, "start", out);
	buf_adds(out, "-");
	add_time(day, "end", out);
	if (*name)
		buf_addf(out, " (%s)", name);
	if (show_int(day, "effective_end", NONE) !=
		show_int(day, "end", NONE)) {
		AUTO_BUF struct buf end = {0};

		add_time(day, "effective_end", &end);
		buf_addf(out, W_STATUS_ENDS, end.data ? end.data : "");
	}
	buf_addf(out, "%s\n",
		show_true(day, "closed") ? W_STATUS_CLOSED : "");
}

static void
add_now(const json_t *s, struct buf *out)
{
	const json_t *stretch = json_object_get(s, "stretch");
	int64_t end = end_of(s), now = show_int(s, "now", NONE);
	char text[SHOW_TEXT];

	add_format(s, W_STATUS_NOW, out);
	if (end != NONE && now < end)
		buf_addf(out, W_STATUS_LEFT, show_length(end - now, text));
	else if (end != NONE)
		buf_addf(out, W_STATUS_PAST, show_length(now - end, text));
	buf_adds(out, "\n");
	add_format(s, W_STATUS_WORKED, out);
	if (json_is_object(stretch)) {
		AUTO_BUF struct buf length = {0}, limit = {0};

		add_length(stretch, "length", &length);
		add_length(stretch, "limit", &limit);
		buf_addf(out, W_STATUS_STRETCH, length.data ? length.data : "",
			limit.data ? limit.data : "");
	}
	buf_adds(out, "\n");
}

/* A line for an instant that is set: "on call until 20:00". */
static void
add_until(const json_t *s, const char *key, const char *word, struct buf *out)
{
	int64_t t = show_int(s, key, NONE);
	char text[SHOW_TEXT];

	if (t != NONE)
		buf_addf(out, "%s %s\n", word,
			show_when(show_int(s, "now", t), t, text));
}

static void
add_sources(const json_t *s, struct buf *out)
{
	const json_t *source;
	size_t i;

	json_array_foreach(json_object_get(s, "sources"), i, source) {
		buf_adds(out, i ? ", " : W_STATUS_SOURCES);
		add_string(source, "name", out);
		buf_adds(out, " ");
		add_time(source, "last", out);
	}
	if (json_array_size(json_object_get(s, "sources")))
		buf_adds(out, "\n");
}

static void
print_text(const json_t *s)
{
	const json_t *next = json_object_get(s, "next");
	AUTO_BUF struct buf out = {0};
	long long problems = (long long)show_int(s, "problems", 0);

	add_day(s, &out);
	add_now(s, &out);
	if (json_is_object(next)) {
		/* what waits for the person has no instant */
		add_format(s,
			show_int(next, "at", NONE) == NONE ? W_STATUS_NEXT
							   : W_STATUS_NEXT_AT,
			&out);
		buf_adds(&out, "\n");
	}
	add_until(s, "oncall_until", W_STATUS_ONCALL, &out);
	add_until(s, "carry_until", W_STATUS_CARRY, &out);
	add_until(s, "snooze_until", W_STATUS_SNOOZE, &out);
	add_sources(s, &out);
	if (show_true(s, "note_waiting"))
		buf_addf(&out, "%s\n", W_STATUS_NOTE);
	if (problems)
		buf_addf(&out, W_STATUS_PROBLEMS, problems);
	if (*show_string(s, "trouble"))
		buf_addf(&out, "%s\n", show_string(s, "trouble"));
	if (!streq(show_string(s, "clock"), "real"))
		buf_addf(&out, W_STATUS_CLOCK, show_string(s, "clock"));
	say_text(out.data);
}

int
status_command(const struct call *call)
{
	AUTO_JSON struct json_t *reply = NULL;
	const char *format = call_flag(call, "--format");
	int code;

	if (format && call_flag(call, "--json"))
		return call_usage(call, W_STATUS_BOTH);
	code = talk(json_pack("{s:s}", "get", "status"), TALK_ONLY, &reply);
	if (code != EXIT_DONE)
		return code;
	if (call_flag(call, "--json")) {
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
