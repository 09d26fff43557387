/* SPDX-License-Identifier: MIT */
/*
 * What do-not-disturb was is written down before it is touched.  Somebody who
 * switches it off in the evening has decided: it is not switched on again,
 * and in the morning there is nothing to put back.
 */
#include "daemon/quiet.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/desktop.h"
#include "daemon/ledger.h"
#include "engine/engine.h"
#include "store/store.h"
#include "words/words.h"

#define NAME "quiet"

enum known { OFF, ON, UNKNOWN };

struct quiet {
	bool on;	/* since `day` was closed */
	date_t day;
	enum known was; /* before that */
	bool mine;	/* we switched it on, and nobody off since */
	bool asked;	/* an answer is due */
	bool restoring; /* what was asked for is the old value */
	enum known now; /* as last heard */
	char *trouble;
};

/* --- remembered ------------------------------------------------------------- */

static void
remember(struct daemon *d)
{
	struct quiet *q = d->quiet;
	json_t *value = json_pack("{sI si sb}", "day", (json_int_t)q->day,
		"was", (int)q->was, "mine", q->mine);
	char *text = json_dumps(value, JSON_COMPACT);

	if (store_meta_set(d->store, NAME, q->on ? text : NULL) < 0)
		log_warn("%s", W_QUIET_UNWRITTEN);
	free(text);
	json_decref(value);
}

struct quiet *
quiet_new(struct daemon *d)
{
	struct quiet *q = xcalloc(1, sizeof *q);
	AUTO_FREE char *text = store_meta(d->store, NAME);
	json_t *value = text ? json_loads(text, 0, NULL) : NULL;

	q->was = q->now = UNKNOWN;
	if (json_is_object(value)) {
		q->on = true;
		q->day = (date_t)json_integer_value(
			json_object_get(value, "day"));
		q->was = (enum known)json_integer_value(
			json_object_get(value, "was"));
		q->mine = json_is_true(json_object_get(value, "mine"));
	}
	json_decref(value);
	return q;
}

struct quiet *
quiet_free(struct quiet *q)
{
	if (q)
		free(q->trouble);
	free(q);
	return NULL;
}

/* --- switched --------------------------------------------------------------- */

static void
ask(struct daemon *d, bool on)
{
	struct quiet *q = d->quiet;

	if (!desktop_available(d->desktop))
		return; /* asked for when a server comes */
	q->asked = true;
	q->restoring = !on;
	desktop_dnd(d->desktop, on);
}

static void
begin(struct daemon *d, date_t day)
{
	struct quiet *q = d->quiet;

	if (!q->on) {
		q->on = q->mine = true;
		q->was = q->now;
	}
	q->day = day;
	remember(d);
	if (q->mine && q->was != ON)
		ask(d, true);
}

static void
forget(struct daemon *d)
{
	d->quiet->on = d->quiet->mine = false;
	remember(d);
}

/* It stays remembered until the desktop says that it is done. */
static void
end(struct daemon *d)
{
	struct quiet *q = d->quiet;

	if (q->mine && q->was != ON)
		ask(d, false);
	else
		forget(d);
}

static bool
begun(const struct engine_view *view)
{
	return view->working_day &&
		(view->first != RULES_NONE || view->now >= view->start);
}

static bool
wanted(struct daemon *d, const struct engine_view *view)
{
	struct quiet *q = d->quiet;

	if (!d->config->quiet || !d->config->desktop)
		return false;
	if (view->closed)
		return true;
	return q->on && view->day != q->day && !begun(view);
}

void
quiet_check(struct daemon *d)
{
	struct quiet *q = d->quiet;
	struct engine_view view;
	bool want;

	if (!q || (!q->on && !d->config->quiet))
		return;
	ledger_view(d, &view);
	want = wanted(d, &view);
	if (want && (!q->on || (view.closed && view.day != q->day)))
		begin(d, view.day);
	else if (!want && q->on && !(q->asked && q->restoring))
		end(d);
}

int64_t
quiet_deadline(struct daemon *d)
{
	struct quiet *q = d->quiet;
	struct engine_view view;

	if (!q || !q->on)
		return INT64_MAX;
	ledger_view(d, &view);
	if (!view.working_day || view.day == q->day || view.now >= view.start)
		return INT64_MAX;
	return view.start;
}

/* --- what the desktop says --------------------------------------------------- */

void
quiet_server(struct daemon *d, bool there)
{
	struct quiet *q = d->quiet;

	q->asked = false;
	if (!there) {
		q->now = UNKNOWN;
		return;
	}
	/* what a server knew of us may have gone with it or with our child */
	if (q->on && q->mine && q->was != ON) {
		struct engine_view view;

		ledger_view(d, &view);
		ask(d, wanted(d, &view));
	}
}

void
quiet_heard(struct daemon *d, bool on)
{
	struct quiet *q = d->quiet;

	q->now = on ? ON : OFF;
	if (!q->on || q->asked || on || !q->mine)
		return;
	q->mine = false; /* the person's own hand */
	remember(d);
}

void
quiet_answer(struct daemon *d, const json_t *line)
{
	struct quiet *q = d->quiet;
	json_t *set = json_object_get(line, "dnd_set");
	const char *why = json_string_value(json_object_get(line, "why"));

	if (!q->asked)
		return;
	q->asked = false;
	free(q->trouble);
	q->trouble = NULL;
	if (json_is_null(set)) {
		if (!q->restoring) {
			q->trouble = xstrdup(why ? why : "");
			log_warn(W_QUIET_NOT, q->trouble);
		}
		forget(d);
		q->on = !q->restoring; /* not asked again this evening */
	} else if (q->restoring) {
		q->now = OFF;
		forget(d);
	} else if (q->was == UNKNOWN) {
		q->was = json_is_true(json_object_get(line, "was")) ? ON : OFF;
		remember(d);
	}
	quiet_check(d); /* something may have come in between */
}

const char *
quiet_trouble(const struct daemon *d)
{
	return d->quiet ? d->quiet->trouble : NULL;
}
