/* SPDX-License-Identifier: MIT */
/*
 * The engine knows one thing, held or not; the names are for `why`.  What
 * [notify] hold leaves out is remembered all the same, so that a changed
 * config counts at once.
 */
#include "daemon/holders.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "store/store.h"
#include "words/words.h"

#define HOLDERS_MAX 16

struct holder {
	char *source, *what;
};

struct holders {
	struct holder list[HOLDERS_MAX];
	int n;
	bool busy; /* as the engine was told */
	char *dnd;
};

struct holders *
holders_new(void)
{
	return xcalloc(1, sizeof(struct holders));
}

static void
drop(struct holders *h, int i)
{
	free(h->list[i].source);
	free(h->list[i].what);
	h->list[i] = h->list[--h->n];
}

struct holders *
holders_free(struct holders *h)
{
	if (!h)
		return NULL;
	while (h->n)
		drop(h, h->n - 1);
	free(h->dnd);
	free(h);
	return NULL;
}

static bool
counts(const struct daemon *d, const struct holder *holder)
{
	if (streq(holder->what, "call"))
		return d->config->hold_call;
	if (streq(holder->what, "fullscreen"))
		return d->config->hold_fullscreen;
	return true;
}

/* Tells the engine when the first has come or the last has gone. */
static void
recount(struct daemon *d, const char *source, const char *what, int64_t at)
{
	struct holders *h = d->holders;
	struct happening event = {.source = source, .human = true, .at = at};
	bool busy = false;

	for (int i = 0; i < h->n; i++)
		busy |= counts(d, &h->list[i]);
	if (busy == h->busy)
		return;
	h->busy = busy;
	event.kind = busy ? "busy" : "free";
	event.data = json_pack("{ss}", "by", what);
	ledger_record(d, &event, NULL, NULL);
	json_decref(event.data);
}

static int
find(const struct holders *h, const char *source, const char *what)
{
	for (int i = 0; i < h->n; i++)
		if (streq(h->list[i].source, source) &&
			streq(h->list[i].what, what))
			return i;
	return -1;
}

void
holders_set(struct daemon *d, const char *source, const char *what, bool on,
	int64_t at)
{
	struct holders *h = d->holders;
	int i = find(h, source, what);

	if (on && i < 0 && h->n < HOLDERS_MAX)
		h->list[h->n++] = (struct holder){xstrdup(source),
			xstrdup(what)};
	else if (!on && i >= 0)
		drop(h, i);
	recount(d, source, what, at);
}

static int
on_newest(void *data, const struct store_event *event)
{
	struct holders *h = data;
	json_t *more = json_loads(event->data, 0, NULL);
	const char *what = json_string_value(json_object_get(more, "by"));

	if (!streq(event->source, "desktop"))
		h->list[h->n++] = (struct holder){xstrdup(event->source),
			xstrdup(what ? what : "")};
	json_decref(more);
	return 0;
}

void
holders_restore(struct daemon *d)
{
	struct engine_view view;

	ledger_view(d, &view);
	if (!view.busy)
		return;
	d->holders->busy = true;
	store_newest(d->store, "busy", INT64_MAX, on_newest, d->holders);
	recount(d, "vesper", "", 0);
}

void
holders_dnd(struct daemon *d, const char *by)
{
	free(d->holders->dnd);
	d->holders->dnd = by ? xstrdup(by) : NULL;
}

void
holders_forget(struct daemon *d, const char *source)
{
	struct holders *h = d->holders;

	for (int i = h->n - 1; i >= 0; i--)
		if (streq(h->list[i].source, source))
			drop(h, i);
	recount(d, source, "", 0);
}

void
holders_reload(struct daemon *d)
{
	recount(d, "vesper", "", 0);
}

json_t *
holders_json(struct daemon *d)
{
	const struct holders *h = d->holders;
	json_t *list = json_array();

	for (int i = 0; i < h->n; i++)
		if (counts(d, &h->list[i]))
			json_array_append_new(list,
				json_pack("{ss ss}", "what",
					*h->list[i].what ? h->list[i].what
							 : "busy",
					"by", h->list[i].source));
	if (h->dnd)
		json_array_append_new(list,
			json_pack("{ss ss}", "what", "dnd", "by", h->dnd));
	return list;
}

static const char *
name(const struct holder *holder)
{
	if (streq(holder->what, "call"))
		return W_HOLDER_CALL;
	if (streq(holder->what, "fullscreen"))
		return W_HOLDER_FULLSCREEN;
	return *holder->source ? holder->source : W_HOLDER_SOMEBODY;
}

bool
holders_text(struct daemon *d, struct buf *out)
{
	const struct holders *h = d->holders;
	bool any = false;

	for (int i = 0; i < h->n; i++) {
		if (!counts(d, &h->list[i]))
			continue;
		buf_addf(out, "%s%s", any ? ", " : "", name(&h->list[i]));
		any = true;
	}
	return any;
}

const char *
holders_dnd_by(struct daemon *d)
{
	return d->holders->dnd;
}
