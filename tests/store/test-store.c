/* SPDX-License-Identifier: MIT */
/* The store: what goes in comes out, and a bad file is never deleted. */
#include "store/facts.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/tap.h"

static char dir[] = "/tmp/vesper-store.XXXXXX";
static char path[64];

struct seen {
	int n;
	int64_t last;
	char kind[16], verdict[16], data[64];
};

static int
see(void *data, const struct store_event *event)
{
	struct seen *seen = data;

	seen->n++;
	seen->last = event->at;
	snprintf(seen->kind, sizeof seen->kind, "%s", event->kind);
	snprintf(seen->verdict, sizeof seen->verdict, "%s", event->verdict);
	snprintf(seen->data, sizeof seen->data, "%s", event->data);
	return 0;
}

static int
stop_at_two(void *data, const struct store_event *event UNUSED)
{
	return ++*(int *)data == 2 ? 7 : 0;
}

static void
events(struct store *s)
{
	struct store_event e = {.at = 100, .kind = "activity", .source = "vim",
		.human = true};
	struct seen seen = {0};
	struct err err;
	int n = 0;

	is_int(store_append(s, &e, false, &err), 0, "an event is stored");
	ok(e.id > 0, "and has an id");
	e = (struct store_event){.at = 200, .kind = "commit", .oid = "abc",
		.data = "{\"a\":1}", .verdict = "late", .past = 60,
		.human = true};
	is_int(store_append(s, &e, true, &err), 0, "a durable one too");
	is_int(store_each(s, 0, 1000, false, see, &seen), 0, "each");
	is_int(seen.n, 2, "both come back");
	is_str(seen.verdict, "late", "with the verdict");
	is_str(seen.data, "{\"a\":1}", "and the data");
	seen = (struct seen){0};
	store_each(s, 0, 200, false, see, &seen);
	is_int(seen.n, 1, "the upper bound is not included");
	is_int(store_each(s, 0, 1000, false, stop_at_two, &n), 7,
		"the callback ends the walk");
	is_int(store_knows_commit(s, "abc"), 1, "a known commit");
	is_int(store_knows_commit(s, "abd"), 0, "an unknown one");
	is_int(store_knows_commit(s, ""), 0, "no object id is nobody's");
	is_int(store_alive(s, 1000), 200, "the newest instant");
	is_int(store_alive(s, 150), 100, "not after now");
}

static void
orders(struct store *s)
{
	struct store_event e = {.at = 300, .kind = "oncall"};
	struct seen seen = {0};
	struct err err;

	store_append(s, &e, false, &err);
	store_each(s, 0, 1000, true, see, &seen);
	is_int(seen.n, 1, "orders leave out activity and commits");
	is_str(seen.kind, "oncall", "the order itself");
	is_int(store_newest(s, "oncall", 1000, see, &seen), 1, "newest");
	is_int(store_newest(s, "oncall", 300, see, &seen), 0,
		"newest before its own instant");
}

static void
notices(struct store *s)
{
	struct store_notice n = {.at = 400, .notice = "merge", .level = 1,
		.day = "2026-11-18", .about = 5};
	struct store_notice last;
	char *name = NULL, *mark;

	is_int(store_notice(s, &n), 0, "a notice is new");
	is_int(store_notice(s, &n), 1, "the same one is not");
	n.about = 6;
	is_int(store_notice(s, &n), 0, "another subject is");
	is_int(store_last_notice(s, &last, &name), 1, "the last one");
	is_str(name, "merge", "by its name");
	free(name);
	store_mark(s, "/r/.git", "logs/HEAD", "1 2 3");
	store_mark(s, "/r/.git", "logs/HEAD", "4 5 6");
	mark = store_recall(s, "/r/.git", "logs/HEAD");
	is_str(mark, "4 5 6", "a mark is replaced");
	free(mark);
	ok(store_recall(s, "/r/.git", "logs/X") == NULL, "no mark");
}

static void
write_file(const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (write(fd, text, strlen(text)) < 0)
		ok(false, "cannot write %s", path);
	close(fd);
}

static void
damaged(void)
{
	struct store *s = NULL;
	char *aside = NULL;
	struct err err;
	struct stat st;

	write_file("this is not a database, and long enough to be looked at "
		   "as one by somebody who reads a header of sixteen bytes");
	is_int(store_open(path, &s, &aside, &err), 0, "a damaged file");
	ok(aside && stat(aside, &st) == 0 && st.st_size > 100,
		"is set aside, not deleted");
	if (aside)
		unlink(aside);
	free(aside);
	store_close(s);
}

static void
newer(void)
{
	struct store *s = NULL;
	char *aside = NULL;
	struct err err;
	char command[160];

	snprintf(command, sizeof command,
		"python3 -c \"import sqlite3;c=sqlite3.connect('%s');"
		"c.execute('PRAGMA user_version=99');c.commit()\"",
		path);
	ok(system(command) == 0, "a database of a newer Vesper");
	is_int(store_open(path, &s, &aside, &err), -EPROTO, "is refused");
	ok(!aside && access(path, F_OK) == 0, "and left alone");
	ok(strstr(err.text, "newer Vesper") != NULL, "in words: %s", err.text);
}

static void
meta(struct store *s)
{
	char *value;

	ok(store_meta(s, "quiet") == NULL, "no value");
	is_int(store_meta_set(s, "quiet", "a"), 0, "a value is kept");
	is_int(store_meta_set(s, "quiet", "b"), 0, "and replaced");
	value = store_meta(s, "quiet");
	is_str(value, "b", "by its name");
	free(value);
	is_int(store_meta_set(s, "quiet", NULL), 0, "and forgotten");
	ok(store_meta(s, "quiet") == NULL, "for good");
}

static void
on_correction(void *data, const char *day, const char *line)
{
	ok(streq(day, "2026-11-18") && streq(line, "end 18:00"),
		"a correction of %s: %s", day, line);
	++*(int *)data;
}

static void
corrections(struct store *s)
{
	const char *line = "end 18:00";
	int n = 0;

	is_int(store_correct(s, "2026-11-18", 500, &line, 1), 0,
		"a day is put right");
	store_corrections(s, "2026-11-01", "2026-11-30", on_correction, &n);
	is_int(n, 1, "and says so once");
}

static void
on_sum(void *data, const char *project, int64_t worked)
{
	is_str(project, "/src/a", "the project");
	*(int64_t *)data += worked;
}

/* Days are summed up before an instant, which goes back when it must. */
static void
sums(struct store *s)
{
	struct store_event late = {.at = 700, .kind = "activity"};
	int64_t worked = 0;
	struct err err;

	ok(store_summed(s) == INT64_MIN, "nothing is summed up");
	is_int(store_oldest(s), 100, "the oldest event");
	is_int(store_summed_set(s, 1000), 0, "summed up");
	late.at = 1000;
	store_append(s, &late, false, &err);
	is_int(store_summed(s), 1000, "what comes after changes nothing");
	late.at = 700;
	store_append(s, &late, false, &err);
	is_int(store_summed(s), 700, "what comes late does");
	store_import(s, 50, 60, "p");
	is_int(store_summed(s), 50, "and so does an import");
	is_int(store_oldest(s), 50, "which is the oldest now");
	store_rollup(s, "1970-01-01", "{}", "{}");
	store_project_day(s, "/src/b", "1970-01-01", 5);
	store_rollup(s, "1970-01-01", "{}", "{}");
	store_project_day(s, "/src/a", "1970-01-01", 6);
	store_project_day(s, "/src/a", "1970-01-03", 7);
	store_project_sums(s, "1970-01-01", "1970-01-02", on_sum, &worked);
	is_int(worked, 6, "has the days asked for, as they are now");
}

int
main(void)
{
	struct store *s = NULL;
	char *aside = NULL;
	char command[64];
	struct err err;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/test.db", dir);
	is_int(store_open(path, &s, &aside, &err), 0, "a new database");
	events(s);
	orders(s);
	notices(s);
	s = store_close(s);
	is_int(store_open(path, &s, &aside, &err), 0, "opened again");
	is_int(store_alive(s, INT64_MAX), 400, "with everything in it");
	meta(s);
	corrections(s);
	sums(s);
	s = store_close(s);
	damaged();
	newer();
	snprintf(command, sizeof command, "rm -rf %s", dir);
	ok(system(command) == 0, "nothing is left behind");
	return tap_done();
}
