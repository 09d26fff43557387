/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a note that somebody wrote, and as what comes back from the
 * editor for it, and for a day to be put right.  The first byte says how; a
 * byte 0xff ends the one and begins the other.
 */
#include <jansson.h>

#include "base/paths.h"
#include "daemon/amend.h"
#include "daemon/morning.h"
#include "daemon/note.h"
#include "fuzz/daemon.h"

#define DAY "2026-11-18"

enum { DRAFTED = 1, HANDED_BACK = 2 };

/* Without what a joint may lose. */
static void
trim(struct buf *b)
{
	size_t n = b->len;

	while (n && strchr("\n ", b->data[n - 1]))
		n--;
	b->len = n;
	while (b->len && strchr("\n ", *b->data))
		buf_drop(b, 1);
}

/* What was there before is there still, unless it was drafted, edited and
 * handed back. */
static void
saved(struct daemon *d, const char *text, unsigned how)
{
	AUTO_BUF struct buf old = {0}, new = {0}, said = {0}, draft = {0};
	AUTO_FREE char *path = NULL, *again = NULL;
	struct err err;
	int base;

	must(note_read(d, DAY, &old, &path) == 0);
	base = note_draft(d, how & DRAFTED ? DAY : "2026-11-16", NULL, &draft);
	must(fuzz_is_plain(draft.data));
	must(note_save(d, DAY, text, how & HANDED_BACK ? base : 0, &said,
		     &err) == 0);
	must(note_read(d, DAY, &new, &again) == 0);
	if (how & DRAFTED && how & HANDED_BACK)
		return;
	trim(&old);
	must(old.len == 0 || memmem(new.data, new.len, old.data, old.len));
}

static void
corrected(struct daemon *d, const char *text)
{
	json_t *in = json_pack("{ss ss}", "day", "today", "text", text);
	json_t *answer = in ? amend_do(d, in) : NULL;

	must(!in || answer);
	json_decref(answer);
	json_decref(in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct daemon *d = fuzz_daemon("2026-11-18T17:00:00+01:00,step");
	AUTO_FREE char *dir = daemon_notes_path(d);
	AUTO_FREE char *today = xasprintf("%s/" DAY ".md", dir);
	AUTO_FREE char *before = xasprintf("%s/2026-11-17.md", dir);
	AUTO_FREE char *text = NULL;
	const uint8_t *end;
	struct err err;
	json_t *morning;

	if (n < 1)
		return 0;
	end = memchr(data + 1, 0xff, n - 1);
	end = end ? end : data + n;
	text = end < data + n
		? xstrndup((const char *)end + 1, (size_t)(data + n - end - 1))
		: xstrdup("done");
	must(paths_make(dir, &err) == 0);
	fuzz_write(today, data + 1, (size_t)(end - data - 1));
	fuzz_write(before, data + 1, (size_t)(end - data - 1));
	morning = morning_json(d);
	must(fuzz_is_plain(json_string_value(json_object_get(morning, "text"))));
	json_decref(morning);
	saved(d, text, data[0]);
	corrected(d, text);
	return 0;
}
