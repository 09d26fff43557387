/* SPDX-License-Identifier: MIT */
/*
 * A working tree changes without a word to git or an editor; so what is open
 * today is asked again after a minute, whatever the watch says.
 */
#include "daemon/said.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/git.h"
#include "daemon/ledger.h"
#include "store/digests.h"
#include "store/store.h"

#define FRESH_S 60

/* The answer about the day that holds, which grows old; at hand, because it is
 * the one that is asked for. */
static struct {
	date_t day;
	int64_t mono_ns, at;
	unsigned changes; /* when it was given */
	char *question;
	json_t *commons, *rows;
} today;

/* Repositories that changed and whose answers are not dropped yet, as keys. */
static json_t *changed;
static unsigned changes;

/* --- what the answers are to ------------------------------------------------- */

char *
said_question(struct daemon *d, int64_t since, int64_t until)
{
	const struct config *c = d->config;
	json_t *names = json_array();
	int64_t n = 0, last = 0;
	char *list, *question;

	store_count(d->store, since, until, &n, &last);
	for (size_t i = 0; i < c->nauthors; i++)
		json_array_append_new(names, json_string(c->authors[i]));
	json_array_append_new(names, json_null());
	for (size_t i = 0; i < c->nrepositories; i++)
		json_array_append_new(names, json_string(c->repositories[i]));
	list = json_dumps(names, JSON_COMPACT);
	question = xasprintf("%lld %lld %lld %s", (long long)since,
		(long long)n, (long long)last, list ? list : "");
	free(list);
	json_decref(names);
	return question;
}

/* --- kept ------------------------------------------------------------------------ */

bool
said_drop(struct daemon *d)
{
	const char *common;
	json_t *value;
	void *next;

	if (json_object_size(changed) == 0)
		return true;
	gather_settle(d); /* so that it is done when it is done */
	json_object_foreach_safe(changed, next, common, value)
		if (store_digest_drop(d->store, common) == 0)
			json_object_del(changed, common);
	return json_object_size(changed) == 0;
}

/* Whether all of them are seen to the last change. */
static bool
are_seen(struct daemon *d, const json_t *commons)
{
	const json_t *common;
	size_t i;

	json_array_foreach((json_t *)commons, i, common)
		if (!git_sees(d, json_string_value(common)))
			return false;
	return true;
}

/* Of the day that holds. */
static struct json_t *
recall_today(struct daemon *d, date_t day, const char *question)
{
	bool fresh = today.rows && day == today.day &&
		d->config->projects == PRIVACY_FULL &&
		changes == today.changes && streq(question, today.question) &&
		ledger_now(d) - today.at <= FRESH_S &&
		clock_mono_ns() - today.mono_ns <= FRESH_S * NS_PER_S;

	return fresh && are_seen(d, today.commons) ? json_incref(today.rows)
						   : NULL;
}

struct json_t *
said_recall(struct daemon *d, date_t day, const char *question)
{
	AUTO_FREE char *text = NULL;
	json_t *kept, *rows = NULL;
	struct engine_view view;
	char name[CIVIL_TEXT];

	ledger_view(d, &view);
	if (!said_drop(d))
		return NULL;
	if (day >= view.day)
		return recall_today(d, day, question);
	text = store_digest_recall(d->store, civil_date_text(day, name),
		question);
	kept = text ? json_loads(text, 0, NULL) : NULL;
	if (are_seen(d, json_object_get(kept, "commons")))
		rows = json_incref(json_object_get(kept, "rows"));
	json_decref(kept);
	return rows;
}

/* Takes "common" out of each; NULL when one is not fit to be kept. */
static json_t *
take_commons(json_t *answers)
{
	json_t *commons = json_array(), *answer;
	bool whole = true;
	size_t i;

	json_array_foreach(answers, i, answer) {
		json_t *common = json_object_get(answer, "common");

		whole &= common && !json_object_get(answer, "unread");
		json_array_append(commons, common);
		json_object_del(answer, "common");
	}
	if (whole)
		return commons;
	json_decref(commons);
	return NULL;
}

static void
keep(struct daemon *d, date_t day, const char *question, const char *data,
	const json_t *commons)
{
	char name[CIVIL_TEXT];
	struct store_digest digest = {civil_date_text(day, name), question,
		data};
	const json_t *common;
	size_t i;

	if (store_digest(d->store, &digest) < 0)
		return;
	json_array_foreach((json_t *)commons, i, common)
		store_digest_of(d->store, name, json_string_value(common));
}

static void
drop_today(void)
{
	free(today.question);
	json_decref(today.commons);
	json_decref(today.rows);
	today.question = NULL;
	today.commons = today.rows = NULL;
}

void
said_forget(void)
{
	drop_today();
	changes++;
}

static void
keep_today(struct daemon *d, date_t day, const char *question, json_t *commons,
	json_t *rows)
{
	drop_today();
	today.day = day;
	today.at = ledger_now(d);
	today.mono_ns = clock_mono_ns();
	today.changes = changes;
	today.question = xstrdup(question);
	today.commons = json_incref(commons);
	today.rows = json_incref(rows);
}

void
said_keep(struct daemon *d, date_t day, const char *question,
	unsigned before, struct json_t *answers)
{
	json_t *commons = take_commons(answers);
	json_t *kept = json_pack("{sO sO}", "commons", commons, "rows",
		answers);
	char *data = kept ? json_dumps(kept, JSON_COMPACT) : NULL;

	if (data && question && before == changes &&
		d->config->projects == PRIVACY_FULL) {
		keep(d, day, question, data, commons);
		keep_today(d, day, question, commons, answers);
	}
	free(data);
	json_decref(kept);
	json_decref(commons);
}

unsigned
said_changes(void)
{
	return changes;
}

void
said_changed(const char *common)
{
	changes++;
	if (!changed)
		changed = json_object();
	json_object_set_new(changed, common, json_true());
}
