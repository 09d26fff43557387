/* SPDX-License-Identifier: MIT */
/*
 * Every write, sync, truncation, creation and removal that the store makes
 * fails, one after the other, once or from then on; and the power is cut at
 * each of them.  What was acknowledged is there, once; what was not is not;
 * the file is sound.
 */
#include "store/internal.h"
#include "store/schema.h"
#include "store/store.h"

#include <stdlib.h>
#include <unistd.h>

#include "lib/tap.h"
#include "store/shim.h"

#define EVENTS 40

static char dir[] = "/tmp/vesper-failing.XXXXXX";
static char path[64], wal[64], shm[64], copy[64], copy_wal[64];
static const char word[] = "a project with a name long enough to fill pages, so"
	" that the log is as long as it takes to be carried over now and then";

/* What the store said of each event. */
static struct {
	bool tried, good, durable;
} said[EVENTS];
static int told;

static int
add(struct store *s, bool durable)
{
	char data[32];
	struct store_event e = {.at = 1000 + told, .kind = "activity",
		.source = "vim", .project = word, .data = data};
	int r;

	snprintf(data, sizeof data, "{\"n\":%d}", told);
	r = store_append(s, &e, durable, NULL);
	said[told].tried = true;
	said[told].durable = durable;
	said[told++].good = r == 0;
	return r;
}

/* Several as one, which counts when the end of it does. */
static void
add_batch(struct store *s, bool durable)
{
	int first = told, r = store_begin(s, durable, NULL);

	if (r < 0)
		return;
	for (int i = 0; i < 4; i++)
		add(s, false);
	r = store_commit(s, NULL);
	for (int i = first; i < told; i++) {
		said[i].good = r == 0;
		said[i].durable = durable;
	}
}

static void
play(struct store *s)
{
	struct store_notice notice = {.at = 5, .notice = "merge", .day = "d"};

	for (int i = 0; i < 4; i++)
		add(s, i == 2);
	add_batch(s, true);
	store_notice(s, &notice);
	add_batch(s, false);
	sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
		NULL, NULL);
	for (int i = 0; i < 4; i++)
		add(s, i == 1);
	store_meta_set(s, "quiet", "x");
	add_batch(s, true);
}

static int
count(void *data, const struct store_event *event)
{
	int *seen = data, n = atoi(event->data + strlen("{\"n\":"));

	seen[n]++;
	return 0;
}

static int
on_row(void *data, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	snprintf(data, 64, "%s", values[0]);
	return 0;
}

/* How many things are wrong with an event. A disk that takes nothing after a
 * failed sync may have what was refused. */
static int
wrong_with(int i, int seen, bool cut, bool for_ever)
{
	bool due = said[i].good && (said[i].durable || !cut);
	bool may = said[i].good || cut || (for_ever && said[i].durable);

	return seen > 1 || (due && !seen) || (seen && !may);
}

/* Opens what was left; how many things are wrong with it. */
static int
look(const char *what, long n, bool cut, bool for_ever)
{
	struct store *s = NULL;
	struct err err = {0};
	char *aside = NULL, state[64] = "";
	int seen[EVENTS] = {0}, wrong = 0;

	if (store_open(copy, &s, &aside, &err) < 0 || aside) {
		printf("# %s at %ld: %s\n", what, n, aside ? aside : err.text);
		free(aside);
		store_close(s);
		return 1;
	}
	sqlite3_exec(s->db, "PRAGMA integrity_check", on_row, state,
		NULL);
	if (strcmp(state, "ok") != 0)
		wrong += printf("# %s at %ld: %s\n", what, n, state) > 0;
	store_each(s, 0, 10000, false, count, seen);
	for (int i = 0; i < told; i++)
		if (wrong_with(i, seen[i], cut, for_ever))
			wrong += printf("# %s at %ld: event %d, %s%s, is there"
					" %d times\n", what, n, i,
				said[i].good ? "stored" : "refused",
				said[i].durable ? " for good" : "",
				seen[i]) > 0;
	store_close(s);
	return wrong;
}

static void
clean(void)
{
	const char *const files[] = {path, wal, shm, copy, copy_wal};
	char kept[96];

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		unlink(files[i]);
	/* a power cut while the tables were made leaves some of them, which
	 * are kept when it is opened again */
	for (int i = 0; i < SCHEMA_VERSION; i++) {
		snprintf(kept, sizeof kept, "%s.schema-%d", copy, i);
		unlink(kept);
	}
	shim_forget();
	memset(said, 0, sizeof said);
	told = 0;
}

static void
copy_as_it_is(const char *from, const char *to)
{
	long size;
	unsigned char *bytes = shim_read_file(from, &size);
	FILE *f = bytes ? fopen(to, "wb") : NULL;

	if (f && fwrite(bytes, 1, (size_t)size, f) != (size_t)size)
		abort();
	if (f)
		fclose(f);
	free(bytes);
}

/* One life with one failure in it, ended by a kill or a power cut. Adds to
 * *wrong; false when nothing failed any more. */
static bool
live(const char *what, long n, bool for_ever, bool cut, int code, int *wrong)
{
	struct store *s = NULL;
	char *aside = NULL;
	struct err err;
	bool reached;

	clean();
	if (store_open(path, &s, &aside, &err) < 0)
		abort();
	shim_arm(n, for_ever, code);
	play(s);
	reached = shim.calls >= n;
	shim.fail_at = 0;
	if (cut) {
		shim_cut_power(path, copy);
		shim_cut_power(wal, copy_wal);
	} else {
		copy_as_it_is(path, copy);
		copy_as_it_is(wal, copy_wal);
	}
	*wrong += look(what, n, cut, for_ever);
	if (!cut && !for_ever) /* it goes on when the disk does */
		*wrong += add(s, true) != 0;
	store_close(s);
	return reached;
}

static void
all(const char *what, bool for_ever, bool cut, int code, int times)
{
	int wrong = 0;
	long n = 1;

	while (live(what, n, for_ever, cut, code, &wrong)) {
		for (int i = 1; i < times; i++)
			live(what, n, for_ever, cut, code, &wrong);
		n++;
	}
	ok(n > 40 && wrong == 0, "%s at each of %ld calls", what, n - 1);
}

int
main(void)
{
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/a.db", dir);
	snprintf(wal, sizeof wal, "%s/a.db-wal", dir);
	snprintf(shm, sizeof shm, "%s/a.db-shm", dir);
	snprintf(copy, sizeof copy, "%s/copy.db", dir);
	snprintf(copy_wal, sizeof copy_wal, "%s/copy.db-wal", dir);
	shim_register();
	srand(1);
	all("the disk full once", false, false, SQLITE_FULL, 1);
	all("the disk full from then on", true, false, SQLITE_FULL, 1);
	all("an error once", false, false, SQLITE_IOERR_WRITE, 1);
	all("errors from then on", true, false, SQLITE_IOERR_WRITE, 1);
	all("a power cut", true, true, SQLITE_IOERR_WRITE, 5);
	clean();
	return rmdir(dir) == 0 ? tap_done() : 1;
}
