/* SPDX-License-Identifier: MIT */
/*
 * A worker tells its parent every commit on its own, because only the parent
 * sees all repositories and can count copies once (merge.c).
 */
#include "digest/row.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"

void
row_init(struct row *row)
{
	*row = (struct row){.remotes = UNKNOWN,
		.stashes = UNKNOWN,
		.stashes_today = UNKNOWN,
		.strays = UNKNOWN,
		.dirty = UNKNOWN,
		.untracked = UNKNOWN};
}

struct entry *
row_add_entry(struct row *row)
{
	size_t n = row->n_entries;

	if ((n & (n - 1)) == 0) /* 0 and powers of two: full */
		row->entries = xrealloc(row->entries,
			(n ? 2 * n : 1) * sizeof *row->entries);
	row->entries[n] = (struct entry){
		.insertions = UNKNOWN, .deletions = UNKNOWN};
	row->n_entries++;
	return &row->entries[n];
}

void
row_drop_entry(struct row *row)
{
	struct entry *e = &row->entries[--row->n_entries];

	free(e->email);
	free(e->subject);
}

bool
row_take_lines(struct entry *e, const struct job *job)
{
	const struct counted *counted = job_counted(job, e->oid);

	if (!counted)
		return strings_has(&job->known, e->oid);
	e->insertions = counted->insertions;
	e->deletions = counted->deletions;
	return true;
}

struct unpushed *
row_add_unpushed(struct row *row)
{
	size_t n = row->n_unpushed;

	row->unpushed =
		xrealloc(row->unpushed, (n + 1) * sizeof *row->unpushed);
	row->unpushed[n] = (struct unpushed){0};
	row->n_unpushed++;
	return &row->unpushed[n];
}

struct todo *
row_add_todo(struct row *row)
{
	size_t n = row->n_todos;

	row->todos = xrealloc(row->todos, (n + 1) * sizeof *row->todos);
	row->todos[n] = (struct todo){0};
	row->n_todos++;
	return &row->todos[n];
}

void
row_unread(struct row *row, const char *what, const char *why)
{
	if (row->unread.len && strstr(row->unread.data, why))
		return; /* one cause, several parts */
	if (row->unread.len)
		buf_adds(&row->unread, "; ");
	if (what)
		buf_addf(&row->unread, "%s: ", what);
	buf_adds(&row->unread, why);
}

static int
by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->authored != y->authored)
		return x->authored < y->authored ? -1 : 1;
	if (x->committed != y->committed)
		return x->committed < y->committed ? -1 : 1;
	return strcmp(x->oid, y->oid);
}

static bool
is_copy(const struct entry *a, const struct entry *b)
{
	return a->authored == b->authored && streq(a->email, b->email) &&
		streq(a->subject, b->subject);
}

/* A merge of the same words in the same second is no copy of a commit. */
static bool
has_copy(const struct entry *from, const struct entry *e)
{
	for (; from < e; from++)
		if (is_copy(from, e) &&
			(from->kind == ENTRY_MERGE) == (e->kind == ENTRY_MERGE))
			return true;
	return false;
}

void
row_settle(struct row *row)
{
	struct entry *e = row->entries;
	size_t kept = 0, first = 0;

	if (!row->n_entries)
		return;
	qsort(e, row->n_entries, sizeof *e, by_time);
	for (size_t i = 0; i < row->n_entries; i++) {
		struct entry this = e[i];

		if (kept == 0 || e[kept - 1].authored != this.authored)
			first = kept;
		e[kept] = this;
		if (has_copy(e + first, e + kept)) {
			free(this.email);
			free(this.subject);
		} else {
			kept++;
		}
	}
	row->n_entries = kept;
}

static json_t *
plain(const char *text)
{
	AUTO_FREE char *copy = xstrdup(text);

	text_oneline(copy);
	return json_string(copy);
}

static json_t *
number(int64_t n)
{
	return n < 0 ? json_null() : json_integer(n);
}

static json_t *
entries_json(const struct row *row, const struct strings *known)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->n_entries; i++) {
		const struct entry *e = &row->entries[i];
		json_t *o = json_object();

		json_object_set_new(o, "oid", json_string(e->oid));
		json_object_set_new(o, "kind", json_integer(e->kind));
		json_object_set_new(o, "time", json_integer(e->authored));
		json_object_set_new(o, "email", plain(e->email));
		json_object_set_new(o, "subject", plain(e->subject));
		json_object_set_new(o, "insertions", number(e->insertions));
		json_object_set_new(o, "deletions", number(e->deletions));
		json_object_set_new(o, "known",
			json_boolean(strings_has(known, e->oid)));
		if (strings_has(&row->squashed, e->oid))
			json_object_set_new(o, "squashed", json_true());
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
unpushed_json(const struct row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->n_unpushed; i++) {
		const struct unpushed *u = &row->unpushed[i];
		json_t *o = json_object();

		json_object_set_new(o, "branch", plain(u->branch));
		json_object_set_new(o, "commits", number(u->commits));
		json_object_set_new(o, "upstream",
			u->upstream ? plain(u->upstream) : json_null());
		if (u->gone)
			json_object_set_new(o, "gone", json_true());
		json_array_append_new(list, o);
	}
	return list;
}

/* What is open, by name. */
static void
set_open(json_t *o, const struct row *row)
{
	json_t *files = json_array(), *todos = json_array();

	for (size_t i = 0; i < row->files.n; i++)
		json_array_append_new(files, plain(row->files.v[i]));
	for (size_t i = 0; i < row->n_todos; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "file", plain(row->todos[i].file));
		json_object_set_new(one, "line", number(row->todos[i].line));
		json_object_set_new(one, "text", plain(row->todos[i].text));
		json_array_append_new(todos, one);
	}
	json_object_set_new(o, "files", files);
	json_object_set_new(o, "todos", todos);
}

void
row_write(const struct row *row, const struct job *job, struct buf *out)
{
	json_t *o = json_object();
	char *text;

	json_object_set_new(o, "path", plain(job->path ? job->path : ""));
	if (row->common)
		json_object_set_new(o, "common", plain(row->common));
	if (row->top)
		json_object_set_new(o, "top", plain(row->top));
	if (row->common)
		json_object_set_new(o, "bare", json_boolean(!row->top));
	json_object_set_new(o, "entries",
		row->log_read ? entries_json(row, &job->known) : json_null());
	json_object_set_new(o, "dirty", number(row->dirty));
	json_object_set_new(o, "untracked", number(row->untracked));
	json_object_set_new(o, "stashes", number(row->stashes));
	json_object_set_new(o, "stashes_today", number(row->stashes_today));
	json_object_set_new(o, "on_no_branch", number(row->strays));
	json_object_set_new(o, "unpushed",
		row->refs_read ? unpushed_json(row) : json_null());
	json_object_set_new(o, "remotes", number(row->remotes));
	json_object_set_new(o, "state",
		row->state ? json_string(row->state) : json_null());
	if (job->open)
		set_open(o, row);
	if (row->unread.len)
		json_object_set_new(o, "unread", plain(row->unread.data));
	text = json_dumps(o, JSON_COMPACT);
	buf_adds(out, text);
	buf_adds(out, "\n");
	free(text);
	json_decref(o);
}

void
row_free(struct row *row)
{
	while (row->n_entries)
		row_drop_entry(row);
	free(row->entries);
	for (size_t i = 0; i < row->n_unpushed; i++) {
		free(row->unpushed[i].branch);
		free(row->unpushed[i].upstream);
	}
	for (size_t i = 0; i < row->n_todos; i++) {
		free(row->todos[i].file);
		free(row->todos[i].text);
	}
	free(row->todos);
	strings_free(&row->files);
	strings_free(&row->unknown);
	free(row->unpushed);
	strings_free(&row->squashed);
	free(row->common);
	free(row->top);
	buf_free(&row->unread);
}
