/* SPDX-License-Identifier: MIT */
/*
 * A status as a line: formats with {fields}, and those of bars by their name.
 * A bar that is fed (--watch) shows the daemon's own line, which changes only
 * when something happens; a countdown goes on by the minute, here, without a
 * word to the daemon.
 */
#include "client/status-format.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/text.h"
#include "client/show.h"
#include "client/talk.h"
#include "wire/wire.h"
#include "words/words.h"

#define NONE INT64_MIN

/* --- one field at a time, for --format ------------------------------------ */

int64_t
status_end(const json_t *s)
{
	return show_int(json_object_get(s, "day"), "effective_end", NONE);
}

/* "-0:20" before the end, "+0:40" after it. */
static void
add_left(const json_t *s, struct buf *out)
{
	int64_t end = status_end(s), now = show_int(s, "now", NONE);
	char text[SHOW_TEXT];

	if (end == NONE || now == NONE)
		return;
	buf_addf(out, "%s%s", now < end ? "-" : "+",
		show_length(now < end ? end - now : now - end, text));
}

static void
add_number(const json_t *o, const char *key, struct buf *out)
{
	int64_t n = show_int(o, key, NONE);

	if (n != NONE)
		buf_addf(out, "%lld", (long long)n);
}

/* "18:00 -0:20", or the state of a day without an end. */
static void
add_line(const json_t *s, const char *key, struct buf *out)
{
	(void)key;
	if (status_end(s) == NONE) {
		show_add_string(s, "state", out);
		return;
	}
	show_add_time(json_object_get(s, "day"), "effective_end", out);
	buf_adds(out, " ");
	add_left(s, out);
}

static void
add_left_field(const json_t *s, const char *key, struct buf *out)
{
	(void)key;
	add_left(s, out);
}

/* Who holds notices: "call, dnd" as in JSON. */
static void
add_held(const json_t *s, const char *key, struct buf *out)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(s, key), i, one)
		buf_addf(out, "%s%s", i ? ", " : "", show_string(one, "what"));
}

/* What to type while a note waits to be handed back. */
static void
add_note(const json_t *s, const char *key, struct buf *out)
{
	if (show_true(s, key))
		buf_adds(out, "vesper morning");
}

static const struct field {
	const char *name;
	const char *object; /* the object it is in, NULL: the whole */
	const char *key;
	void (*add)(const json_t *o, const char *key, struct buf *out);
} fields[] = {
	{"line", NULL, NULL, add_line},
	{"state", NULL, "state", show_add_string},
	{"notice", "notice", "title", show_add_string},
	{"note", NULL, "note_waiting", add_note},
	{"held", NULL, "held", add_held},
	{"date", "day", "date", show_add_string},
	{"kind", "day", "kind", show_add_string},
	{"name", "day", "name", show_add_string},
	{"start", "day", "start", show_add_time},
	{"end", "day", "effective_end", show_add_time},
	{"left", NULL, NULL, add_left_field},
	{"regime", NULL, "regime", show_add_string},
	{"now", NULL, "now", show_add_time},
	{"worked", NULL, "worked", show_add_length},
	{"stretch", "stretch", "length", show_add_length},
	{"next", "next", "notice", show_add_string},
	{"next_at", "next", "at", show_add_time},
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

void
status_fill(const json_t *s, const char *format, struct buf *out)
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

/* What a bar shows, once and when it is fed. */
static const struct {
	const char *name, *once, *fed;
} named[] = {
	{"tmux", "{line}", "{state}"},
	{"i3blocks", "{line}\\n{line}", "{state}"}, /* whole and short */
	{"waybar", "{line}", "{state}"},
};

static const char *
resolve(const char *format, bool fed)
{
	for (size_t i = 0; i < ARRAY_SIZE(named); i++)
		if (streq(format, named[i].name))
			return fed ? named[i].fed : named[i].once;
	return format;
}

/* "2026-11-18: 09:00-18:00, until 18:00, worked 6:12" */
static void
add_tip(const json_t *s, bool fed, struct buf *out)
{
	status_fill(s, status_end(s) == NONE ? "{date}: {state}"
					     : "{date}: {start}-{end}, {state}",
		out);
	if (fed)
		return;
	buf_adds(out, ", ");
	status_fill(s, W_STATUS_WORKED, out);
}

/* Waybar's custom module: one JSON object. Its text is Pango markup, and none
 * of what can be in it needs escaping but names of days. */
static void
add_waybar(const json_t *s, bool fed, struct buf *out)
{
	AUTO_BUF struct buf line = {0}, tip = {0};
	AUTO_JSON struct json_t *o = NULL;
	AUTO_FREE char *text = NULL;

	status_fill(s, resolve("waybar", fed), &line);
	add_tip(s, fed, &tip);
	o = json_pack("{s:s, s:s, s:s}", "text", line.data ? line.data : "",
		"tooltip", tip.data ? tip.data : "", "class",
		show_string(s, "regime"));
	text = json_dumps(o, WIRE_JSON);
	buf_adds(out, text ? text : "");
}

void
status_format(const json_t *s, const char *format, bool fed, struct buf *out)
{
	if (streq(format, "waybar"))
		add_waybar(s, fed, out);
	else
		status_fill(s, resolve(format, fed), out);
}

bool
status_format_ticks(const char *format, bool fed)
{
	static const char *const ticking[] = {"{line}", "{left}", "{now}"};

	format = resolve(format, fed);
	for (size_t i = 0; i < ARRAY_SIZE(ticking); i++)
		if (strstr(format, ticking[i]))
			return true;
	return false;
}

int
status_next_tick(const json_t *s)
{
	int64_t end = status_end(s), now = show_int(s, "now", NONE);
	int64_t wait;

	if (now == NONE)
		return -1;
	wait = 60 - now % 60;
	if (end != NONE && now < end)
		wait = min64(wait, (end - now) % 60 + 1);
	else if (end != NONE)
		wait = min64(wait, 60 - (now - end) % 60);
	return (int)wait;
}
