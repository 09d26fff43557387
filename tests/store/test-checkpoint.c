/* SPDX-License-Identifier: MIT */
/*
 * The log of a flood stays small, grows while somebody reads the whole
 * history, as for a backup, and is small again after that.
 */
#include "store/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "lib/tap.h"

#define MB (1024 * 1024)
#define LONG_LINE 60000

static char dir[] = "/tmp/vesper-checkpoint.XXXXXX";
static char path[64], wal[64];
static int stored;

/* So many MB of events, each in a transaction of its own. */
static void
pour(struct store *s, int megabytes)
{
	static char data[LONG_LINE];

	snprintf(data, sizeof data, "{\"text\":\"%*s\"}", LONG_LINE - 20, "x");
	for (int i = 0; i < megabytes * MB / LONG_LINE; i++) {
		struct store_event e = {.at = 1000 + stored, .data = data,
			.kind = "activity", .source = "vim"};

		stored += store_append(s, &e, false, NULL) == 0;
	}
}

static long
log_size(void)
{
	struct stat st;

	return stat(wal, &st) == 0 ? (long)st.st_size : -1;
}

static int
on_event(void *data, const struct store_event *event UNUSED)
{
	++*(int *)data;
	return 0;
}

/* A reader that began before them and does not end. */
static void
backup(struct store *s)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int before = stored;

	sqlite3_open(path, &db);
	sqlite3_prepare_v2(db, "SELECT count(*) FROM events", -1, &stmt, NULL);
	sqlite3_exec(db, "BEGIN; SELECT * FROM events", NULL, NULL, NULL);
	pour(s, 30);
	ok(log_size() > 30 * MB, "the log keeps what a reader must not see");
	sqlite3_step(stmt);
	is_int(sqlite3_column_int(stmt, 0), before, "which it does not");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

int
main(void)
{
	struct store *s = NULL;
	char *aside = NULL;
	struct err err;
	int n = 0;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/a.db", dir);
	snprintf(wal, sizeof wal, "%s/a.db-wal", dir);
	is_int(store_open(path, &s, &aside, &err), 0, "open");
	pour(s, 40);
	ok(log_size() < 10 * MB, "40 MB of events, a log of %ld", log_size());
	backup(s);
	pour(s, 20);
	ok(log_size() < 20 * MB, "then it is %ld", log_size());
	store_each(s, 0, INT64_MAX, false, on_event, &n);
	is_int(n, stored, "all %d are there", n);
	store_close(s);
	ok(log_size() == -1, "and no log when it is closed");
	unlink(path);
	return rmdir(dir) == 0 ? tap_done() : 1;
}
