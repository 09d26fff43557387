/* SPDX-License-Identifier: MIT */
/*
 * What a note of the day names: files, not numbers.  TODO lines are those of
 * one diff, from the last commit before the day to the working tree, so that
 * line numbers are today's and a line that came and went is none.  A pull
 * brings the TODOs of others: git blame tells whose a line is.  What git does
 * not know yet is in no diff, and looked through.
 */
#include "digest/scan.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "words/words.h"

#define FILES_MAX 40
#define TODOS_MAX 20
#define TEXT_MAX 200

/* So much of a file that git does not know is looked through. */
#define UNKNOWN_MAX (256 * 1024)

/* How many blanks stand before the name, by a record's first character. */
static int
fields(char kind)
{
	switch (kind) {
	case '1':
		return 8;
	case '2':
		return 9;
	case 'u':
		return 10;
	case '?':
		return 1;
	}
	return 0;
}

/* An open Vim keeps one beside each file: that is nothing left open. */
bool
open_is_swap(const char *record)
{
	const char *name = strrchr(record, '/');
	size_t n;

	name = name ? name + 1 : record + 2;
	n = *record == '?' ? strlen(name) : 0;
	return n > 5 && *name == '.' && strncmp(name + n - 4, ".sw", 3) == 0 &&
		name[n - 1] >= 'a' && name[n - 1] <= 'p';
}

void
open_name(struct row *row, const char *record)
{
	bool new = *record == '?';
	int n = fields(*record);

	if (!n || row->files.n >= FILES_MAX)
		return;
	while (n-- && (record = strchr(record, ' ')))
		record++;
	if (!record || !*record)
		return;
	strings_add(&row->files, record);
	if (new)
		strings_add(&row->unknown, record);
}

/* --- TODO lines --------------------------------------------------------------- */

/* The last commit of HEAD before the day, or the empty tree; the caller
 * frees it, NULL when git cannot say. */
static char *
base(struct scan *scan)
{
	AUTO_FREE char *before = xasprintf("--before=%lld",
		(long long)scan->job->since - 1);
	const char *log[] = {"rev-list", "-1", before, "HEAD", NULL};
	static const char *const empty[] = {"hash-object", "-t", "tree",
		"/dev/null", NULL};
	AUTO_BUF struct buf out = {0};
	struct err err;

	if (scan_git(scan, log, NULL, &out, &err) != 0)
		return NULL; /* no commit yet: all is untracked */
	if (!out.len && scan_git(scan, empty, NULL, &out, &err) != 0)
		return NULL;
	return xstrndup(out.data, strcspn(out.data, "\n"));
}

static bool
is_todo(const char *line)
{
	return strstr(line, "TODO") || strstr(line, "FIXME");
}

static void
add(struct row *row, const char *file, int64_t line, const char *text)
{
	struct todo *todo = row_add_todo(row);

	text += strspn(text, " \t");
	todo->file = xstrdup(file);
	todo->text = xstrndup(text, TEXT_MAX);
	todo->line = line;
}

/* "@@ -1,0 +12,3 @@": 12, or 0. */
static int64_t
hunk_line(const char *line)
{
	const char *plus = strstr(line, " +");

	return plus ? strtoll(plus + 2, NULL, 10) : 0;
}

/* Takes the added lines out of a diff without context. */
static void
take(struct row *row, char *text)
{
	const char *file = NULL;
	bool header = true;
	int64_t at = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		if (starts_with(line, "diff --git ")) {
			header = true;
			file = NULL;
		} else if (header && starts_with(line, "+++ ")) {
			file = starts_with(line, "+++ b/") ? line + 6 : NULL;
			if (file)
				line[strcspn(line, "\t")] = '\0';
		} else if (starts_with(line, "@@ ")) {
			header = false;
			at = hunk_line(line);
		} else if (!header && *line == '+') {
			if (file && is_todo(line) && row->n_todos < TODOS_MAX)
				add(row, file, at, line + 1);
			at++;
		}
	}
}

/* Whether git blame's answer for a line names me, or nobody yet. */
static bool
mine(struct scan *scan, const char *blame)
{
	const char *mail = strstr(blame, "\nauthor-mail <");
	AUTO_FREE char *name = NULL;

	if (!mail)
		return true;
	mail += strlen("\nauthor-mail <");
	name = xstrndup(mail, strcspn(mail, ">\n"));
	return streq(name, "not.committed.yet") ||
		strings_has(&scan->mine, name);
}

static bool
written_by_me(struct scan *scan, const struct todo *todo)
{
	AUTO_FREE char *range = xasprintf("-L%lld,%lld",
		(long long)todo->line, (long long)todo->line);
	const char *args[] = {"blame", "--porcelain", "--no-textconv", range,
		"--", todo->file, NULL};
	AUTO_BUF struct buf out = {0};
	struct err err;

	if (scan_git(scan, args, NULL, &out, &err) != 0 || !out.data)
		return true;
	return mine(scan, out.data);
}

static void
drop_others(struct scan *scan)
{
	struct row *row = scan->row;
	size_t kept = 0;

	for (size_t i = 0; i < row->n_todos; i++) {
		struct todo this = row->todos[i];

		if (written_by_me(scan, &this)) {
			row->todos[kept++] = this;
		} else {
			free(this.file);
			free(this.text);
		}
	}
	row->n_todos = kept;
}

static void
take_lines(struct row *row, const char *file, char *text)
{
	int64_t at = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		at++;
		if (is_todo(line) && row->n_todos < TODOS_MAX)
			add(row, file, at, line);
	}
}

/* A file that git does not know yet is all new, if it was written today. */
static void
take_unknown(struct scan *scan, const char *file)
{
	AUTO_FREE char *path = xasprintf("%s/%s", scan->place.top, file);
	AUTO_FREE char *text = NULL;
	AUTO_CLOSE int fd = open(path,
		O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
		st.st_mtime < scan->job->since)
		return;
	text = xcalloc(1, UNKNOWN_MAX + 1);
	n = read(fd, text, UNKNOWN_MAX);
	if (n > 0 && !memchr(text, '\0', (size_t)n))
		take_lines(scan->row, file, text);
}

static void
take_unknowns(struct scan *scan)
{
	for (size_t i = 0; i < scan->row->unknown.n; i++)
		take_unknown(scan, scan->row->unknown.v[i]);
}

static void
take_known(struct scan *scan)
{
	AUTO_BUF struct buf out = {0};
	AUTO_FREE char *from = NULL;
	struct err err;

	from = base(scan);
	if (!from)
		return;
	const char *args[] = {"-c", "core.quotePath=false", "diff", "-U0",
		"--no-color", "--no-ext-diff", "--no-textconv", "--no-prefix",
		"--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules",
		"-GTODO|FIXME", from, "--", NULL};

	if (scan_git(scan, args, NULL, &out, &err) != 0) {
		row_unread(scan->row, "TODO", err.text);
		return;
	}
	if (out.len)
		take(scan->row, out.data);
	drop_others(scan);
}

void
open_todos(struct scan *scan)
{
	if (!scan->place.top)
		return;
	take_known(scan);
	take_unknowns(scan);
}
