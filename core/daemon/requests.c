/* SPDX-License-Identifier: MIT */
/*
 * One table of verbs.  An answer that needs a child (what repositories say)
 * comes later; the asker is remembered by its serial, so that it may be gone
 * by then.
 */
#include "daemon/requests.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/board.h"
#include "daemon/correct.h"
#include "daemon/daemon.h"
#include "daemon/digest.h"
#include "daemon/doctor.h"
#include "daemon/git.h"
#include "daemon/holders.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/note.h"
#include "daemon/orders.h"
#include "daemon/past.h"
#include "daemon/place.h"
#include "daemon/privacy.h"
#include "daemon/report.h"
#include "daemon/server.h"
#include "daemon/spool.h"
#include "daemon/status.h"
#include "daemon/timeline.h"
#include "wire/wire.h"
#include "words/words.h"

/* Text of one line of a long answer; what JSON adds to it still fits. */
#define PIECE 1800

/* Longest name of a source of events that is kept. */
#define SOURCE_MAX 31

#define BEAT_STEP_S 0.1

/* Who asked. */
struct asker {
	uint64_t serial;
	json_t *id; /* or NULL */
};

static struct asker
asker(const struct peer *peer, const json_t *line)
{
	return (struct asker){peer->serial,
		json_incref(json_object_get(line, "id"))};
}

/* Sends the answer (taking it) and forgets the asker. */
static void
reply(struct daemon *d, struct asker a, json_t *answer)
{
	if (!answer) /* some foreign text was not fit for JSON */
		answer = json_pack("{ss}", "error", W_NO_ANSWER);
	if (a.id)
		json_object_set_new(answer, "id", a.id);
	server_send(d->server, a.serial, answer);
}

/* A text in pieces that every reader takes, all but the last with "more". */
static void
reply_text(struct daemon *d, struct asker a, json_t *last, const char *text)
{
	AUTO_FREE char *copy = xstrdup(text);
	char *piece = copy;

	while (strlen(piece) > PIECE) {
		size_t n = PIECE;
		json_t *part;

		while ((piece[n] & 0xc0) == 0x80)
			n--;
		part = json_pack("{ss% sb}", "text", piece, n, "more", 1);
		if (a.id)
			json_object_set(part, "id", a.id);
		server_send(d->server, a.serial, part);
		piece += n;
	}
	json_object_set_new(last, "text", json_string(piece));
	reply(d, a, last);
}

static const char *
text(const json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key));
}

/* --- events ----------------------------------------------------------------- */

/* Who ends without a word of what, ends with all of it. */
static void
on_holder(struct daemon *d, const char *source, const json_t *line, int64_t at)
{
	const char *by = text(line, "by");
	bool on = streq(text(line, "event"), "busy");

	if (!on && !by)
		holders_forget(d, source);
	else
		holders_set(d, source, by ? by : "", on, at);
}

static void
on_activity(struct daemon *d, const json_t *line, int64_t at)
{
	git_active(d, text(line, "project"), at);
	place_note(d, line, at);
	if (ledger_is_live(d)) /* not while the spool is read at the start */
		morning_activity(d);
}

int
requests_event(struct daemon *d, const json_t *line, int64_t at)
{
	static const char *const kinds[] = {"activity", "away", "back", "busy",
		"free"};
	const char *kind = text(line, "event"), *source = text(line, "source");
	const char *project = text(line, "project");
	AUTO_FREE char *name = xstrdup(source ? source : "");
	struct outcome out;
	int r;
	struct happening h = {
		.source = name,
		.project = privacy_project(d->config, project),
		.human = !json_is_false(json_object_get(line, "human")),
		.at = at,
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kind && streq(kind, kinds[i]))
			h.kind = kinds[i];
	if (!h.kind || (project && strlen(project) >= PATH_MAX))
		return -EINVAL;
	text_oneline(name);
	text_cut(name, SOURCE_MAX);
	if (streq(h.kind, "busy") || streq(h.kind, "free")) {
		on_holder(d, name, line, at);
		return 0;
	}
	r = ledger_record(d, &h, &out, NULL);
	if (r >= 0 && streq(h.kind, "activity") && h.human)
		on_activity(d, line, out.at);
	return r;
}

/* Commits that were made there by hand may be announced by name, too: an
 * editor's own git client. The reflog is the record, so this only rings. */
static void
on_event(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *source = text(line, "source");
	struct asker a = asker(peer, line);
	json_t *answer;
	int r;

	if (source && streq(source, "hook")) {
		answer = git_hook(d, line);
		if (a.id)
			reply(d, a, answer);
		else
			json_decref(answer); /* it has hung up */
		return;
	}
	if (json_is_string(json_object_get(line, "project")) &&
		*text(line, "project"))
		git_meet(d, text(line, "project"));
	r = requests_event(d, line, 0);
	peer->active = ledger_now(d);
	if (a.id && r == 0)
		reply(d, a, json_pack("{sb}", "ok", 1));
	else if (a.id)
		reply(d, a, json_pack("{ss}", "error",
			r == -EINVAL ? W_UNKNOWN_EVENT : W_NOT_KEPT));
}

/* --- questions --------------------------------------------------------------- */

static void
get_status(struct daemon *d, struct asker a, const json_t *line UNUSED)
{
	reply(d, a, status_json(d));
}

static void
get_why(struct daemon *d, struct asker a, const json_t *line UNUSED)
{
	reply(d, a, status_why(d));
}

static void
get_plan(struct daemon *d, struct asker a, const json_t *line)
{
	json_t *days = json_object_get(line, "days");
	int64_t n = json_is_integer(days) ? json_integer_value(days) : 7;

	if (n < 1 || n > 366)
		reply(d, a, json_pack("{ss}", "error", W_PLAN_SPAN));
	else
		reply(d, a, status_plan(d, (int)n));
}

static void
get_doctor(struct daemon *d, struct asker a, const json_t *line UNUSED)
{
	reply(d, a, doctor_checks(d));
}

/* The date asked for, or that of the day that holds; false when unreadable. */
static bool
asked_day(struct daemon *d, const json_t *line, date_t *day)
{
	struct engine_view view;
	const char *given = text(line, "day");

	if (given && streq(given, "today"))
		given = NULL;
	if (given && streq(given, "yesterday")) {
		ledger_view(d, &view);
		*day = view.day - 1;
		return true;
	}
	if (given)
		return parse_date(given, day);
	ledger_view(d, &view);
	*day = view.day;
	return true;
}

static void
bad_day(struct daemon *d, struct asker a, const json_t *line)
{
	json_t *answer = json_pack("{ss}", "error", W_DAY_UNREADABLE);

	(void)line;
	reply(d, a, answer);
}

/* A question that waits for what repositories say. */
struct later {
	struct asker asker;
	date_t day;
};

static void
report_later(struct daemon *d, json_t *repositories, void *data)
{
	struct later *later = data;
	json_t *report = report_day(d, later->day);

	report_repositories_add(report, repositories);
	reply(d, later->asker, report);
	free(later);
}

static void
get_report(struct daemon *d, struct asker a, const json_t *line)
{
	struct later *later;
	date_t day;

	if (!asked_day(d, line, &day)) {
		bad_day(d, a, line);
		return;
	}
	git_flush(d);
	later = xcalloc(1, sizeof *later);
	later->asker = a;
	later->day = day;
	digest_day(d, day, report_later, later);
}

static void
draft_later(struct daemon *d, json_t *repositories, void *data)
{
	struct later *later = data;
	AUTO_BUF struct buf draft = {0};
	AUTO_FREE char *notes = daemon_notes_path(d), *path = NULL;
	char day[CIVIL_TEXT];

	civil_date_text(later->day, day);
	path = xasprintf("%s/%s.md", notes, day);
	note_draft(d, day, repositories, &draft);
	reply_text(d, later->asker,
		json_pack("{ss ss}", "day", day, "path", path), draft.data);
	free(later);
}

static void
get_draft(struct daemon *d, struct asker a, date_t day)
{
	struct later *later = xcalloc(1, sizeof *later);

	later->asker = a;
	later->day = day;
	digest_open(d, day, draft_later, later);
}

static void
get_note(struct daemon *d, struct asker a, const json_t *line)
{
	AUTO_BUF struct buf note = {0};
	AUTO_FREE char *path = NULL;
	char name[CIVIL_TEXT];
	struct engine_view view;
	date_t day;

	if (!asked_day(d, line, &day)) {
		bad_day(d, a, line);
		return;
	}
	if (json_is_true(json_object_get(line, "draft"))) {
		get_draft(d, a, day);
		return;
	}
	civil_date_text(day, name);
	ledger_view(d, &view);
	if (json_is_true(json_object_get(line, "last")))
		note_last_day(d, view.day, name);
	if (!*name || note_read(d, name, &note, &path) < 0) {
		reply(d, a, json_pack("{ss}", "refused", W_NOTE_NONE));
		return;
	}
	reply_text(d, a, json_pack("{ss ss}", "day", name, "path", path),
		note.len ? note.data : "");
}

static void
get_history(struct daemon *d, struct asker a, const json_t *line)
{
	AUTO_BUF struct buf days = {0};
	json_t *answer = past_days(d, line, &days);

	if (days.len)
		server_send_lines(d->server, a.serial, &days);
	reply(d, a, answer);
}

static void
get_export(struct daemon *d, struct asker a, const json_t *line)
{
	AUTO_BUF struct buf events = {0};
	json_t *answer = past_export(d, line, &events);

	if (events.len)
		server_send_lines(d->server, a.serial, &events);
	reply(d, a, answer);
}

static void
get_morning(struct daemon *d, struct asker a, const json_t *line UNUSED)
{
	json_t *answer = morning_json(d);
	AUTO_FREE char *note =
		xstrdup(text(answer, "text") ? text(answer, "text") : "");

	reply_text(d, a, answer, note);
}

/* A day as text to be put right. */
static void
get_correct(struct daemon *d, struct asker a, const json_t *line)
{
	date_t day;

	if (asked_day(d, line, &day))
		reply(d, a, correct_text(d, day));
	else
		bad_day(d, a, line);
}

static const struct {
	const char *name;
	void (*run)(struct daemon *d, struct asker a, const json_t *line);
} questions[] = {
	{"history", get_history},
	{"morning", get_morning},
	{"export", get_export},
	{"correct", get_correct},
	{"status", get_status},
	{"why", get_why},
	{"plan", get_plan},
	{"report", get_report},
	{"note", get_note},
	{"doctor", get_doctor},
};

static void
on_get(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *what = text(line, "get");

	git_settle(d);
	for (size_t i = 0; i < ARRAY_SIZE(questions); i++)
		if (what && streq(what, questions[i].name)) {
			questions[i].run(d, asker(peer, line), line);
			return;
		}
	reply(d, asker(peer, line),
		json_pack("{ss}", "error", W_UNKNOWN_QUESTION));
}

/* --- orders and clocks --------------------------------------------------------- */

static void
on_do(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *order = text(line, "do");

	git_settle(d);
	reply(d, asker(peer, line), orders_do(d, order ? order : "", line));
}

static json_t *
moved(struct daemon *d, int r)
{
	if (r == -EPERM)
		return json_pack("{ss}", "error",
			"only a clock started with --clock ...,step is moved");
	if (r < 0)
		return json_pack("{ss}", "error",
			"write a length such as +10m, or an instant that is "
			"not past");
	ledger_advance(d);
	git_look(d);
	return json_pack("{sb sI}", "ok", 1, "now", (json_int_t)ledger_now(d));
}

static int
move_clock(struct daemon *d, const char *by)
{
	int64_t seconds, at;

	if (by && *by == '+' && parse_length(by + 1, &seconds))
		return timeline_move(d->time, seconds);
	if (by && parse_instant(by, &at) && at >= 0)
		return timeline_move(d->time, at - ledger_now(d));
	return -EINVAL;
}

static int
suspend(struct daemon *d, const char *for_)
{
	int64_t seconds;

	if (!for_ || !parse_length(for_, &seconds))
		return -EINVAL;
	return timeline_suspend(d->time, seconds);
}

static int
set_clock(struct daemon *d, const json_t *value)
{
	const char *instant = json_string_value(value);
	int64_t at = json_integer_value(value);

	if (!json_is_integer(value) && (!instant || !parse_instant(instant, &at)))
		return -EINVAL;
	return timeline_set(d->time, at);
}

static int
set_zone(struct daemon *d, const char *zone)
{
	if (!streq(timeline_kind(d->time), "step"))
		return -EPERM;
	return zone ? daemon_set_zone(d, zone) : -EINVAL;
}

static void
on_clock(struct daemon *d, struct peer *peer, const json_t *line)
{
	int r;

	git_flush(d);
	if (json_object_get(line, "clock"))
		r = move_clock(d, text(line, "clock"));
	else if (json_object_get(line, "suspend"))
		r = suspend(d, text(line, "suspend"));
	else if (json_object_get(line, "set"))
		r = set_clock(d, json_object_get(line, "set"));
	else
		r = set_zone(d, text(line, "zone"));
	reply(d, asker(peer, line), moved(d, r));
}

/* --- hello ----------------------------------------------------------------------- */

/* How often an editor reports while there is activity, in real seconds. Where
 * time stands still in between there is nothing to be gained by waiting. */
static double
beat(struct daemon *d)
{
	double lull = (double)d->config->rules.lull;

	if (streq(timeline_kind(d->time), "step"))
		return BEAT_STEP_S;
	return (lull / 3 < 20 ? lull / 3 : 20) / timeline_factor(d->time);
}

static void
greet(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *as = text(line, "as");
	json_t *answer;

	peer->hello = true;
	snprintf(peer->as, sizeof peer->as, "%s", as ? as : "");
	peer->editor = streq(peer->as, "vim") || streq(peer->as, "nvim");
	peer->subscribed = json_is_true(json_object_get(line, "subscribe"));
	peer->active = INT64_MIN;
	answer = json_pack("{si ss sf sI ss}", "hello", WIRE_PROTOCOL,
		"version", VESPER_VERSION, "every", beat(d), "now",
		(json_int_t)ledger_now(d), "clock", timeline_kind(d->time));
	server_send(d->server, peer->serial, answer);
}

/* A newcomer learns where things stand. */
static void
welcome(struct daemon *d, uint64_t serial)
{
	json_t *notice = d->config->editor ? board_current(d) : NULL;

	server_send(d->server, serial, status_line(d));
	if (notice)
		server_send(d->server, serial, notice);
	spool_drain(d);
}

static void
on_hello(struct daemon *d, struct peer *peer, const json_t *line)
{
	json_t *version = json_object_get(line, "hello");

	if (json_integer_value(version) != WIRE_PROTOCOL) {
		server_send(d->server, peer->serial,
			json_pack("{ss si}", "error", W_OTHER_PROTOCOL, "hello",
				WIRE_PROTOCOL));
		server_drop(d->server, peer->serial);
		return;
	}
	greet(d, peer, line);
	if (peer->subscribed)
		welcome(d, peer->serial);
}

static const struct {
	const char *key;
	void (*run)(struct daemon *d, struct peer *peer, const json_t *line);
} verbs[] = {
	{"event", on_event},
	{"do", on_do},
	{"get", on_get},
	{"clock", on_clock},
	{"suspend", on_clock},
	{"set", on_clock},
	{"zone", on_clock},
};

void
requests_line(void *data, struct peer *peer, json_t *line)
{
	struct daemon *d = data;
	bool hello = json_object_get(line, "hello") != NULL;

	/* A hook's one line is hello and event at once; it reads one answer. */
	if (hello && json_object_get(line, "event")) {
		peer->hello = true;
	} else if (hello) {
		on_hello(d, peer, line);
		return;
	}
	if (!peer->hello) {
		reply(d, asker(peer, line),
			json_pack("{ss}", "error", W_HELLO_FIRST));
		server_drop(d->server, peer->serial);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (json_object_get(line, verbs[i].key)) {
			verbs[i].run(d, peer, line);
			return;
		}
	reply(d, asker(peer, line),
		json_pack("{ss}", "error", W_UNKNOWN_VERB));
}
