/* SPDX-License-Identifier: MIT */
/*
 * Version 1: events, notices, days, repositories, marks.
 * Version 2: meta, single values by name (what `quiet` found switched on).
 * Version 3: where editors were, corrections of days, days summed up, what was
 * imported.
 * Version 4: what repositories said of days; days are summed up before an
 * instant, which goes back when something older comes.  Sums of before are
 * made anew.
 * Version 5: what was imported has rowids.  In a table without, whose key has
 * another order than its columns, the integrity check of SQLite 3.40 finds a
 * NULL in each row.
 *
 * A step is never edited once released; what comes later is a step of its own.
 */
#include "store/schema.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>

static const char *const steps[SCHEMA_VERSION] = {
	"CREATE TABLE events ("
	"  id INTEGER PRIMARY KEY,"
	"  at INTEGER NOT NULL,"
	"  kind TEXT NOT NULL,"
	"  source TEXT NOT NULL DEFAULT '',"
	"  project TEXT NOT NULL DEFAULT '',"
	"  oid TEXT NOT NULL DEFAULT '',"
	"  human INTEGER NOT NULL DEFAULT 1,"
	"  verdict TEXT NOT NULL DEFAULT '',"
	"  past INTEGER NOT NULL DEFAULT 0,"
	"  data TEXT NOT NULL DEFAULT '{}');"
	"CREATE INDEX events_at ON events (at);"
	"CREATE INDEX events_orders ON events (kind, at)"
	"  WHERE kind <> 'activity';"
	"CREATE INDEX events_oid ON events (oid) WHERE oid <> '';"
	"CREATE TABLE sources ("
	"  source TEXT PRIMARY KEY, last INTEGER NOT NULL);"
	"CREATE TABLE notices ("
	"  n INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  at INTEGER NOT NULL,"
	"  notice TEXT NOT NULL,"
	"  level INTEGER NOT NULL,"
	"  day TEXT NOT NULL,"
	"  about INTEGER NOT NULL,"
	"  UNIQUE (at, notice, about));"
	"CREATE TABLE days ("
	"  day TEXT PRIMARY KEY,"
	"  ended INTEGER NOT NULL,"
	"  worked INTEGER NOT NULL,"
	"  longest INTEGER NOT NULL);"
	"CREATE TABLE repositories ("
	"  path TEXT PRIMARY KEY, last INTEGER NOT NULL);"
	"CREATE TABLE marks ("
	"  repository TEXT NOT NULL,"
	"  log TEXT NOT NULL,"
	"  mark TEXT NOT NULL,"
	"  PRIMARY KEY (repository, log));",
	"CREATE TABLE meta ("
	"  name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;",

	"CREATE TABLE places ("
	"  day TEXT NOT NULL,"
	"  source TEXT NOT NULL,"
	"  project TEXT NOT NULL,"
	"  file TEXT NOT NULL,"
	"  line INTEGER NOT NULL,"
	"  at INTEGER NOT NULL,"
	"  PRIMARY KEY (day, source, project));"
	"CREATE TABLE corrections ("
	"  id INTEGER PRIMARY KEY,"
	"  day TEXT NOT NULL,"
	"  made INTEGER NOT NULL,"
	"  line TEXT NOT NULL);"
	"CREATE INDEX corrections_day ON corrections (day);"
	"CREATE TABLE rollups ("
	"  day TEXT PRIMARY KEY, brief TEXT NOT NULL, data TEXT NOT NULL);"
	"CREATE TABLE project_days ("
	"  project TEXT NOT NULL, day TEXT NOT NULL, worked INTEGER NOT NULL,"
	"  PRIMARY KEY (project, day)) WITHOUT ROWID;"
	"CREATE TABLE project_names ("
	"  project TEXT PRIMARY KEY) WITHOUT ROWID;"
	"CREATE TABLE imported ("
	"  start INTEGER NOT NULL, stop INTEGER NOT NULL,"
	"  project TEXT NOT NULL, PRIMARY KEY (start, project)) WITHOUT ROWID;",

	"CREATE TABLE digests ("
	"  day TEXT PRIMARY KEY, asked TEXT NOT NULL, data TEXT NOT NULL);"
	"CREATE TABLE digest_repositories ("
	"  repository TEXT NOT NULL, day TEXT NOT NULL,"
	"  PRIMARY KEY (repository, day)) WITHOUT ROWID;"
	"DELETE FROM rollups;"
	"DELETE FROM project_days;"
	"DELETE FROM project_names;"
	"DELETE FROM meta WHERE name = 'rolled-until';"
	"CREATE INDEX project_days_day ON project_days (day);"
	"CREATE TABLE summed ("
	"  one INTEGER PRIMARY KEY CHECK (one = 1),"
	"  before INTEGER NOT NULL);"
	"CREATE TRIGGER summed_event AFTER INSERT ON events"
	"  BEGIN UPDATE summed SET before = NEW.at WHERE before > NEW.at; END;"
	"CREATE TRIGGER summed_import AFTER INSERT ON imported"
	"  BEGIN UPDATE summed SET before = NEW.start"
	"  WHERE before > NEW.start; END;",

	"DROP TRIGGER summed_import;"
	"ALTER TABLE imported RENAME TO imported_4;"
	"CREATE TABLE imported ("
	"  start INTEGER NOT NULL, stop INTEGER NOT NULL,"
	"  project TEXT NOT NULL, PRIMARY KEY (start, project));"
	"INSERT INTO imported (start, stop, project)"
	"  SELECT start, stop, project FROM imported_4;"
	"DROP TABLE imported_4;"
	"CREATE TRIGGER summed_import AFTER INSERT ON imported"
	"  BEGIN UPDATE summed SET before = NEW.start"
	"  WHERE before > NEW.start; END;",
};

static int
user_version(sqlite3 *db, int *out)
{
	sqlite3_stmt *stmt = NULL;
	int r = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &stmt, NULL);

	if (r == SQLITE_OK && (r = sqlite3_step(stmt)) == SQLITE_ROW) {
		*out = sqlite3_column_int(stmt, 0);
		r = SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	return r == SQLITE_OK ? 0 : -EIO;
}

int
schema_version(sqlite3 *db)
{
	int version = 0;

	user_version(db, &version);
	return version;
}

static int
run_step(sqlite3 *db, int version)
{
	char *sql = sqlite3_mprintf("BEGIN IMMEDIATE; %s PRAGMA user_version=%d;"
				    " COMMIT;",
		steps[version], version + 1);
	int r = sqlite3_exec(db, sql, NULL, NULL, NULL);

	sqlite3_free(sql);
	if (r != SQLITE_OK)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return r == SQLITE_OK ? 0 : -EIO;
}

int
schema_migrate(sqlite3 *db, struct err *err)
{
	int version = 0, r = user_version(db, &version);

	if (r < 0)
		return err_set(err, r, "%s", sqlite3_errmsg(db));
	if (version > SCHEMA_VERSION)
		return err_set(err, -EPROTO,
			"written by a newer Vesper (schema %d, this one knows "
			"%d): install that one again",
			version, SCHEMA_VERSION);
	for (; version < SCHEMA_VERSION; version++) {
		r = run_step(db, version);
		if (r < 0)
			return err_set(err, r, "cannot bring it to schema %d",
				version + 1);
	}
	return 0;
}
