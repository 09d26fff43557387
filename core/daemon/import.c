/* SPDX-License-Identifier: MIT */
/*
 * They are kept apart from the events, because they were not observed: no rule
 * may depend on them.  The days before are summed up anew with them.
 */
#include "daemon/import.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "daemon/answer.h"
#include "daemon/daemon.h"
#include "daemon/history.h"
#include "daemon/privacy.h"
#include "daemon/reply.h"
#include "daemon/report.h"
#include "daemon/rollup.h"
#include "daemon/spans.h"
#include "store/facts.h"
#include "words/words.h"

/* The end of the year 9999. */
#define INSTANT_MAX INT64_C(253402300799)

/* What was imported of a day. */
struct imported {
	struct spans spans;
	json_t *projects;
};

static void
take(void *data, int64_t start, int64_t stop, const char *project)
{
	struct imported *im = data;

	spans_add(&im->spans, start, stop);
	json_object_set_new(im->projects, project,
		json_integer(
			line_number(im->projects, project) + stop - start));
}

/* Joins the spans to those that were recorded; the projects as well. */
static void
join(const struct imported *im, json_t *facts)
{
	json_t *list = json_object_get(facts, "stretches"), *one;
	json_t *projects = json_object_get(facts, "projects"), *worked;
	struct spans s = im->spans;
	int64_t recorded = 0;
	const char *path;
	size_t i;

	json_array_foreach(list, i, one) {
		recorded += line_number(one, "length");
		spans_add(&s, line_number(one, "start"),
			line_number(one, "start") + line_number(one, "length"));
	}
	json_object_foreach(im->projects, path, worked)
		json_object_set_new(projects, path,
			json_integer(json_integer_value(worked) +
				line_number(projects, path)));
	json_object_set_new(facts, "worked",
		json_integer(line_number(facts, "worked") + spans_sum(&s) -
			recorded));
	spans_write(&s, facts);
}

struct json_t *
import_join(struct daemon *d, date_t day, struct json_t *facts)
{
	int turn = d->config->rules.turn;
	struct imported im;

	im.spans.n = 0;
	im.projects = json_object();
	store_imported(d->store, civil_instant(day, turn),
		civil_instant(day + 1, turn), take, &im);
	if (json_object_size(im.projects)) {
		facts = facts ? facts : report_planned(d, day);
		join(&im, facts);
	}
	json_decref(im.projects);
	return facts;
}

struct interval {
	json_int_t start, stop;
	const char *project; /* borrowed */
};

static bool
read_interval(json_t *in, struct interval *out)
{
	return json_unpack(in, "[IIs]", &out->start, &out->stop,
		       &out->project) == 0 && out->start >= 0 &&
		out->stop >= out->start && out->stop <= INSTANT_MAX;
}

static bool
all_good(json_t *list)
{
	struct interval i;
	json_t *one;
	size_t n;

	json_array_foreach(list, n, one)
		if (!read_interval(one, &i))
			return false;
	return true;
}

/* A tag is a project here, and kept as one. */
static int
store_one(struct daemon *d, const struct interval *i)
{
	AUTO_FREE char *kept = privacy_project(d->config, i->project);

	return store_import(d->store, i->start, i->stop, kept);
}

static int
store_all(struct daemon *d, json_t *list)
{
	int r = store_facts_begin(d->store);
	json_t *one;
	size_t n;

	if (r < 0)
		return r;
	json_array_foreach(list, n, one) {
		struct interval i;

		if (r == 0 && read_interval(one, &i))
			r = store_one(d, &i);
	}
	return store_facts_end(d->store, r);
}

struct json_t *
import_do(struct daemon *d, const struct json_t *in)
{
	json_t *list = json_object_get(in, "intervals");
	bool last = json_is_true(json_object_get(in, "done"));

	if (!all_good(list))
		return answer_error(W_IMPORT_BAD);
	/* what stands in for a file that cannot be used is not kept */
	if (history_is_down(d) || store_all(d, list) < 0)
		return answer_refused(W_FORGET_FAILED);
	if (!last)
		return answer_said("");
	rollup_start(d);
	return answer_said(W_IMPORTED);
}
