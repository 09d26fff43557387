/* SPDX-License-Identifier: MIT */
/*
 * A table and a heap of our own instead of git_revwalk: its orders by time
 * load the whole history before they yield the first commit.  The header of
 * a commit is read here, too: git_commit_lookup() copies every name.
 */
#include "digest/commits.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "digest/message.h"

struct commits {
	git_odb *odb;
	const struct ids *shallow;
	int64_t since, until;
	struct commit **slots; /* open addressing, a power of two */
	size_t n_slots, n;
};

void
ids_add(struct ids *ids, const struct id *id)
{
	if (ids->n == ids->cap) {
		ids->cap = ids->cap ? 2 * ids->cap : 2;
		ids->v = xrealloc(ids->v, ids->cap * sizeof *ids->v);
	}
	ids->v[ids->n++] = *id;
}

bool
ids_has(const struct ids *ids, const struct id *id)
{
	for (size_t i = 0; i < ids->n; i++)
		if (memcmp(&ids->v[i], id, sizeof *id) == 0)
			return true;
	return false;
}

void
ids_free(struct ids *ids)
{
	free(ids->v);
	*ids = (struct ids){0};
}

bool
id_parse(const char *s, struct id *out)
{
	git_oid oid;

	if (strnlen(s, 40) < 40 || git_oid_fromstrn(&oid, s, 40) < 0)
		return false;
	memcpy(out->b, oid.id, sizeof out->b);
	return true;
}

void
id_text(const struct id *id, char out[41])
{
	git_oid oid;

	memcpy(oid.id, id->b, sizeof id->b);
	git_oid_tostr(out, 41, &oid);
}

struct commits *
commits_new(struct git_odb *odb, const struct ids *shallow, int64_t since,
	int64_t until)
{
	struct commits *c = xcalloc(1, sizeof *c);

	c->odb = odb;
	c->shallow = shallow;
	c->since = since;
	c->until = until;
	c->n_slots = 256;
	c->slots = xcalloc(c->n_slots, sizeof(*c->slots));
	return c;
}

void
commits_free(struct commits *c)
{
	for (size_t i = 0; c && i < c->n_slots; i++) {
		if (!c->slots[i])
			continue;
		git_odb_object_free(c->slots[i]->raw);
		ids_free(&c->slots[i]->parents);
		free(c->slots[i]);
	}
	if (c)
		free(c->slots);
	free(c);
}

/* The slot where id is, or where it belongs. */
static struct commit **
find_slot(const struct commits *c, const struct id *id)
{
	size_t at;

	memcpy(&at, id->b, sizeof at);
	for (;; at++) {
		struct commit **slot = &c->slots[at & (c->n_slots - 1)];

		if (!*slot || memcmp(&(*slot)->id, id, sizeof *id) == 0)
			return slot;
	}
}

static void
grow(struct commits *c)
{
	struct commit **old = c->slots;
	size_t n = c->n_slots;

	c->n_slots *= 2;
	c->slots = xcalloc(c->n_slots, sizeof(*c->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i])
			*find_slot(c, &old[i]->id) = old[i];
	free(old);
}

/* Reads "tree", the "parent"s, "author" and "committer". */
static int
parse_header(struct commit *commit, const char *text)
{
	struct id parent;
	struct person who;

	if (!starts_with(text, "tree ") || !id_parse(text + 5, &commit->tree))
		return -EINVAL;
	text += 46;
	while (starts_with(text, "parent ") && id_parse(text + 7, &parent)) {
		if (!commit->cut)
			ids_add(&commit->parents, &parent);
		text += 48;
	}
	if (message_person(text, "author ", &who))
		commit->authored = who.time;
	if (message_person(text, "committer ", &who))
		commit->committed = who.time;
	commit->when = max64(commit->authored, commit->committed);
	return 0;
}

static bool
within(const struct commits *c, int64_t t)
{
	return t >= c->since && t < c->until;
}

int
commits_get(struct commits *c, const struct id *id, struct commit **out)
{
	struct commit **slot = find_slot(c, id), *commit;
	git_odb_object *raw;
	git_oid oid;
	int r;

	if (*slot) {
		*out = *slot;
		return 0;
	}
	memcpy(oid.id, id->b, sizeof id->b);
	r = git_odb_read(&raw, c->odb, &oid);
	if (r < 0)
		return r == GIT_ENOTFOUND ? -ENOENT : -EINVAL;
	commit = xcalloc(1, sizeof *commit);
	commit->id = *id;
	commit->cut = ids_has(c->shallow, id);
	r = git_odb_object_type(raw) == GIT_OBJECT_COMMIT
		? parse_header(commit, git_odb_object_data(raw))
		: -EINVAL;
	if (within(c, commit->authored) || within(c, commit->committed))
		commit->raw = raw;
	else
		git_odb_object_free(raw);
	*slot = commit;
	*out = commit;
	if (++c->n * 2 > c->n_slots)
		grow(c);
	return r;
}

void
queue_push(struct queue *q, struct commit *commit)
{
	size_t i;

	if (q->n == q->cap) {
		q->cap = q->cap ? 2 * q->cap : 64;
		q->v = xrealloc(q->v, q->cap * sizeof(*q->v));
	}
	i = q->n++;
	while (i && q->v[(i - 1) / 2]->when < commit->when) {
		q->v[i] = q->v[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	q->v[i] = commit;
}

struct commit *
queue_pop(struct queue *q)
{
	struct commit *top, *last;
	size_t i = 0, child;

	if (!q->n)
		return NULL;
	top = q->v[0];
	last = q->v[--q->n];
	while ((child = 2 * i + 1) < q->n) {
		if (child + 1 < q->n &&
			q->v[child + 1]->when > q->v[child]->when)
			child++;
		if (q->v[child]->when <= last->when)
			break;
		q->v[i] = q->v[child];
		i = child;
	}
	q->v[i] = last;
	return top;
}

void
queue_free(struct queue *q)
{
	free(q->v);
	*q = (struct queue){0};
}
