/* SPDX-License-Identifier: MIT */
/*
 * The day's commits by libgit2's object database.  The walk goes from every
 * branch and every HEAD backwards in time and stops after SLOP commits in a
 * row that are older than the day: histories hold commits that are older than
 * their parents (of 30 real ones, 27 never had more than 26 in a row).  What
 * was made here today is a tip or near one, and tips are always looked at.
 */
#include "digest/scan.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "digest/lines.h"
#include "digest/message.h"
#include "digest/refs.h"
#include "words/words.h"

#define SLOP 32

bool
log_today(const struct job *job, int64_t t)
{
	return t >= job->since && t < job->until;
}

int
log_kind(const struct job *job, int64_t authored, int64_t committed, bool merge)
{
	if (log_today(job, authored))
		return merge ? ENTRY_MERGE : ENTRY_COMMIT;
	if (!merge && authored < job->since && log_today(job, committed))
		return ENTRY_REWRITTEN;
	return -1;
}

bool
log_mine(struct scan *scan, const char *mail, const char *text, int *kind)
{
	if (strings_has(&scan->mine, mail)) {
		if (*kind == ENTRY_COMMIT)
			message_squashed(text, &scan->row->squashed);
		return true;
	}
	if (*kind != ENTRY_COMMIT || !message_shared(text, &scan->mine))
		return false;
	*kind = ENTRY_SHARED;
	return true;
}

struct walk {
	struct scan *scan;
	git_mailmap *mailmap;
	struct queue queue;
	int error;
};

/* The e-mail of who after mailmap; the caller frees it. */
static char *
mapped(git_mailmap *mailmap, const struct person *who)
{
	AUTO_FREE char *name = xstrndup(who->name, who->name_len);
	AUTO_FREE char *mail = xstrndup(who->mail, who->mail_len);
	const char *real_name, *real_mail;

	if (!mailmap || git_mailmap_resolve(&real_name, &real_mail, mailmap,
			name, mail) < 0)
		return steal_ptr(&mail);
	return xstrdup(real_mail);
}

/* Takes the commit into the row when it is mine and bears on the day. */
static void
consider(struct walk *walk, const struct commit *commit)
{
	AUTO_FREE char *mail = NULL;
	struct scan *scan = walk->scan;
	int kind = log_kind(scan->job, commit->authored, commit->committed,
		commit->parents.n > 1);
	const char *text;
	struct person who;
	struct entry *e;

	if (!commit->raw || kind < 0)
		return;
	text = git_odb_object_data(commit->raw);
	if (!message_person(text, "author ", &who))
		return;
	mail = mapped(walk->mailmap, &who);
	if (!log_mine(scan, mail, text, &kind))
		return;
	e = row_add_entry(scan->row);
	id_text(&commit->id, e->oid);
	e->kind = (enum entry_kind)kind;
	e->authored = commit->authored;
	e->committed = commit->committed;
	e->email = steal_ptr(&mail);
	e->subject = message_subject(text);
}

static void
push(struct walk *walk, const struct id *id)
{
	struct commit *commit;
	int r = commits_get(walk->scan->commits, id, &commit);

	if (r < 0) {
		walk->error = r;
		return;
	}
	if (commit->seen)
		return;
	commit->seen = true;
	consider(walk, commit);
	queue_push(&walk->queue, commit);
}

static void
run(struct walk *walk)
{
	const struct ids *tips = refs_tips(walk->scan->refs);
	struct commit *commit;
	int older = 0;

	for (size_t i = 0; i < tips->n; i++)
		push(walk, &tips->v[i]);
	while (older < SLOP && (commit = queue_pop(&walk->queue))) {
		older = commit->when < walk->scan->job->since ? older + 1 : 0;
		for (size_t i = 0; i < commit->parents.n; i++)
			push(walk, &commit->parents.v[i]);
	}
}

/* What mailmap makes of my own addresses is mine, too. */
static void
map_mine(struct scan *scan, git_mailmap *mailmap)
{
	size_t n = scan->mine.n;

	for (size_t i = 0; mailmap && i < n; i++) {
		struct person who = {.name = "",
			.mail = scan->mine.v[i],
			.mail_len = strlen(scan->mine.v[i])};

		strings_take(&scan->mine, mapped(mailmap, &who));
	}
}

int
log_read(struct scan *scan)
{
	struct walk walk = {.scan = scan};

	if (refs_replaced(scan->refs))
		return 1;
	if (git_mailmap_from_repository(&walk.mailmap, scan->repo) < 0)
		walk.mailmap = NULL;
	map_mine(scan, walk.mailmap);
	run(&walk);
	queue_free(&walk.queue);
	git_mailmap_free(walk.mailmap);
	if (walk.error) {
		row_unread(scan->row, NULL,
			walk.error == -ENOENT ? W_DIGEST_MISSING
					      : W_DIGEST_MALFORMED);
		return 0;
	}
	row_settle(scan->row);
	scan->row->log_read = true;
	return 0;
}

static int
commit_lines(struct scan *scan, struct lines *lines, struct entry *e)
{
	struct commit *commit, *parent = NULL;
	struct id id;

	if (!id_parse(e->oid, &id) ||
		commits_get(scan->commits, &id, &commit) < 0 || commit->cut)
		return LINES_UNKNOWN;
	if (commit->parents.n &&
		commits_get(scan->commits, &commit->parents.v[0], &parent) < 0)
		return LINES_UNKNOWN;
	return lines_count(lines, parent ? &parent->tree : NULL, &commit->tree,
		&e->insertions, &e->deletions);
}

/* Half of the time left is for lines: a commit too big to count must not
 * cost the day's other answers. */
void
log_lines(struct scan *scan)
{
	struct row *row = scan->row;
	struct lines *lines = NULL;
	int64_t now = clock_mono_ns();
	bool ask = false;

	for (size_t i = 0; i < row->n_entries; i++) {
		struct entry *e = &row->entries[i];

		if (e->kind != ENTRY_COMMIT || row_take_lines(e, scan->job))
			continue;
		if (!lines)
			lines = lines_new(scan, now + (scan->until_ns - now) / 2);
		e->ask_git = commit_lines(scan, lines, e) == LINES_ASK_GIT;
		ask = ask || e->ask_git;
	}
	lines_free(lines);
	if (ask)
		gitlog_lines(scan);
}
