/* SPDX-License-Identifier: MIT */
/*
 * Headings are underlined, because '#' begins a comment.  Each open thing has
 * an arrow below it, for one sentence: a plan with where, when and how is what
 * lets a head stop thinking of it.  Arrows left empty are not kept.
 */
#include "daemon/draft.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/place.h"
#include "daemon/reply.h"
#include "daemon/report.h"
#include "store/facts.h"
#include "words/instant.h"
#include "words/words.h"

#define FILES_NAMED 6
#define ARROW "  ->"

static void
heading(const char *words, struct buf *out)
{
	buf_addf(out, "%s\n", words);
	for (const char *s = words; *s; s++)
		if ((*s & 0xc0) != 0x80) /* not within a character */
			buf_adds(out, "-");
	buf_adds(out, "\n");
}

/* The name of the directory a repository is in; borrowed until the next
 * call. */
static const char *
name_of(const json_t *repository)
{
	static char name[256];
	const char *path = line_string(repository, "path"), *slash;
	size_t n = strlen(path);

	if (n > 5 && streq(path + n - 5, "/.git"))
		n -= 5;
	slash = memrchr(path, '/', n);
	if (slash && slash[1] && slash + 1 < path + n) {
		n -= (size_t)(slash + 1 - path);
		path = slash + 1;
	}
	snprintf(name, sizeof name, "%.*s", (int)n, n ? path : "?");
	return name;
}

/* --- done ----------------------------------------------------------------------- */

static void
done(const json_t *repositories, struct buf *out)
{
	const json_t *repository, *subject;
	size_t i, j;

	heading(W_DRAFT_DONE, out);
	json_array_foreach(repositories, i, repository) {
		json_t *subjects = json_object_get(repository, "subjects");

		if (!json_array_size(subjects))
			continue;
		buf_addf(out, "\n%s:\n", name_of(repository));
		json_array_foreach(subjects, j, subject)
			buf_addf(out, "- %s\n",
				json_string_value(subject) ?: "?");
	}
	buf_adds(out, "\n");
}

/* --- open ------------------------------------------------------------------------ */

/* One open thing, with room for a sentence. */
static void
item(const char *where, const char *what, struct buf *out)
{
	AUTO_FREE char *line = xasprintf("%s: %s", where, what);

	text_oneline(line);
	buf_addf(out, "- [ ] %s\n" ARROW " \n", line);
}

static void
open_files(const json_t *repository, struct buf *out)
{
	json_t *files = json_object_get(repository, "files"), *file;
	AUTO_BUF struct buf names = {0};
	AUTO_FREE char *what = NULL;
	long long all = line_number(repository, "dirty") +
		line_number(repository, "untracked");
	size_t i;

	json_array_foreach(files, i, file) {
		if (i == FILES_NAMED)
			break;
		buf_addf(&names, "%s%s", i ? ", " : "",
			json_string_value(file) ?: "?");
	}
	if (!names.len)
		return;
	if (all > (long long)i)
		buf_addf(&names, W_DRAFT_MORE, (int)(all - (long long)i));
	what = xasprintf(W_DRAFT_CHANGED, names.data);
	item(name_of(repository), what, out);
}

/* Without a remote there is nowhere to push to. */
static void
open_branches(const json_t *repository, struct buf *out)
{
	json_t *list = json_object_get(repository, "unpushed"), *branch;
	json_t *remotes = json_object_get(repository, "remotes");
	size_t i;

	if (json_is_integer(remotes) && json_integer_value(remotes) == 0)
		return;
	json_array_foreach(list, i, branch) {
		bool never = !json_is_string(
			json_object_get(branch, "upstream"));
		const char *name = line_string(branch, "branch");
		long long n = line_number(branch, "commits");
		AUTO_FREE char *what = never
			? xasprintf(W_DRAFT_NEVER_PUSHED(n), name, n)
			: xasprintf(W_DRAFT_UNPUSHED, name, n);

		item(name_of(repository), what, out);
	}
}

static void
open_rest(const json_t *repository, struct buf *out)
{
	int stashes = (int)line_number(repository, "stashes_today");
	const char *state = line_string(repository, "state");
	const char *unread = line_string(repository, "unread");

	if (stashes > 0) {
		AUTO_FREE char *what = xasprintf(W_DRAFT_STASHED, stashes);

		item(name_of(repository), what, out);
	}
	if (*state && !streq(state, "none")) {
		AUTO_FREE char *what = xasprintf(W_DRAFT_STATE, state);

		item(name_of(repository), what, out);
	}
	if (*unread) {
		AUTO_FREE char *what = xasprintf(W_DRAFT_UNREAD, unread);

		item(name_of(repository), what, out);
	}
}

static void
open_todos(const json_t *repository, struct buf *out)
{
	json_t *list = json_object_get(repository, "todos"), *todo;
	size_t i;

	json_array_foreach(list, i, todo) {
		AUTO_FREE char *what = xasprintf("%s:%lld: %s",
			line_string(todo, "file"), line_number(todo, "line"),
			line_string(todo, "text"));

		item(name_of(repository), what, out);
	}
}

static void
open_place(void *data, const struct store_place *place)
{
	AUTO_FREE char *line = xasprintf(W_DRAFT_PLACE, place->source,
		place->file, place->line);

	text_oneline(line);
	buf_addf(data, "- [ ] %s\n" ARROW " \n", line);
}

static void
open_all(struct daemon *d, const char *day, const json_t *repositories,
	struct buf *out)
{
	const json_t *repository;
	size_t i;

	heading(W_DRAFT_OPEN, out);
	buf_addf(out, "%s\n\n", W_DRAFT_OPEN_HELP);
	json_array_foreach(repositories, i, repository) {
		open_files(repository, out);
		open_branches(repository, out);
		open_rest(repository, out);
		open_todos(repository, out);
	}
	place_each(d, day, open_place, out);
	buf_adds(out, "\n");
}

/* --- extensions and on-call times --------------------------------------------------- */

static void
promise(const json_t *one, struct buf *out)
{
	const char *why = line_string(one, "why");
	int64_t made = line_number(one, "at");
	AUTO_BUF struct buf until = {0};
	bool off = json_is_true(json_object_get(one, "off"));
	char at[CIVIL_TEXT];

	civil_time_text(made, at);
	instant_add_dated(made, line_number(one, off ? "ended" : "until"),
		&until);
	if (streq(line_string(one, "kind"), "oncall"))
		buf_addf(out, W_DRAFT_ONCALL, at, until.data,
			*why ? ", " : "", why);
	else
		buf_addf(out, W_DRAFT_EXTENDED, at, until.data,
			*why ? ", " : "", why);
}

static void
promised(struct daemon *d, const char *day, struct buf *out)
{
	json_t *report, *list, *one, *last;
	char at[CIVIL_TEXT];
	date_t date;
	size_t i;

	if (!parse_date(day, &date))
		return;
	report = report_day(d, date);
	list = json_object_get(report, "promised");
	last = json_object_get(report, "last");
	if (json_array_size(list)) {
		heading(W_DRAFT_PROMISED, out);
		buf_adds(out, "\n");
		json_array_foreach(list, i, one)
			promise(one, out);
		if (json_is_integer(last))
			buf_addf(out, W_DRAFT_ENDED,
				civil_time_text(json_integer_value(last), at));
		buf_adds(out, "\n");
	}
	json_decref(report);
}

void
draft_compose(struct daemon *d, const char *day,
	const struct json_t *repositories, struct buf *out)
{
	done(repositories, out);
	open_all(d, day, repositories, out);
	promised(d, day, out);
	heading(W_DRAFT_FIRST, out);
	buf_adds(out, "\n\n");
	heading(W_DRAFT_ELSE, out);
	buf_adds(out, "\n\n");
}

/* --- what of it is kept ----------------------------------------------------------------- */

static size_t
line_length(const char *s)
{
	return strcspn(s, "\n");
}

static const char *
next_line(const char *s)
{
	s += line_length(s);
	return *s ? s + 1 : s;
}

static bool
is_blank(const char *s)
{
	return strspn(s, " \t\r") >= line_length(s);
}

static bool
is_empty_arrow(const char *s)
{
	s += strspn(s, " \t");
	return starts_with(s, "->") && is_blank(s + 2);
}

/* "Words" above a line of at least three '-'. */
static bool
is_heading(const char *s)
{
	const char *below = next_line(s);
	size_t n = strspn(below, "-");

	return !is_blank(s) && *s != '-' && n >= 3 && n == line_length(below);
}

/* Where the next heading or the end is, and whether all before it is blank or
 * an empty arrow. */
static const char *
section_end(const char *s, bool *empty)
{
	*empty = true;
	for (; *s && !is_heading(s); s = next_line(s))
		*empty &= is_blank(s) || is_empty_arrow(s);
	return s;
}

char *
draft_clean(const char *text)
{
	struct buf out = {0};

	while (*text) {
		const char *next = next_line(text);

		if (is_heading(text)) {
			const char *body = next_line(next), *end;
			bool empty;

			end = section_end(body, &empty);
			if (empty) {
				text = end;
				continue;
			}
		}
		if (!is_empty_arrow(text))
			buf_add(&out, text, (size_t)(next - text));
		text = next;
	}
	return buf_steal(&out);
}
