/* SPDX-License-Identifier: MIT */
/*
 * What a report is asked about, and of whom.  The days themselves are folded
 * in facts.c and kept by rollup.c.
 */
#include "daemon/report.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/correct.h"
#include "daemon/facts.h"
#include "daemon/ledger.h"
#include "daemon/rollup.h"
#include "daemon/tally.h"
#include "store/store.h"

void
report_bounds(struct daemon *d, date_t day, int64_t *since, int64_t *until)
{
	struct engine_plan plan;
	struct engine_view view;

	ledger_view(d, &view);
	engine_plan(ledger_engine(d), day, &plan);
	*since = plan.open != RULES_NONE ? plan.open : civil_instant(day, 0);
	*until = plan.close != RULES_NONE ? plan.close
					  : civil_instant(day + 1, 0);
	if (day == view.day) {
		*since = view.open;
		*until = view.now + 1;
	}
}

static int
add_repository(void *data, const struct store_event *event)
{
	AUTO_FREE char *path = xstrdup(event->project);

	if (!text_is_utf8(path, strlen(path)))
		text_oneline(path); /* named, though nobody can read it */
	if (*path == '/')
		json_object_set_new(data, path, json_true());
	return 0;
}

json_t *
report_repositories(struct daemon *d, int64_t since, int64_t until)
{
	json_t *paths = json_object();

	if (d->config->projects != PRIVACY_FULL)
		return paths; /* what they say has names in it */
	store_each(d->store, since, until, false, add_repository, paths);
	for (size_t i = 0; i < d->config->nrepositories; i++)
		json_object_set_new(paths, d->config->repositories[i],
			json_true());
	return paths;
}

static int
count_commit(void *data, const struct store_event *event)
{
	*(int *)data += event->human && streq(event->kind, "commit");
	return 0;
}

int
report_commits(struct daemon *d, int64_t since, int64_t until)
{
	int n = 0;

	store_each(d->store, since, until, false, count_commit, &n);
	return n;
}

static void
add_subjects(json_t *commits, const json_t *repositories)
{
	json_t *commit;
	size_t i;

	json_array_foreach(commits, i, commit) {
		const char *subject = tally_subject(repositories,
			json_string_value(json_object_get(commit, "oid")));

		if (subject)
			json_object_set_new(commit, "subject",
				json_string(subject));
	}
}

void
report_repositories_add(json_t *report, json_t *repositories)
{
	bool any = false;
	json_t *one;
	size_t i;

	json_array_foreach(repositories, i, one)
		any |= json_is_integer(json_object_get(one, "commits"));
	if (any)
		json_object_set_new(report, "commits",
			json_integer(tally_commits(repositories)));
	add_subjects(json_object_get(report, "late_commits"), repositories);
	json_object_set(report, "repositories", repositories);
}

/* A day on which nothing happened: what was planned for it. */
struct json_t *
report_planned(struct daemon *d, date_t date)
{
	struct engine_plan plan;
	struct engine_view view;

	engine_plan(ledger_engine(d), date, &plan);
	view = (struct engine_view){
		.working_day = plan.workday >= 0,
		.start = plan.start,
		.end = plan.end,
		.effective_end = plan.end,
		.first = RULES_NONE,
		.last = RULES_NONE,
	};
	return facts_of_nothing(date, &view);
}

struct json_t *
report_day(struct daemon *d, date_t date)
{
	json_t *facts = rollup_day(d, date);

	if (!facts)
		facts = report_planned(d, date);
	correct_apply(d, date, facts);
	return facts;
}
