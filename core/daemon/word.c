/* SPDX-License-Identifier: MIT */
/*
 * A sentence that counts minutes is another one each minute, so it is written
 * with blanks for them and with what a hook needs to fill them in; then the page
 * is good for as long as the day stays as it is.
 *
 * The lock says that we live: a kill lets go of it, and nobody believes a page
 * that anybody can lock.  So it is held before the page has its name.
 */
#include "daemon/word.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/summary.h"
#include "daemon/timeline.h"
#include "wire/wire.h"

/* A page is good for a day at most, and to a change of summer time. Zones move
 * at quarters of an hour. */
#define PAGE_S DAY_S
#define QUARTER_S 900

struct word {
	int fd;	       /* the page, locked, or -1 */
	char *text;    /* what is on it, or NULL */
	int64_t until; /* from then on it is written anew */
};

/* How a commit would fare now. */
struct judged {
	const char *mode; /* wire.h */
	enum engine_verdict verdict;
	int64_t now, end; /* end: of the day, when late */
};

static char *
page_path(void)
{
	AUTO_FREE char *socket = paths_socket();

	return xasprintf("%s%s", socket, WIRE_WORD);
}

/* --- what it says ----------------------------------------------------------- */

static struct judged
judge(struct daemon *d)
{
	const struct config *c = d->config;
	bool silent = c->commits == POLICY_OFF && c->pushes == POLICY_OFF;
	struct judged j = {0};
	struct engine_view view;
	int64_t past;

	j.verdict = ledger_judge(d, EVENT_COMMIT, &past);
	j.mode = j.verdict == VERDICT_OK || silent ? WIRE_WORD_CALM
		: c->commits == POLICY_OFF	   ? WIRE_WORD_OFF
						   : WIRE_WORD_SPEAK;
	ledger_view(d, &view);
	j.now = view.now;
	if (j.verdict == VERDICT_LATE)
		j.end = view.effective_end;
	return j;
}

static bool
speaks(const struct judged *j)
{
	return streq(j->mode, WIRE_WORD_SPEAK);
}

/* Behind the mode: what a sentence at another instant is made of. */
static void
add_sentence(struct daemon *d, const struct judged *j, struct buf *page)
{
	struct timeline_rate rate = timeline_rate(d->time);

	buf_addf(page, "%lld %lld %lld %lld %lld\n", (long long)rate.boot_ms,
		(long long)rate.instant_ms, (long long)rate.factor,
		(long long)j->end, (long long)DAY_S + civil_offset(j->now));
	summary_verdict_with(d, j->verdict, WIRE_WORD_TIME, WIRE_WORD_LENGTH,
		page);
	buf_adds(page, "\n");
	summary_length_forms(page);
}

static int64_t
good_until(const struct judged *j)
{
	int64_t at = j->now;

	do
		at += QUARTER_S - at % QUARTER_S;
	while (at < j->now + PAGE_S && civil_offset(at) == civil_offset(j->now));
	return at;
}

/* --- the file ---------------------------------------------------------------- */

/* What a hook wrote into the first line of the last page holds for this one:
 * of two hooks for one commit the second may come only now. */
static void
add_spoken(const struct word *w, struct buf *page)
{
	char spoken[WIRE_WORD_SPOKEN + 1];

	if (w->fd < 0 ||
		pread(w->fd, spoken, WIRE_WORD_SPOKEN, 0) != WIRE_WORD_SPOKEN)
		memset(spoken, ' ', WIRE_WORD_SPOKEN);
	buf_add(page, spoken, WIRE_WORD_SPOKEN);
	buf_adds(page, "\n");
}

/* A file of that name that is whole and locked, or -1. */
static int
put(const char *path, const struct buf *page)
{
	AUTO_FREE char *half = xasprintf("%s.new", path);
	AUTO_CLOSE int fd = -1;

	unlink(half);
	fd = open(half, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		0600);
	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 &&
		file_write(fd, page->data, page->len) == 0 &&
		rename(half, path) == 0)
		return steal_fd(&fd);
	unlink(half);
	return -1;
}

/* Without a page hooks ask. */
static void
take_away(struct word *w)
{
	AUTO_FREE char *path = page_path();

	unlink(path);
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

static void
replace(struct word *w, const struct buf *page)
{
	AUTO_FREE char *path = page_path();
	int fd = put(path, page);

	if (fd < 0) {
		take_away(w);
		return;
	}
	if (w->fd >= 0)
		close(w->fd);
	w->fd = fd;
}

void
word_update(struct daemon *d)
{
	struct word *w = d->word;
	struct judged j = judge(d);
	AUTO_BUF struct buf text = {0}, page = {0};

	buf_addf(&text, "%s\n", j.mode);
	if (speaks(&j))
		add_sentence(d, &j, &text);
	if (w->text && streq(text.data, w->text) && j.now < w->until)
		return;
	w->until = speaks(&j) ? good_until(&j) : INT64_MAX;
	add_spoken(w, &page);
	buf_addf(&page, "%lld %s", (long long)w->until, text.data);
	replace(w, &page);
	free(w->text);
	w->text = buf_steal(&text);
}

/* --- life ---------------------------------------------------------------------- */

struct word *
word_new(void)
{
	struct word *w = xcalloc(1, sizeof *w);

	w->fd = -1;
	take_away(w); /* what a daemon before us left */
	return w;
}

struct word *
word_free(struct word *w)
{
	if (!w)
		return NULL;
	take_away(w);
	free(w->text);
	free(w);
	return NULL;
}
