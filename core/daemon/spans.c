/* SPDX-License-Identifier: MIT */
/* A day has some dozen spans, so each operation simply builds a new set. */
#include "daemon/spans.h"

static void
put(struct spans *s, int64_t from, int64_t to)
{
	struct span *last = s->n ? &s->v[s->n - 1] : NULL;

	if (to <= from)
		return;
	if (last && (from <= last->to || s->n == SPANS_MAX))
		last->to = max64(last->to, to);
	else
		s->v[s->n++] = (struct span){from, to};
}

void
spans_add(struct spans *s, int64_t from, int64_t to)
{
	struct spans out;
	bool done = false;

	out.n = 0;
	for (int i = 0; i < s->n; i++) {
		if (!done && from <= s->v[i].from) {
			put(&out, from, to);
			done = true;
		}
		put(&out, s->v[i].from, s->v[i].to);
	}
	if (!done)
		put(&out, from, to);
	*s = out;
}

void
spans_remove(struct spans *s, int64_t from, int64_t to)
{
	struct spans out;

	out.n = 0;
	for (int i = 0; i < s->n; i++) {
		put(&out, s->v[i].from, min64(s->v[i].to, from));
		put(&out, max64(s->v[i].from, to), s->v[i].to);
	}
	if (to > from)
		*s = out;
}

int64_t
spans_sum(const struct spans *s)
{
	int64_t sum = 0;

	for (int i = 0; i < s->n; i++)
		sum += s->v[i].to - s->v[i].from;
	return sum;
}

int64_t
spans_longest(const struct spans *s)
{
	int64_t most = 0;

	for (int i = 0; i < s->n; i++)
		most = max64(most, s->v[i].to - s->v[i].from);
	return most;
}
