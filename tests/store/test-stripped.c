/* SPDX-License-Identifier: MIT */
/*
 * A history that somebody else's program took the tables from while it was
 * open, and files that can be neither read nor put aside: every question ends
 * with an error that says so, and none with an answer.
 */
#include "store/digests.h"
#include "store/facts.h"
#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/tap.h"

static char dir[] = "/tmp/vesper-stripped.XXXXXX";
static char path[64];
static int heard; /* calls back, of which there must be none */

static int
on_event(void *data, const struct store_event *event)
{
	(void)data, (void)event;
	return heard++, 0;
}

static void
on_word(void *data, const char *word)
{
	(void)data, (void)word;
	heard++;
}

static void
on_source(void *data, const char *source, int64_t last)
{
	(void)data, (void)source, (void)last;
	heard++;
}

static void
on_place(void *data, const struct store_place *place)
{
	(void)data, (void)place;
	heard++;
}

static void
on_line(void *data, const char *day, const char *line)
{
	(void)data, (void)day, (void)line;
	heard++;
}

static void
on_worked(void *data, const char *day, int64_t worked)
{
	(void)data, (void)day, (void)worked;
	heard++;
}

static void
on_interval(void *data, int64_t start, int64_t stop, const char *project)
{
	(void)data, (void)start, (void)stop, (void)project;
	heard++;
}

static void
strip(void)
{
	static const char *const tables[] = {"events", "sources", "notices",
		"days", "repositories", "marks", "meta", "places",
		"corrections", "rollups", "project_days", "project_names",
		"imported", "digests", "digest_repositories", "summed"};
	sqlite3 *db = NULL;
	char sql[64];
	int bad = sqlite3_open(path, &db);

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		snprintf(sql, sizeof sql, "DROP TABLE %s", tables[i]);
		bad |= sqlite3_exec(db, sql, NULL, NULL, NULL);
	}
	sqlite3_close(db);
	is_int(bad, 0, "all tables are taken away");
}

/* What repositories said of a day, until one of them is another. */
static void
kept(struct store *s)
{
	struct store_digest digest = {"2026-11-18", "q", "[1]"};
	char *data;

	is_int(store_digest(s, &digest), 0, "an answer is kept");
	is_int(store_digest_of(s, "2026-11-18", "/a"), 0, "with who gave it");
	data = store_digest_recall(s, "2026-11-18", "q");
	is_str(data, "[1]", "and comes back");
	free(data);
	data = store_digest_recall(s, "2026-11-18", "other");
	ok(!data, "but to no other question");
	is_int(store_digest_drop(s, "/b"), 0, "another repository");
	data = store_digest_recall(s, "2026-11-18", "q");
	ok(data != NULL, "does not touch it");
	free(data);
	is_int(store_digest_drop(s, "/a"), 0, "its own");
	data = store_digest_recall(s, "2026-11-18", "q");
	ok(!data, "drops it");
}

static void
written(struct store *s)
{
	struct store_event e = {.at = 1, .kind = "activity", .source = "vim"};
	struct store_notice n = {.at = 1, .notice = "merge", .day = "d"};
	struct store_day day = {.day = "2026-11-18"};
	struct store_place place = {.day = "d", .source = "vim",
		.project = "p", .file = "f"};
	static const char *const lines[] = {"work 1 2"};
	struct store_digest digest = {"2026-11-18", "q", "[]"};
	struct err err;

	ok(store_append(s, &e, false, &err) < 0 && *err.text, "an event: %s",
		err.text);
	ok(store_append(s, &e, true, &err) < 0, "a durable one");
	ok(store_notice(s, &n) < 0, "a notice");
	ok(store_day(s, &day) < 0, "a day");
	ok(store_repository(s, "/a", 1) < 0, "a repository");
	ok(store_mark(s, "/a", "HEAD", "1") < 0, "a mark");
	ok(store_unmark(s, "/a", "HEAD") < 0, "a mark taken away");
	ok(store_meta_set(s, "quiet", "1") < 0, "a value");
	ok(store_place(s, &place) < 0, "a place");
	ok(store_correct(s, "d", 1, lines, 1) < 0, "a correction");
	ok(store_rollup(s, "2026-11-18", "{}", "{}") < 0, "a day summed up");
	ok(store_project_day(s, "/a", "2026-11-18", 1) < 0, "a project's day");
	ok(store_import(s, 1, 2, "p") < 0, "an interval");
	ok(store_digest(s, &digest) < 0, "an answer");
	ok(store_digest_of(s, "2026-11-18", "/a") < 0, "who gave it");
	ok(store_digest_drop(s, "/a") < 0, "an answer dropped");
	ok(store_summed_set(s, 5) < 0, "how far it is summed up");
}

static void
asked(struct store *s)
{
	struct store_notice n;
	char *name = NULL, *value, day[11];
	int64_t ended, n_events, last;

	ok(store_each(s, 0, 9, false, on_event, NULL) < 0, "events");
	ok(store_newest(s, "commit", 9, on_event, NULL) < 0, "the newest");
	ok(store_knows_commit(s, "01") < 1, "a commit is not known");
	ok(store_last_notice(s, &n, &name) < 1, "the last notice");
	ok(store_sources(s, on_source, NULL) < 0, "sources");
	ok(store_repositories(s, 0, on_word, NULL) < 0, "repositories");
	value = store_recall(s, "/a", "HEAD");
	ok(!value, "a mark");
	value = store_meta(s, "quiet");
	ok(!value, "a value");
	ok(store_places(s, "d", on_place, NULL) < 0, "places");
	ok(store_corrections(s, "a", "z", on_line, NULL) < 0, "corrections");
	ok(store_rollups(s, "a", "z", false, 9, on_line, NULL) < 0, "sums");
	ok(store_project_days(s, "/a", "a", "z", on_worked, NULL) < 0,
		"a project's days");
	ok(store_imported(s, 0, 9, on_interval, NULL) < 0, "intervals");
	ok(store_last_closed(s, "2026-11-18", day, &ended) < 1, "the last day");
	value = store_digest_recall(s, "2026-11-18", "q");
	ok(!value, "an answer");
	ok(store_count(s, 0, 9, &n_events, &last) < 0, "how many");
	is_int(heard, 0, "nobody was told anything");
}

static void
forgotten(struct store *s)
{
	int64_t n = 0;

	ok(store_forget_before(s, 5, "2026-11-18", &n) < 0, "forgetting days");
	ok(store_forget_project(s, "/a", &n) < 0, "forgetting a project");
}

static void
batches(struct store *s)
{
	struct store_event e = {.at = 7, .kind = "activity", .source = "vim"};
	struct err err;

	is_int(store_begin(s, false, &err), 0, "a batch");
	is_int(store_begin(s, false, &err), -EALREADY, "but one at a time");
	is_int(store_append(s, &e, false, &err), 0, "with an event");
	is_int(store_rollback(s), 0, "taken back");
	is_int(store_each(s, 0, 9, false, on_event, NULL), 0, "leaves");
	is_int(heard, 0, "nothing");
}

static void
renewed(void)
{
	struct store *s = NULL;
	struct stat st;
	struct err err;
	char *aside = NULL;

	is_int(store_renew(path, &s, &aside, &err), 0, "a new one is begun");
	ok(aside && stat(aside, &st) == 0, "the stripped one stays beside it");
	is_int(store_each(s, 0, 9, false, on_event, NULL), 0, "it answers");
	store_close(s);
	if (aside)
		unlink(aside);
	free(aside);
}

/* The step to the next schema fails: its table is there already. */
static void
half_migrated(void)
{
	struct store *s = NULL;
	struct err err;
	char *aside = NULL;
	sqlite3 *db = NULL;

	unlink(path);
	ok(sqlite3_open(path, &db) == 0 && sqlite3_exec(db,
		"CREATE TABLE meta (x); PRAGMA user_version=1", NULL, NULL,
		NULL) == 0, "a database with a table of the next schema");
	sqlite3_close(db);
	ok(store_open(path, &s, &aside, &err) < 0, "is refused: %s", err.text);
	ok(!aside && access(path, F_OK) == 0, "and stays where it is");
	unlink(path);
}

/* A damaged file whose name leaves no room for another. */
static void
stuck(void)
{
	char name[300], *aside = NULL;
	struct store *s = NULL;
	struct err err;
	FILE *f;

	snprintf(name, sizeof name, "%s/%0245d", dir, 0);
	f = fopen(name, "we");
	ok(f != NULL, "a file with a long name");
	for (int i = 0; f && i < 200; i++)
		fputs("no database at all", f);
	if (f)
		fclose(f);
	ok(store_open(name, &s, &aside, &err) < 0, "cannot be set aside: %s",
		err.text);
	ok(access(name, F_OK) == 0, "and is not lost for it");
	unlink(name);
}

int
main(void)
{
	struct store *s = NULL;
	struct err err;
	char *aside = NULL;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/vesper.db", dir);
	is_int(store_open(path, &s, &aside, &err), 0, "a history");
	batches(s);
	kept(s);
	strip();
	written(s);
	asked(s);
	forgotten(s);
	store_close(s);
	renewed();
	half_migrated();
	stuck();
	unlink(path);
	rmdir(dir);
	return tap_done();
}
