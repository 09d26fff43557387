/* SPDX-License-Identifier: MIT */
/* One table of verbs: what a line can be, and who takes it. */
#include "daemon/requests.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/answer.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/git.h"
#include "daemon/holders.h"
#include "daemon/ledger.h"
#include "daemon/members.h"
#include "daemon/morning.h"
#include "daemon/orders.h"
#include "daemon/place.h"
#include "daemon/privacy.h"
#include "daemon/questions.h"
#include "daemon/reply.h"
#include "daemon/server.h"
#include "daemon/sight.h"
#include "daemon/spool.h"
#include "daemon/status.h"
#include "daemon/timeline.h"
#include "wire/wire.h"
#include "words/words.h"

/* Longest name of a source of events that is kept. */
#define SOURCE_MAX 31

#define BEAT_STEP_S 0.1

/* --- events --------------------------------------------------------------- */

/* Who ends without a word of what, ends with all of it. */
static void
on_holder(struct daemon *d, const char *source, const json_t *line, int64_t at)
{
	const char *by = line_text(line, "by");
	bool on = streq(line_text(line, "event"), "busy");

	if (!on && !by)
		holders_forget(d, source);
	else
		holders_set(d, source, by ? by : "", on, at);
}

static void
on_activity(struct daemon *d, const json_t *line, int64_t at)
{
	git_active(d, line_text(line, "project"), at);
	place_note(d, line, at);
	if (ledger_is_live(d)) /* not while the spool is read at the start */
		morning_activity(d);
}

int
requests_event(struct daemon *d, const json_t *line, int64_t at)
{
	static const char *const kinds[] = {"activity", "away", "back", "busy",
		"free"};
	const char *kind = line_text(line, "event");
	const char *source = line_text(line, "source");
	const char *project = line_text(line, "project");
	AUTO_FREE char *name = xstrdup(source ? source : "");
	AUTO_FREE char *kept = privacy_project(d->config, project);
	struct outcome out;
	int r;
	struct happening h = {
		.source = name,
		.project = kept,
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
	const char *source = line_text(line, "source");
	struct asker a = asker(peer, line);
	json_t *answer;
	int r;

	if (source && streq(source, "hook")) {
		gather_settle(d);
		answer = git_hook(d, line);
		git_put_on_slip(d); /* a kill may follow the answer at once */
		if (a.id)
			reply(d, a, answer);
		else
			json_decref(answer); /* it has hung up */
		if (json_object_get(line, "hello"))
			server_drop(d->server, a.serial); /* that was all */
		return;
	}
	if (json_is_string(json_object_get(line, "project")) &&
		*line_text(line, "project"))
		git_meet(d, line_text(line, "project"));
	gather_event(d);
	/* before what it leads to, which is shown where somebody works */
	if (!json_is_false(json_object_get(line, "human")))
		peer->active = ledger_now(d);
	r = requests_event(d, line, 0);
	gather_answer(d, a, r);
}

/* --- orders, questions and clocks ----------------------------------------- */

static void
on_do(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *order = line_text(line, "do");

	git_settle(d);
	reply(d, asker(peer, line), orders_do(d, order ? order : "", line));
}

static json_t *
moved(struct daemon *d, int r)
{
	if (r == -EPERM)
		return answer_error(W_CLOCK_NO_STEP);
	if (r == -ENOENT)
		return answer_error(W_CLOCK_ZONE);
	if (r < 0)
		return answer_error(W_CLOCK_HOW);
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
	return zone && daemon_set_zone(d, zone) == 0 ? 0 : -ENOENT;
}

static void
on_clock(struct daemon *d, struct peer *peer, const json_t *line)
{
	int r;

	git_flush(d);
	if (json_object_get(line, "clock"))
		r = move_clock(d, line_text(line, "clock"));
	else if (json_object_get(line, "suspend"))
		r = suspend(d, line_text(line, "suspend"));
	else if (json_object_get(line, "set"))
		r = set_clock(d, json_object_get(line, "set"));
	else
		r = set_zone(d, line_text(line, "zone"));
	reply(d, asker(peer, line), moved(d, r));
}

/* --- hello ---------------------------------------------------------------- */

/* How often an editor reports while there is activity, in real seconds, of
 * which thousandths are enough. Where time stands still in between there is
 * nothing to be gained by waiting. */
static double
beat(struct daemon *d)
{
	/* without a lull there is none to be missed */
	double lull = d->config->rules.lull ? (double)d->config->rules.lull : 60;
	double every;

	if (streq(timeline_kind(d->time), "step"))
		return BEAT_STEP_S;
	every = (lull / 3 < 20 ? lull / 3 : 20) / timeline_factor(d->time);
	return (double)max64((int64_t)(every * 1000), 1) / 1000;
}

static void
greet(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *as = line_text(line, "as");
	struct engine_view view;
	char today[CIVIL_TEXT];
	json_t *answer;

	ledger_view(d, &view);
	peer->hello = true;
	snprintf(peer->as, sizeof peer->as, "%s", as ? as : "");
	peer->editor = streq(peer->as, "vim") || streq(peer->as, "nvim");
	peer->subscribed = json_is_true(json_object_get(line, "subscribe"));
	peer->active = INT64_MIN;
	sight_let_in(d, peer->as);
	answer = json_pack("{si ss sf sI ss ss}", "hello", WIRE_PROTOCOL,
		"version", VESPER_VERSION, "every", beat(d), "now",
		(json_int_t)ledger_now(d), "today",
		civil_date_text(view.day, today), "clock",
		timeline_kind(d->time));
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
		const char *as = line_text(line, "as");

		sight_turned_away(d, as ? as : "", json_integer_value(version));
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
	{"get", questions_get},
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
	struct err err;

	if (!hello && !peer->hello) {
		reply_refusal(d, asker(peer, line), W_HELLO_FIRST);
		server_drop(d->server, peer->serial);
		return;
	}
	if (members_check(line, &err) < 0) {
		reply_refusal(d, asker(peer, line), err.text);
		return;
	}
	/* A hook's one line is hello and event at once; it reads one answer. */
	if (hello && !json_object_get(line, "event")) {
		on_hello(d, peer, line);
		return;
	}
	peer->hello = true;
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
		if (json_object_get(line, verbs[i].key)) {
			if (verbs[i].run != on_event) {
				gather_settle(d); /* in order */
				place_settle(d);
			}
			verbs[i].run(d, peer, line);
			return;
		}
	reply_refusal(d, asker(peer, line), W_UNKNOWN_VERB);
}
