/* SPDX-License-Identifier: MIT */
/* vesper report day: facts in the order of a day.  What could not be read is
 * named as such; a nought stands only for a counted nought. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/parse.h"
#include "base/text.h"
#include "client/commands.h"
#include "client/history.h"
#include "client/link.h"
#include "client/say.h"
#include "client/show.h"
#include "client/talk.h"
#include "words/instant.h"
#include "words/words.h"

#define NONE INT64_MIN

/* Beyond that a text shows no day by itself. */
#define BRIEF_DAYS 42

static long long
number(const json_t *o, const char *key)
{
	return (long long)show_int(o, key, 0);
}

/* A time under key; "" when there is none. */
static const char *
at(const json_t *o, const char *key, char *out)
{
	int64_t t = show_int(o, key, NONE);

	*out = '\0';
	return t == NONE ? out : show_time(t, out);
}

static void
add_head(const json_t *r, struct buf *out)
{
	bool work = streq(show_string(r, "kind"), "work");
	AUTO_BUF struct buf day = {0};
	char a[SHOW_TEXT], b[SHOW_TEXT];

	show_add_date(r, "day", &day);
	buf_addf(out, work ? W_REPORT_WORK : W_REPORT_OFF, day.data);
	if (!work)
		return;
	buf_addf(out, "%s\n", show_true(r, "closed") ? W_REPORT_CLOSED : "");
	if (show_int(r, "end", NONE) == show_int(r, "effective_end", NONE))
		buf_addf(out, W_REPORT_END, at(r, "end", a));
	else
		buf_addf(out, W_REPORT_END_MOVED, at(r, "end", a),
			at(r, "effective_end", b));
}

static void
add_work(const json_t *r, struct buf *out)
{
	char worked[SHOW_TEXT], first[SHOW_TEXT], last[SHOW_TEXT];

	if (show_int(r, "first", NONE) == NONE) {
		buf_adds(out, W_REPORT_NOTHING);
		return;
	}
	buf_addf(out, W_REPORT_WORKED,
		show_length(show_int(r, "worked", 0), worked),
		at(r, "first", first), at(r, "last", last));
	buf_addf(out, W_REPORT_LONGEST,
		show_length(show_int(r, "longest", 0), worked));
}

static void
add_breaks(const json_t *r, struct buf *out)
{
	const json_t *list = json_object_get(r, "breaks"), *one;
	char from[SHOW_TEXT], to[SHOW_TEXT];
	size_t i;

	json_array_foreach(list, i, one)
		buf_addf(out, "%s%s-%s", i ? ", " : W_REPORT_BREAKS,
			at(one, "start", from),
			show_time(show_int(one, "start", 0) +
					show_int(one, "length", 0),
				to));
	if (json_array_size(list))
		buf_adds(out, "\n");
}

static void
add_oncall(const json_t *one, struct buf *out)
{
	AUTO_FREE char *why = xstrdup(show_string(one, "why"));
	AUTO_BUF struct buf end = {0};
	bool off = json_is_true(json_object_get(one, "off"));
	char when[SHOW_TEXT];

	text_oneline(why);
	instant_add_dated(show_int(one, "at", 0),
		show_int(one, off ? "ended" : "until", 0), &end);
	buf_addf(out, W_REPORT_ONCALL, at(one, "at", when), end.data,
		*why ? ": " : "", why);
}

static void
add_extensions(const json_t *r, struct buf *out)
{
	char when[SHOW_TEXT], end[SHOW_TEXT];
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(r, "extensions"), i, one) {
		AUTO_FREE char *why = xstrdup(show_string(one, "why"));

		text_oneline(why);
		buf_addf(out, W_REPORT_EXTENSION, at(one, "at", when),
			at(one, "end", end));
		if (json_array_size(json_object_get(one, "commits")))
			buf_addf(out, W_REPORT_THROUGH,
				(long long)json_array_size(
					json_object_get(one, "commits")));
		buf_addf(out, *why ? ": %s\n" : "%s\n", why);
	}
	json_array_foreach(json_object_get(r, "promised"), i, one)
		if (streq(show_string(one, "kind"), "oncall"))
			add_oncall(one, out);
	if (json_array_size(json_object_get(r, "promised")) &&
		show_int(r, "last", NONE) != NONE)
		buf_addf(out, W_REPORT_KEPT, at(r, "last", when));
}

static void
add_corrections(const json_t *r, struct buf *out)
{
	const json_t *was = json_object_get(r, "recorded"), *one;
	char worked[SHOW_TEXT], first[SHOW_TEXT], last[SHOW_TEXT];
	size_t i;

	json_array_foreach(json_object_get(r, "corrections"), i, one)
		buf_addf(out, "%s%s", i ? ", " : W_REPORT_CORRECTED,
			show_string(one, "text"));
	if (was && show_int(was, "first", NONE) == NONE)
		buf_adds(out, W_REPORT_RECORDED_NONE);
	else if (was)
		buf_addf(out, W_REPORT_RECORDED,
			show_length(show_int(was, "worked", 0), worked),
			at(was, "first", first), at(was, "last", last));
}

static void
add_late(const json_t *one, struct buf *out)
{
	const char *subject = show_string(one, "subject");
	const char *reason = show_string(one, "reason");
	char when[SHOW_TEXT], past[SHOW_TEXT];

	buf_addf(out,
		streq(show_string(one, "event"), "push") ? W_REPORT_LATE_PUSH
							 : W_REPORT_LATE,
		at(one, "at", when), show_string(one, "project"));
	if (show_int(one, "past", 0))
		buf_addf(out, " +%s",
			show_length(show_int(one, "past", 0), past));
	buf_addf(out, *subject ? ": %s\n" : "%s\n", subject);
	if (*reason)
		buf_addf(out, W_REPORT_REASON, reason);
}

static void
add_commits(const json_t *r, struct buf *out)
{
	const json_t *one;
	size_t i;

	buf_addf(out, W_REPORT_COMMITS, number(r, "commits"));
	if (number(r, "machine_commits"))
		buf_addf(out, W_REPORT_MACHINE, number(r, "machine_commits"));
	buf_adds(out, "\n");
	json_array_foreach(json_object_get(r, "late_commits"), i, one)
		add_late(one, out);
}

/* One thing that is still open, after a comma when it is not the first. */
static bool
add_open(const json_t *o, const char *key, const char *text, bool first,
	struct buf *out)
{
	if (!number(o, key))
		return first;
	buf_adds(out, first ? W_REPORT_OPEN : ", ");
	/* the text is one of W_REPORT_*, each with one %lld */
	buf_adds(out, text);
	return false;
}

static void
add_left_open(const json_t *o, struct buf *out)
{
	static const char *const keys[] = {"dirty", "untracked", "stashes"};
	const char *state = show_string(o, "state");
	const json_t *one;
	bool first = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		AUTO_BUF struct buf text = {0};

		buf_addf(&text,
			i == 0	 ? W_REPORT_DIRTY
			: i == 1 ? W_REPORT_UNTRACKED
				 : W_REPORT_STASHES,
			number(o, keys[i]));
		first = add_open(o, keys[i], text.data, first, out);
	}
	json_array_foreach(json_object_get(o, "unpushed"), i, one) {
		AUTO_BUF struct buf text = {0};

		/* without a remote there is nowhere to push to */
		if (show_int(o, "remotes", 1) == 0)
			break;
		buf_addf(&text, W_REPORT_UNPUSHED, number(one, "commits"),
			show_string(one, "branch"));
		first = add_open(one, "commits", text.data, first, out);
	}
	if (*state && !streq(state, "none")) {
		buf_addf(out, "%s%s", first ? W_REPORT_OPEN : ", ", state);
		first = false;
	}
	if (!first)
		buf_adds(out, "\n");
}

static void
add_repository(const json_t *o, struct buf *out)
{
	const char *unread = show_string(o, "unread");
	const json_t *subject;
	size_t i;

	buf_addf(out, "\n%s\n", show_string(o, "path"));
	if (*unread)
		buf_addf(out, W_REPORT_UNREAD, unread);
	if (!json_is_integer(json_object_get(o, "commits")))
		return;
	buf_addf(out, W_REPORT_REPOSITORY, number(o, "commits"),
		number(o, "insertions"), number(o, "deletions"));
	if (number(o, "machine"))
		buf_addf(out, W_REPORT_MACHINE, number(o, "machine"));
	if (number(o, "merges"))
		buf_addf(out, W_REPORT_MERGES, number(o, "merges"));
	if (number(o, "rewritten"))
		buf_addf(out, W_REPORT_REWRITTEN, number(o, "rewritten"));
	if (number(o, "co_authored"))
		buf_addf(out, W_REPORT_SHARED, number(o, "co_authored"));
	if (number(o, "squashed"))
		buf_addf(out, W_REPORT_SQUASHED, number(o, "squashed"));
	if (number(o, "on_no_branch"))
		buf_addf(out, W_REPORT_STRAYS, number(o, "on_no_branch"));
	buf_adds(out, "\n");
	json_array_foreach(json_object_get(o, "subjects"), i, subject)
		if (json_is_string(subject))
			buf_addf(out, "    %s\n", json_string_value(subject));
	add_left_open(o, out);
}

static void
print_text(const json_t *r)
{
	AUTO_BUF struct buf out = {0};
	const json_t *one;
	size_t i;

	add_head(r, &out);
	add_work(r, &out);
	add_corrections(r, &out);
	add_breaks(r, &out);
	add_extensions(r, &out);
	add_commits(r, &out);
	json_array_foreach(json_object_get(r, "repositories"), i, one)
		add_repository(one, &out);
	say_lines(out.data);
}

/* One day with what repositories say of it. */
static int
report_one(const struct call *call, const char *which)
{
	AUTO_JSON struct json_t *reply = NULL;
	json_t *request;
	int code;

	request = json_pack("{s:s}", "get", "report");
	if (!streq(which, "day"))
		json_object_set_new(request, "day", json_string(which));
	code = talk(request, TALK_SLOW, &reply);
	if (code != EXIT_DONE)
		return code;
	if (call_flag(call, "--json")) {
		talk_print(reply);
		return EXIT_DONE;
	}
	show_zone();
	print_text(reply);
	return EXIT_DONE;
}

static int
show(const struct call *call, const struct history *h, const char *title)
{
	const char *html = call_flag(call, "--html");
	int r;

	if (html) {
		r = history_html(h, title, html);
		if (r == 0)
			return EXIT_DONE;
		say_error("%s: %s", html, strerror(-r));
		return EXIT_NO;
	}
	if (call_flag(call, "--json"))
		history_json(h);
	else if (call_flag(call, "--csv"))
		history_csv(h);
	else
		history_text(h, title);
	return EXIT_DONE;
}

static int
no_range(const struct call *call, const char *which)
{
	AUTO_FREE char *what = xasprintf(W_REPORT_WHICH, which);

	return call_usage(call, what);
}

static int
report_range(const struct call *call, const char *which)
{
	struct history h = {.project = call_flag(call, "--project")};
	AUTO_LINK struct link link = LINK_INIT;
	AUTO_FREE char *title = NULL;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	date_t today = 0;
	int code = talk_open(&link, TALK_SLOW);

	if (code != EXIT_DONE)
		return code;
	if (!parse_date(link.today, &today)) /* a daemon of before */
		today = civil_local(clock_real_ns() / NS_PER_S, NULL);
	if (!history_range(which, today, &h.from, &h.to) || h.to < h.from)
		return no_range(call, which);
	title = xasprintf(h.from == h.to ? "%s" : "%s..%s",
		civil_date_text(h.from, from), civil_date_text(h.to, to));
	h.brief = h.to - h.from >= BRIEF_DAYS &&
		!call_flag(call, "--json") && !call_flag(call, "--html");
	code = history_get(&h, &link);
	if (code == EXIT_DONE) {
		show_zone();
		code = show(call, &h, title);
	}
	history_clear(&h);
	return code;
}

int
report_command(const struct call *call)
{
	const char *which = call->nwords ? call->words[0] : "day";
	bool csv = call_flag(call, "--csv"), html = call_flag(call, "--html");
	date_t date, to;

	if ((call_flag(call, "--json") != NULL) + csv + html > 1)
		return call_usage(call, W_REPORT_ONE);
	if (!history_range(which, 0, &date, &to))
		return no_range(call, which);
	if (!csv && !html && !call_flag(call, "--project") && date == to &&
		!strstr(which, ".."))
		return report_one(call, which);
	return report_range(call, which);
}
