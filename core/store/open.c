/* SPDX-License-Identifier: MIT */
/*
 * A file that is no database is renamed, never deleted.  A whole check of a
 * year's history takes a fraction of a second, so it is made only where
 * something may have happened to it: when the last owner did not close it.
 */
#include "store/open.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/schema.h"

/* Somebody else (a backup, a person) may hold the file for a moment; longer
 * than this the loop does not wait for a write. */
#define OPEN_WAIT_MS 2000
#define WRITE_WAIT_MS 100

static const char setup[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
	"PRAGMA cache_size=-512; PRAGMA journal_size_limit=16000000;"
	"SELECT count(*) FROM sqlite_schema";

/* What SQLite puts down for a moment, all of the history in a VACUUM, stays
 * beside it: /var/tmp may lie on a disk that is not encrypted. */
static void
keep_temporary_beside(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash && !sqlite3_temp_directory)
		sqlite3_temp_directory = sqlite3_mprintf("%.*s",
			(int)(slash - path), path);
}

/* The log is removed by who closes the database. */
static bool
closed_well(const char *path)
{
	AUTO_FREE char *wal = xasprintf("%s-wal", path);
	struct stat st;

	return stat(wal, &st) < 0 || st.st_size == 0;
}

/* What SQLite 3.40 finds in the table that schemas 3 and 4 had for what was
 * imported (schema.c) is no damage. */
static int
on_check(void *data, int n, char **values, char **names UNUSED)
{
	const char *said = n == 1 && values[0] ? values[0] : "";
	bool *good = data;

	*good &= streq(said, "ok") ||
		starts_with(said, "NULL value in imported.");
	return !*good; /* the first one is enough */
}

/* SQLITE_OK or SQLITE_CORRUPT or what else went wrong. */
static int
check(sqlite3 *db)
{
	bool good = true;
	int r = sqlite3_exec(db, "PRAGMA quick_check(1000000)", on_check, &good,
		NULL);

	return good ? r : SQLITE_CORRUPT;
}

static int
prepare(sqlite3 *db, int wait_ms, bool whole)
{
	int r;

	sqlite3_busy_timeout(db, wait_ms);
	r = sqlite3_exec(db, setup, NULL, NULL, NULL);
	if (r == SQLITE_OK && sqlite3_db_readonly(db, "main") == 1)
		r = SQLITE_READONLY;
	if (r == SQLITE_OK && whole)
		r = check(db);
	if (r == SQLITE_OK && schema_version(db) < 0)
		r = SQLITE_CORRUPT; /* no Vesper counts like that */
	return r;
}

/* --- what an older schema held ------------------------------------------------ */

static char *
older_name(const char *path, int version)
{
	return xasprintf("%s.schema-%d", path, version);
}

static int
sync_file(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

static int
copy_to(sqlite3 *db, const char *path)
{
	char *sql = sqlite3_mprintf("VACUUM INTO %Q", path);
	int r;

	unlink(path); /* a kill left half of one */
	r = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
	return r == SQLITE_OK ? sync_file(path) : r;
}

/* The way back to the Vesper that wrote it: without it nothing is changed. 0,
 * a code of SQLite's, or -errno. */
static int
keep_older(sqlite3 *db, const char *path, struct err *err)
{
	int version = schema_version(db);
	AUTO_FREE char *older = older_name(path, version);
	AUTO_FREE char *half = xasprintf("%s.half", older);
	int r;

	if (version == 0 || version >= SCHEMA_VERSION)
		return 0;
	r = copy_to(db, half);
	if (r == 0 && rename(half, older) < 0)
		r = -errno;
	if (r != 0)
		unlink(half);
	return r < 0 ? err_errno(err, -r, "cannot write %s", older) : r;
}

void
open_forget_older(sqlite3 *db)
{
	const char *path = sqlite3_db_filename(db, "main");

	for (int i = 1; path && *path && i < SCHEMA_VERSION; i++) {
		AUTO_FREE char *older = older_name(path, i);

		unlink(older);
	}
}

/* 0; 1 when the file is not a usable database; -errno. */
static int
try_open(const char *path, int wait_ms, sqlite3 **out, struct err *err)
{
	bool whole = !closed_well(path);
	sqlite3 *db = NULL;
	int r;

	/* SQLite would make a log of the same mode, which stays in the way */
	if (access(path, F_OK) == 0 && access(path, W_OK) < 0)
		return err_set(err, -EROFS, "%s: it is read-only", path);
	r = sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

	if (r == SQLITE_OK)
		r = prepare(db, wait_ms, whole);
	if (r == SQLITE_OK && (r = keep_older(db, path, err)) == 0 &&
		(r = schema_migrate(db, err)) == 0) {
		sqlite3_busy_timeout(db, WRITE_WAIT_MS);
		*out = db;
		return 0;
	}
	if (r == SQLITE_NOTADB || r == SQLITE_CORRUPT)
		r = 1;
	else if (r == SQLITE_READONLY)
		r = err_set(err, -EIO, "%s: it is read-only", path);
	else if (r > 0)
		r = err_set(err, -EIO, "%s: %s", path, sqlite3_errmsg(db));
	sqlite3_close(db);
	return r;
}

/* A name that nobody has; the caller's. */
static char *
new_name(const char *path)
{
	char stamp[32];
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &tm);
	for (int i = 1;; i++) {
		char *name = i == 1 ? xasprintf("%s.broken-%s", path, stamp)
				    : xasprintf("%s.broken-%s-%d", path,
					      stamp, i);

		if (access(name, F_OK) < 0)
			return name;
		free(name);
	}
}

/* Renames the file and its two companions. The new name is the caller's. */
static char *
set_aside(const char *path)
{
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char *aside = new_name(path);

	for (size_t i = 0; i < ARRAY_SIZE(suffix); i++) {
		AUTO_FREE char *from = xasprintf("%s%s", path, suffix[i]);
		AUTO_FREE char *to = xasprintf("%s%s", aside, suffix[i]);

		if (rename(from, to) < 0 && i == 0) {
			free(aside);
			return NULL;
		}
	}
	return aside;
}

static int
renew(const char *path, sqlite3 **out, char **aside, struct err *err)
{
	int r;

	*aside = set_aside(path);
	if (!*aside)
		return err_errno(err, errno,
			"%s is damaged and cannot be set aside", path);
	r = try_open(path, WRITE_WAIT_MS, out, err);
	return r == 1 ? err_set(err, -EIO, "%s: unusable", path) : r;
}

int
open_database(const char *path, enum open_how how, sqlite3 **out,
	char **aside, struct err *err)
{
	int wait_ms = how == OPEN_FIRST ? OPEN_WAIT_MS : WRITE_WAIT_MS;
	int r;

	keep_temporary_beside(path);
	r = how == OPEN_DAMAGED ? 1 : try_open(path, wait_ms, out, err);
	*aside = NULL;
	return r == 1 ? renew(path, out, aside, err) : r;
}
