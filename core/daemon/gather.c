/* SPDX-License-Identifier: MIT */
/*
 * A transaction costs some pages of the log however many events it holds, and
 * the log is synced each time it is full; so what bounds a flood is the number
 * of transactions.  Where one fails as a whole, its events are stored one by
 * one as if they had come alone, into the reserve if need be.
 */
#include "daemon/gather.h"

#include <errno.h>
#include <glib.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "daemon/daemon.h"
#include "daemon/history.h"
#include "daemon/ledger.h"
#include "store/store.h"
#include "words/words.h"

/* How long events wait for others, and how many at most. */
#define TOGETHER_MS 1
#define TOGETHER_MAX 256

struct kept {
	struct store_event event;
	char *text[6]; /* its strings */
	struct asker asker;
	bool asked;
};

struct gather {
	struct daemon *d;
	struct kept kept[TOGETHER_MAX];
	int n;
	bool open;	/* there is a batch, and it is ours */
	bool lost;	/* one since the last gather_event() is not kept */
	int64_t stored; /* when one was stored last, CLOCK_BOOTTIME */
	guint timer;
};

struct gather *
gather_new(struct daemon *d)
{
	struct gather *g = xcalloc(1, sizeof *g);

	g->d = d;
	return g;
}

struct gather *
gather_free(struct gather *g)
{
	if (g && g->timer)
		g_source_remove(g->timer);
	free(g);
	return NULL;
}

bool
gather_waits(const struct daemon *d)
{
	return d->gather && d->gather->open;
}

static gboolean
on_time(gpointer data)
{
	struct gather *g = data;

	g->timer = 0;
	gather_settle(g->d);
	return G_SOURCE_REMOVE;
}

void
gather_open(struct daemon *d)
{
	struct gather *g = d->gather;

	if (g->open || !history_gather(d))
		return;
	g->open = true;
	g->timer = g_timeout_add(TOGETHER_MS, on_time, g);
}

void
gather_event(struct daemon *d)
{
	struct gather *g = d->gather;
	int64_t now = clock_boot_ns();

	g->lost = false;
	if (g->open)
		return;
	if (now - g->stored < TOGETHER_MS * NS_PER_S / 1000)
		gather_open(d);
	g->stored = now;
}

void
gather_keep(struct daemon *d, const struct store_event *event)
{
	struct kept *k = &d->gather->kept[d->gather->n++];
	const char **strings[] = {&k->event.kind, &k->event.source,
		&k->event.project, &k->event.oid, &k->event.data,
		&k->event.verdict};

	*k = (struct kept){.event = *event};
	for (size_t i = 0; i < ARRAY_SIZE(strings); i++)
		*strings[i] = k->text[i] = xstrdup(*strings[i] ? *strings[i] : "");
	if (d->gather->n == TOGETHER_MAX)
		gather_settle(d);
}

static void
answer(struct daemon *d, struct asker a, int r)
{
	if (!a.id)
		return;
	if (r == 0)
		reply(d, a, json_pack("{sb}", "ok", 1));
	else
		reply_refusal(d, a,
			r == -EINVAL ? W_UNKNOWN_EVENT : W_NOT_KEPT);
}

void
gather_answer(struct daemon *d, struct asker a, int r)
{
	struct gather *g = d->gather;
	struct kept *last = g->n ? &g->kept[g->n - 1] : NULL;

	if (r != 0 || !last || last->asked) {
		answer(d, a, r == 0 && g->lost ? 1 : r);
	} else {
		last->asker = a;
		last->asked = true;
	}
	/* one happening may be several events: there must be room for them */
	if (g->n > TOGETHER_MAX / 2)
		gather_settle(d);
}

static void
let_go(struct daemon *d, struct kept *k, int r)
{
	d->gather->lost |= r != 0;
	if (k->asked)
		answer(d, k->asker, r);
	for (size_t i = 0; i < ARRAY_SIZE(k->text); i++)
		free(k->text[i]);
}

int
gather_settle(struct daemon *d)
{
	struct gather *g = d->gather;
	int n, r;

	if (!gather_waits(d))
		return 0;
	g->open = false;
	if (g->timer)
		g_source_remove(g->timer);
	g->timer = 0;
	n = g->n;
	g->n = 0;
	r = history_gathered(d);
	for (int i = 0; i < n; i++) {
		struct kept *k = &g->kept[i];

		let_go(d, k, r == 0 ? 0
			: history_append(d, &k->event, false, NULL));
	}
	g->stored = clock_boot_ns();
	return r;
}
