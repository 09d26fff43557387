/* SPDX-License-Identifier: MIT */
/*
 * The engine says when a note is handed back; here is what that means: a small
 * window in the editor where somebody works, and no more word of it once it
 * was read.  A day that was left without a merge ended at its last activity;
 * that is offered to be put right once, on the next working day.
 */
#include "daemon/morning.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/text.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/note.h"
#include "daemon/place.h"
#include "daemon/rollup.h"
#include "daemon/server.h"
#include "store/facts.h"
#include "store/store.h"
#include "words/words.h"

#define OFFERED "day-offered"
#define READ "note-read"

/* So many days off with something done on them may lie between. */
#define DAYS_BACK 14

bool
morning_unread(struct daemon *d)
{
	AUTO_FREE char *read = store_meta(d->store, READ);
	struct engine_view view;
	char day[CIVIL_TEXT];

	ledger_view(d, &view);
	note_last_day(d, view.day, day);
	return *day && (!read || strcmp(read, day) < 0);
}

void
morning_open(struct daemon *d)
{
	struct peer *editor = server_editor(d->server);

	if (editor)
		server_send(d->server, editor->serial,
			json_pack("{ss}", "edit", "morning"));
}

/* --- the day that nobody closed --------------------------------------------------- */

static void
no_correction(void *data, const char *day UNUSED, const char *line UNUSED)
{
	*(bool *)data = true;
}

/* Whether somebody wrote a note of that day, or has put it right. */
static bool
is_settled(struct daemon *d, const char *day)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF struct buf note = {0};
	bool corrected = false;

	if (note_read(d, day, &note, &path) == 0)
		return true;
	store_corrections(d->store, day, day, no_correction, &corrected);
	return corrected;
}

enum was { WAS_OFF, WAS_MERGED, WAS_LEFT };

static enum was
was(struct daemon *d, const char *day)
{
	enum was was = WAS_OFF;
	json_t *facts;
	date_t date;

	facts = parse_date(day, &date) ? rollup_day(d, date) : NULL;
	if (facts && streq(json_string_value(json_object_get(facts, "kind")) ?: "",
			     "work"))
		was = json_is_true(json_object_get(facts, "closed"))
			? WAS_MERGED
			: WAS_LEFT;
	json_decref(facts);
	return was;
}

/* The last working day, whatever was done on days off since, when it was left
 * unmerged; *ended is its last activity. */
static bool
find_unmerged(struct daemon *d, char day[11], int64_t *ended)
{
	struct engine_view view;
	char before[CIVIL_TEXT];
	enum was then = WAS_OFF;

	ledger_view(d, &view);
	if (!view.working_day)
		return false;
	civil_date_text(view.day, before);
	for (int i = 0; i < DAYS_BACK && then == WAS_OFF; i++) {
		if (store_last_closed(d->store, before, day, ended) != 1)
			return false;
		then = was(d, day);
		snprintf(before, sizeof before, "%.10s", day);
	}
	return then == WAS_LEFT && !is_settled(d, day);
}

/* Remembers that a day's offer was made; false when it was before. */
static bool
first_today(struct daemon *d)
{
	AUTO_FREE char *offered = store_meta(d->store, OFFERED);
	struct engine_view view;
	char today[CIVIL_TEXT];

	ledger_view(d, &view);
	civil_date_text(view.day, today);
	if (!view.working_day || (offered && streq(offered, today)))
		return false;
	store_meta_set(d->store, OFFERED, today);
	return true;
}

void
morning_activity(struct daemon *d)
{
	AUTO_FREE char *title = NULL, *body = NULL;
	char day[11], time[CIVIL_TEXT];
	int64_t ended;

	if (!first_today(d) || !find_unmerged(d, day, &ended))
		return;
	title = xasprintf(W_MORNING_UNMERGED, day,
		civil_time_text(ended, time));
	body = xasprintf(W_MORNING_PUT_RIGHT, day);
	board_tell(d, title, body);
	morning_open(d);
}

/* --- what is handed back -------------------------------------------------------------- */

static void
add_note(struct daemon *d, json_t *out)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF struct buf note = {0};
	struct engine_view view;
	char day[CIVIL_TEXT];
	struct err err;
	int r;

	ledger_view(d, &view);
	note_last_day(d, view.day, day);
	r = *day ? note_read(d, day, &note, &path) : -ENOENT;
	if (r == -ENOENT)
		return;
	if (r < 0) { /* it is there: not to be read is no news of none */
		err_errno(&err, -r, W_NOTE_READ, path);
		buf_clear(&note);
		buf_adds(&note, err.text);
	}
	buf_adds(&note, "");
	text_plain(note.data);
	json_object_set_new(out, "day", json_string(day));
	json_object_set_new(out, "path", json_string(path));
	json_object_set_new(out, "text", json_string(note.data));
	place_last(d, day, out);
}

struct json_t *
morning_json(struct daemon *d)
{
	json_t *out = json_object();
	char day[11];
	int64_t ended;

	add_note(d, out);
	if (find_unmerged(d, day, &ended)) {
		json_object_set_new(out, "unmerged",
			json_pack("{ss sI}", "day", day, "ended",
				(json_int_t)ended));
		if (!json_object_get(out, "file"))
			place_last(d, day, out);
	}
	if (json_object_size(out) == 0)
		json_object_set_new(out, "refused",
			json_string(W_MORNING_NOTHING));
	return out;
}

void
morning_read(struct daemon *d)
{
	struct engine_view view;
	char day[CIVIL_TEXT];

	ledger_view(d, &view);
	note_last_day(d, view.day, day);
	if (*day)
		store_meta_set(d->store, READ, day);
	board_read(d, NOTICE_MORNING);
}
