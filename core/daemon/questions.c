/* SPDX-License-Identifier: MIT */
/* One table of questions: what `get` can name, and who answers it. */
#include "daemon/questions.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/answer.h"
#include "daemon/amend.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/digest.h"
#include "daemon/export.h"
#include "daemon/doctor.h"
#include "daemon/git.h"
#include "daemon/ledger.h"
#include "daemon/morning.h"
#include "daemon/note.h"
#include "daemon/orders.h"
#include "daemon/past.h"
#include "daemon/reply.h"
#include "daemon/report.h"
#include "daemon/rollup.h"
#include "daemon/server.h"
#include "daemon/status.h"
#include "words/words.h"

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
		reply_refusal(d, a, W_PLAN_SPAN);
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
	const char *given = line_text(line, "day");

	ledger_view(d, &view);
	if (given)
		return parse_day(given, view.day, day);
	*day = view.day;
	return true;
}

/* A question that waits: for what repositories say, or for sums. */
struct later {
	struct asker asker;
	date_t day;
	json_t *said; /* by the repositories, or by who asks */
};

static void
report_now(struct daemon *d, void *data)
{
	struct later *later = data;
	json_t *report = report_day(d, later->day);

	report_repositories_add(report, later->said);
	reply(d, later->asker, report);
	json_decref(later->said);
	free(later);
}

static void
report_later(struct daemon *d, json_t *repositories, void *data)
{
	struct later *later = data;

	later->said = json_incref(repositories);
	rollup_wait(d, report_now, later);
}

static void
get_report(struct daemon *d, struct asker a, const json_t *line)
{
	struct later *later;
	date_t day;

	if (!asked_day(d, line, &day)) {
		reply_refusal(d, a, W_DAY_UNREADABLE);
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
	int base;

	civil_date_text(later->day, day);
	path = xasprintf("%s/%s.md", notes, day);
	base = note_draft(d, day, repositories, &draft);
	reply_text(d, later->asker,
		json_pack("{ss ss si}", "day", day, "path", path, "base", base),
		draft.data);
	free(later);
}

static void
get_draft(struct daemon *d, struct asker a, date_t day)
{
	struct later *later = xcalloc(1, sizeof *later);
	struct engine_view view;

	later->asker = a;
	later->day = day;
	ledger_view(d, &view);
	if (day == view.day) { /* who writes its note needs no notice over it */
		board_read(d, NOTICE_MERGE);
		board_read(d, NOTICE_LATE);
	}
	digest_open(d, day, draft_later, later);
}

static void
get_note(struct daemon *d, struct asker a, const json_t *line)
{
	AUTO_BUF struct buf note = {0};
	AUTO_FREE char *path = NULL;
	char name[CIVIL_TEXT];
	struct engine_view view;
	bool last = json_is_true(json_object_get(line, "last"));
	struct err err;
	date_t day;
	int r;

	if (!asked_day(d, line, &day)) {
		reply_refusal(d, a, W_DAY_UNREADABLE);
		return;
	}
	if (json_is_true(json_object_get(line, "draft"))) {
		get_draft(d, a, day);
		return;
	}
	civil_date_text(day, name);
	ledger_view(d, &view);
	if (last)
		note_last_day(d, view.day + 1, name);
	r = *name ? note_read(d, name, &note, &path) : -ENOENT;
	if (r == -ENOENT)
		err_set(&err, r, "%s", last ? W_NOTE_NONE_YET : W_NOTE_NONE);
	else if (r < 0)
		err_errno(&err, -r, W_NOTE_READ, path);
	if (r < 0) {
		reply(d, a, answer_refused(err.text));
		return;
	}
	reply_text(d, a, json_pack("{ss ss}", "day", name, "path", path),
		note.len ? note.data : "");
}

static void
history_later(struct daemon *d, void *data)
{
	struct later *later = data;
	AUTO_FREE char *mark = reply_mark(&later->asker);
	AUTO_BUF struct buf days = {0};
	json_t *answer = past_days(d, later->said, mark, &days);

	if (days.len)
		server_send_lines(d->server, later->asker.serial, &days);
	reply(d, later->asker, answer);
	json_decref(later->said);
	free(later);
}

static void
get_history(struct daemon *d, struct asker a, const json_t *line)
{
	struct later *later = xcalloc(1, sizeof *later);

	later->asker = a;
	later->said = json_deep_copy(line);
	rollup_wait(d, history_later, later);
}

static void
get_export(struct daemon *d, struct asker a, const json_t *line)
{
	AUTO_FREE char *mark = reply_mark(&a);
	AUTO_BUF struct buf events = {0};
	json_t *answer = export_page(d, line, mark, &events);

	if (events.len)
		server_send_lines(d->server, a.serial, &events);
	reply(d, a, answer);
}

static void
get_morning(struct daemon *d, struct asker a, const json_t *line UNUSED)
{
	json_t *answer = morning_json(d);
	AUTO_FREE char *note =
		xstrdup(line_text(answer, "text") ? line_text(answer, "text") : "");

	reply_text(d, a, answer, note);
}

/* For who would not like to be refused after the pacer. */
static void
get_extend(struct daemon *d, struct asker a, const json_t *line)
{
	reply(d, a, orders_try_extend(d, line));
}

/* A day as text to be put right. */
static void
get_correct(struct daemon *d, struct asker a, const json_t *line)
{
	date_t day;

	if (asked_day(d, line, &day))
		reply(d, a, amend_text(d, day));
	else
		reply_refusal(d, a, W_DAY_UNREADABLE);
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
	{"extend", get_extend},
};

void
questions_get(struct daemon *d, struct peer *peer, const json_t *line)
{
	const char *what = line_text(line, "get");
	struct asker a = asker(peer, line);

	git_settle(d);
	for (size_t i = 0; i < ARRAY_SIZE(questions); i++)
		if (what && streq(what, questions[i].name)) {
			questions[i].run(d, a, line);
			return;
		}
	reply_refusal(d, a, W_UNKNOWN_QUESTION);
}
