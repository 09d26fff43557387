/* SPDX-License-Identifier: MIT */
/*
 * A history that cannot be opened or written is no reason to say nothing at
 * six: the engine goes on, and every event is kept in the reserve, which needs
 * no lock, no room for an index and no sound file.  Within a batch nothing is
 * kept there: what was to be stored is still where it was read from.
 */
#include "daemon/history.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/paths.h"
#include "daemon/board.h"
#include "daemon/daemon.h"
#include "daemon/gather.h"
#include "daemon/ledger.h"
#include "daemon/reserve.h"
#include "daemon/rollup.h"
#include "daemon/spool.h"
#include "daemon/timeline.h"
#include "store/store.h"
#include "wire/sock.h"
#include "words/words.h"

/* How often a history that could not be written is tried again, real time. */
#define RETRY_S 2

/* What the owner of a history has to end, and how often that is looked at. */
#define OWNER_MS 2000
#define LOOK_MS 10

/* Events of one second may be stored as of the seconds after it: a clock that
 * is started where it was killed goes on, all the same. */
#define CLOCK_SLACK_S 5

/* Numbers of notices that the store could not number; far from its own. */
#define NUMBERS_FROM (INT64_C(1) << 30)

struct history {
	struct reserve *reserve;
	char *path;
	bool stand_in; /* d->store is a database in memory */
	bool down;     /* what happens goes to the reserve */
	bool batch;
	bool memory;   /* said that even the reserve cannot be written */
	const char *mend; /* of d->trouble */
	guint retry;
	int64_t number;
};

/* --- trouble, said once ------------------------------------------------------- */

/* mend: what can be done about it, NULL when the sentence says so. */
static void
trouble(struct daemon *d, char *sentence, const char *mend)
{
	free(d->trouble);
	d->trouble = sentence;
	d->history->mend = mend;
	log_error("%s", sentence);
	if (d->board)
		board_tell(d, W_TROUBLE_TITLE, sentence);
}

static void
over(struct daemon *d)
{
	d->history->down = d->history->memory = false;
	free(d->trouble);
	d->trouble = NULL;
	log_info("%s", W_STORE_BACK);
	spool_again(d);
}

/* --- whose it is ---------------------------------------------------------------- */

/* The process that has fd locked, 0 when there is none. */
static pid_t
owner(int fd)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK)
		return 0;
	return lock.l_pid;
}

/* False when somebody else has it locked. Where nothing can be, as on some
 * mounts, nothing is. */
static bool
lock(int fd)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(fd, F_SETLK, &whole) == 0 ||
		(errno != EACCES && errno != EAGAIN);
}

int
history_lock(const struct daemon *d, struct err *err)
{
	int64_t end = clock_mono_ns() + OWNER_MS * NS_PER_MS;
	AUTO_FREE char *dir = paths_state(), *socket = paths_socket();
	AUTO_FREE char *path = xasprintf("%s/%s.lock", dir,
		d->options.clock ? "clock" : "vesper");
	AUTO_CLOSE int fd = -1;

	if (paths_make(dir, NULL) == 0)
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
			O_NONBLOCK, 0600);
	while (fd >= 0 && !lock(fd)) {
		if (sock_answers(socket))
			return err_set(err, -EADDRINUSE, "%s", W_SECOND);
		if (clock_mono_ns() > end)
			return err_set(err, -EADDRINUSE, W_STORE_TAKEN, dir,
				(int)owner(fd));
		poll(NULL, 0, LOOK_MS);
	}
	steal_fd(&fd); /* never closed */
	return 0;
}

/* --- opening -------------------------------------------------------------------- */

/* Removes the files of a directory whose names begin with prefix. Returns how
 * many. */
static int
remove_files(const char *path, const char *prefix)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;
	int n = 0;

	while (dir && (name = g_dir_read_name(dir))) {
		AUTO_FREE char *file = xasprintf("%s/%s", path, name);

		if (starts_with(name, prefix))
			n += unlink(file) == 0;
	}
	if (dir)
		g_dir_close(dir);
	return n;
}

static void
forget_clock_notes(struct daemon *d)
{
	AUTO_FREE char *notes = daemon_notes_path(d);

	remove_files(notes, "");
}

int
history_remove_aside(struct daemon *d)
{
	AUTO_FREE char *dir = xstrdup(d->history->path);
	char *slash = strrchr(dir, '/');
	AUTO_FREE char *prefix = xasprintf("%s.", slash + 1);

	*slash = '\0';
	return remove_files(dir, prefix);
}

/* A clock that begins before the last event of its own history begins anew. */
static void
forget_clock_history(struct daemon *d)
{
	static const char *const suffix[] = {"", "-wal", "-shm"};
	struct history *h = d->history;

	for (size_t i = 0; i < ARRAY_SIZE(suffix); i++) {
		AUTO_FREE char *file = xasprintf("%s%s", h->path, suffix[i]);

		unlink(file);
	}
	unlink(reserve_path(h->reserve));
	forget_clock_notes(d);
}

typedef int open_fn(const char *path, struct store **out, char **aside,
	struct err *err);

/* Opens the file, or a new one where it is damaged. */
static int
open_file(struct daemon *d, open_fn *how, struct err *err)
{
	struct history *h = d->history;
	AUTO_FREE char *aside = NULL;
	struct store *store = NULL;
	int r = how(h->path, &store, &aside, err);

	if (r < 0)
		return r;
	d->store = store;
	if (aside)
		trouble(d, xasprintf(how == store_renew ? W_STORE_RESTARTED
						 : W_STORE_ASIDE, aside),
			W_DOCTOR_MEND_ASIDE);
	return 0;
}

static int
open_real(struct daemon *d, open_fn *how, struct err *err)
{
	AUTO_FREE char *dir = paths_state();
	int r = paths_make(dir, err);

	if (r == 0)
		r = open_file(d, how, err);
	if (r == 0 && d->options.clock &&
		store_alive(d->store, INT64_MAX - 1) >
			timeline_now(d->time) + CLOCK_SLACK_S) {
		d->store = store_close(d->store);
		forget_clock_history(d);
		r = open_file(d, how, err);
	}
	if (r == 0)
		r = reserve_drain(d->history->reserve, d->store);
	if (r < 0 && d->store) {
		d->store = store_close(d->store);
		err_errno(err, -r, "%s", d->history->path);
	}
	return r;
}

static gboolean on_retry(gpointer data);

static void
go_down(struct daemon *d, int code, const char *why)
{
	struct history *h = d->history;
	const char *place = reserve_path(h->reserve);

	if (!h->retry)
		h->retry = g_timeout_add_seconds(RETRY_S, on_retry, d);
	if (h->down)
		return;
	h->down = true;
	if (code == -EPROTO)
		trouble(d, xasprintf(W_STORE_NEWER, place), NULL);
	else
		trouble(d, xasprintf(W_STORE_HELD, why, place),
			W_DOCTOR_MEND_HISTORY);
}

static int
open_stand_in(struct daemon *d, struct err *err)
{
	AUTO_FREE char *aside = NULL;
	int r = store_open(":memory:", &d->store, &aside, err);

	if (r == 0)
		reserve_copy(d->history->reserve, d->store);
	return r;
}

int
history_open(struct daemon *d, struct err *err)
{
	AUTO_FREE char *state = paths_state();
	AUTO_FREE char *reserve = xasprintf("%s/spool/%s.held", state,
		d->options.clock ? "clock" : "vesperd");
	struct history *h = xcalloc(1, sizeof *h);
	int r;

	d->history = h;
	h->path = daemon_database_path(d);
	h->reserve = reserve_new(reserve);
	h->number = NUMBERS_FROM;
	r = open_real(d, store_open, err);
	if (r == 0)
		return 0;
	h->stand_in = true;
	go_down(d, r, err->text);
	return open_stand_in(d, err);
}

void
history_close(struct daemon *d)
{
	struct history *h = d->history;

	d->store = store_close(d->store);
	if (!h)
		return;
	if (h->retry)
		g_source_remove(h->retry);
	reserve_free(h->reserve);
	free(h->path);
	free(h);
	d->history = NULL;
}

/* --- trying again ---------------------------------------------------------------- */

/* The real history is back: where things stand is folded from it anew. */
static int
replace_stand_in(struct daemon *d)
{
	struct store *stand_in = d->store;
	struct err err;
	int r;

	d->store = NULL;
	r = open_real(d, store_open_again, &err);
	if (r < 0) {
		d->store = stand_in;
		return r;
	}
	store_close(stand_in);
	d->history->stand_in = false;
	return ledger_refold(d);
}

static gboolean
on_retry(gpointer data)
{
	struct daemon *d = data;
	struct history *h = d->history;
	int r = h->stand_in ? replace_stand_in(d)
			    : reserve_drain(h->reserve, d->store);

	if (r < 0)
		return G_SOURCE_CONTINUE;
	h->retry = 0;
	over(d);
	return G_SOURCE_REMOVE;
}

/* --- writing ---------------------------------------------------------------------- */

/* The file turned out to be damaged: a new one, with the rules in force. */
static int
begin_anew(struct daemon *d, struct err *err)
{
	int r;

	if (!ledger_is_live(d) || d->history->batch)
		return -EBADMSG; /* its rows are being read */
	rollup_drop(d);
	d->store = store_close(d->store);
	r = open_file(d, store_renew, err);
	if (r == 0) {
		ledger_restate(d);
		return 0;
	}
	d->history->stand_in = true;
	return open_stand_in(d, err) < 0 ? -EBADMSG : r;
}

static int
hold(struct daemon *d, struct store_event *event, bool durable,
	struct err *err)
{
	struct history *h = d->history;
	int r = reserve_keep(h->reserve, event, durable);

	if (h->stand_in && r >= 0)
		store_append(d->store, event, false, NULL);
	if (r != 0 && !h->memory) {
		h->memory = true;
		trouble(d, xasprintf(W_STORE_NOWHERE, reserve_path(h->reserve)),
			W_DOCTOR_MEND_HISTORY);
	}
	return r < 0 ? err_set(err, r, W_STORE_NOWHERE,
			       reserve_path(h->reserve)) : r;
}

int
history_append(struct daemon *d, struct store_event *event, bool durable,
	struct err *err)
{
	struct history *h = d->history;
	struct err why;
	int r;

	if (durable)
		gather_settle(d);
	if (h->down)
		return hold(d, event, durable, err);
	r = store_append(d->store, event, durable, &why);
	if (r == -EBADMSG && begin_anew(d, &why) == 0)
		r = store_append(d->store, event, durable, &why);
	if (r == 0 && gather_waits(d))
		gather_keep(d, event);
	if (r == 0)
		return 0;
	if (gather_waits(d)) {
		gather_settle(d);
		return history_append(d, event, durable, err);
	}
	if (h->batch)
		return 1;
	go_down(d, r, why.text);
	return hold(d, event, durable, err);
}

int
history_notice(struct daemon *d, struct store_notice *notice)
{
	struct history *h = d->history;
	int r;

	gather_settle(d); /* it is said now */
	r = h->down && !h->stand_in ? -EIO : store_notice(d->store, notice);
	if (h->down && r != 1)
		reserve_keep_notice(h->reserve, notice);
	if (r < 0) {
		notice->n = ++h->number;
		return 0;
	}
	return r;
}

bool
history_begin(struct daemon *d)
{
	gather_settle(d);
	if (d->history->down || store_begin(d->store, true, NULL) < 0)
		return false;
	d->history->batch = true;
	return true;
}

int
history_commit(struct daemon *d)
{
	struct err err;
	int r = store_commit(d->store, &err);

	d->history->batch = false;
	if (r < 0)
		go_down(d, r, err.text);
	return r;
}

bool
history_gather(struct daemon *d)
{
	return !d->history->down && !d->history->batch &&
		store_begin(d->store, false, NULL) == 0;
}

int
history_gathered(struct daemon *d)
{
	return store_commit(d->store, NULL);
}

const char *
history_mend(const struct daemon *d)
{
	return d->history->mend;
}

bool
history_is_down(const struct daemon *d)
{
	return d->history->down;
}
