/* SPDX-License-Identifier: MIT */
/*
 * Cherry-picks and rebases copy commits under other names, so that names
 * cannot tell copies: equal author, author time and subject do.
 */
#include "digest/merge.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "digest/row.h"

struct merge {
	json_t *seen;	 /* an object used as a set */
	json_t *commons; /* common directory -> path first named with it */
	json_t *tops;
};

struct totals {
	json_int_t commits, merges, rewritten, shared, squashed;
	json_int_t insertions, deletions, unknown;
	json_t *subjects, *oids, *known, *lines;
};

struct merge *
merge_new(void)
{
	struct merge *m = xcalloc(1, sizeof *m);

	m->seen = json_object();
	m->commons = json_object();
	m->tops = json_object();
	return m;
}

void
merge_free(struct merge *m)
{
	if (!m)
		return;
	json_decref(m->seen);
	json_decref(m->commons);
	json_decref(m->tops);
	free(m);
}

/* True when an equal commit was not counted before, and remembers it. */
static bool
is_new(struct merge *m, const json_t *e)
{
	json_int_t kind = json_integer_value(json_object_get(e, "kind"));
	AUTO_FREE char *key = xasprintf("%d %lld %s %s", kind == ENTRY_MERGE,
		(long long)json_integer_value(json_object_get(e, "time")),
		json_string_value(json_object_get(e, "email")),
		json_string_value(json_object_get(e, "subject")));

	if (json_object_get(m->seen, key))
		return false;
	json_object_set_new(m->seen, key, json_true());
	return true;
}

static void
add_commit(struct totals *t, const json_t *e)
{
	json_t *insertions = json_object_get(e, "insertions");

	if (json_is_true(json_object_get(e, "known"))) {
		json_array_append(t->known, json_object_get(e, "oid"));
		return;
	}
	t->commits++;
	t->squashed += json_is_true(json_object_get(e, "squashed"));
	json_array_append(t->subjects, json_object_get(e, "subject"));
	json_array_append(t->oids, json_object_get(e, "oid"));
	if (!json_is_integer(insertions)) {
		t->unknown++;
		return;
	}
	t->insertions += json_integer_value(insertions);
	t->deletions += json_integer_value(json_object_get(e, "deletions"));
	json_object_set_new(t->lines,
		json_string_value(json_object_get(e, "oid")),
		json_pack("[OO]", insertions, json_object_get(e, "deletions")));
}

static void
add_entries(struct merge *m, struct totals *t, const json_t *entries)
{
	const json_t *e;
	size_t i;

	json_array_foreach((json_t *)entries, i, e) {
		if (!is_new(m, e))
			continue;
		switch (json_integer_value(json_object_get(e, "kind"))) {
		case ENTRY_COMMIT:
			add_commit(t, e);
			break;
		case ENTRY_MERGE:
			t->merges++;
			break;
		case ENTRY_REWRITTEN:
			t->rewritten++;
			break;
		case ENTRY_SHARED:
			t->shared++;
			break;
		}
	}
}

static void
set_number(json_t *o, const char *key, bool known, json_int_t n)
{
	json_object_set_new(o, key, known ? json_integer(n) : json_null());
}

static void
set_totals(json_t *o, struct totals *t, bool read)
{
	bool lines = read && (t->unknown == 0 || t->unknown < t->commits);

	set_number(o, "commits", read, t->commits);
	set_number(o, "merges", read, t->merges);
	set_number(o, "rewritten", read, t->rewritten);
	set_number(o, "co_authored", read, t->shared);
	set_number(o, "squashed", read, t->squashed);
	set_number(o, "insertions", lines, t->insertions);
	set_number(o, "deletions", lines, t->deletions);
	set_number(o, "lines_unknown", read, t->unknown);
	json_object_set_new(o, "subjects", t->subjects);
	json_object_set_new(o, "oids", t->oids);
	json_object_set_new(o, "known", t->known);
	json_object_set_new(o, "lines", t->lines);
}

static void
copy(json_t *to, const json_t *from, const char *const *keys)
{
	for (; *keys; keys++)
		if (json_object_get(from, *keys))
			json_object_set(to, *keys, json_object_get(from, *keys));
}

/* Another working tree of a repository that was there already: only what is
 * its own. The same tree named twice adds nothing at all. */
static void
settle_shared(struct merge *m, json_t *row)
{
	static const char *const own[] = {"dirty", "untracked", "state",
		"files", "todos"};
	static const char *const shared[] = {"stashes", "stashes_today",
		"on_no_branch"};
	const char *common = json_string_value(json_object_get(row, "common"));
	const char *top = json_string_value(json_object_get(row, "top"));
	json_t *first;

	if (!common)
		return;
	first = json_object_get(m->commons, common);
	if (!first) {
		json_object_set(m->commons, common,
			json_object_get(row, "path"));
	} else {
		json_object_set(row, "same_as", first);
		json_object_set_new(row, "unpushed", json_array());
		for (size_t i = 0; i < ARRAY_SIZE(shared); i++)
			json_object_set_new(row, shared[i], json_integer(0));
	}
	if (!top)
		top = common;
	if (json_object_get(m->tops, top))
		for (size_t i = 0; i < ARRAY_SIZE(own); i++)
			json_object_set_new(row, own[i], json_null());
	json_object_set_new(m->tops, top, json_true());
}

int
merge_row(struct merge *m, const char *answer, struct buf *out)
{
	static const char *const head[] = {"path", NULL};
	static const char *const rest[] = {"dirty", "untracked", "stashes",
		"stashes_today", "on_no_branch", "unpushed", "remotes", "state",
		"files", "todos", "bare", "common", "same_as", "unread", NULL};
	struct totals t = {.subjects = json_array(),
		.oids = json_array(),
		.known = json_array(),
		.lines = json_object()};
	json_t *row = json_loads(answer, 0, NULL);
	json_t *o = json_object();
	char *text;

	settle_shared(m, row);
	copy(o, row, head);
	add_entries(m, &t, json_object_get(row, "entries"));
	set_totals(o, &t, json_is_array(json_object_get(row, "entries")));
	copy(o, row, rest);
	text = json_dumps(o, 0);
	if (row) {
		buf_adds(out, text);
		buf_adds(out, "\n");
	}
	free(text);
	json_decref(o);
	if (!row)
		return -EINVAL;
	json_decref(row);
	return 0;
}
