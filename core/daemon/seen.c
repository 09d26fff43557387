/* SPDX-License-Identifier: MIT */
/*
 * Committers' clocks may be wrong by decades: what was caught up keeps the
 * order of its log, and a time that cannot be is that of the line before.
 */
#include "daemon/seen.h"

#include <glib.h>
#include <stdlib.h>

#include "base/alloc.h"

void
seen_clear(struct seen *s)
{
	free(s->repository);
	free(s->worktree);
	free(s->log);
	free(s->email);
	free(s->reason);
}

void
seen_free(struct seen *s)
{
	seen_clear(s);
	free(s);
}

void
seen_push(struct seen **list, struct seen *s)
{
	while (*list)
		list = &(*list)->next;
	s->next = NULL;
	*list = s;
}

struct seen *
seen_take(struct seen **list, const char *worktree)
{
	struct seen *taken = NULL, **end = &taken;

	while (*list) {
		struct seen *s = *list;

		if (!streq(s->worktree, worktree)) {
			list = &s->next;
			continue;
		}
		*list = s->next;
		s->next = NULL;
		*end = s;
		end = &s->next;
	}
	return taken;
}

static void
straighten(struct seen *list, int64_t now)
{
	GHashTable *before = g_hash_table_new_full(g_str_hash, g_str_equal,
		free, free);

	for (struct seen *s = list; s; s = s->next) {
		char *key = xasprintf("%s\n%s", s->repository, s->log);
		int64_t *last = g_hash_table_lookup(before, key);

		if (s->live) {
			free(key);
			continue;
		}
		if (s->instant > now)
			s->instant = last ? *last : now;
		if (last && s->instant < *last)
			s->instant = *last;
		last = xmalloc(sizeof *last);
		*last = s->instant;
		g_hash_table_replace(before, key, last);
	}
	g_hash_table_destroy(before);
}

static int
by_instant(const void *a, const void *b)
{
	const struct seen *const *x = a, *const *y = b;

	return ((*x)->instant > (*y)->instant) -
		((*x)->instant < (*y)->instant);
}

void
seen_settle(struct seen **list, int64_t now)
{
	GPtrArray *all = g_ptr_array_new();
	struct seen **end = list;

	straighten(*list, now);
	for (struct seen *s = *list; s; s = s->next)
		g_ptr_array_add(all, s);
	g_ptr_array_sort(all, by_instant); /* stable */
	for (guint i = 0; i < all->len; i++) {
		*end = g_ptr_array_index(all, i);
		end = &(*end)->next;
	}
	*end = NULL;
	g_ptr_array_free(all, TRUE);
}
