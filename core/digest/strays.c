/* SPDX-License-Identifier: MIT */
/*
 * Commits made on a detached HEAD, or reset away: they were the day's work, and
 * only HEAD's log still knows them.  What an amend or a rebase replaced is not
 * lost but elsewhere: its author's time is found again among the counted ones.
 */
#include "digest/scan.h"

#include <dirent.h>
#include <fcntl.h>
#include <git2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "digest/message.h"

#define TAIL (256 * 1024) /* of a log: some 1500 lines */

/* The end of a log from a whole line on, or NULL; the caller frees it. */
static char *
read_tail(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *text;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	text = xmalloc(TAIL + 1);
	n = pread(fd, text, TAIL, max64(0, st.st_size - TAIL));
	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* Takes a line's new commit in, when the line says it was made that day. */
static void
take_line(struct scan *scan, char *line, struct ids *made)
{
	char *message = strchr(line, '\t'), *close;
	struct id id, old;

	if (!message || strlen(line) < 82 || !id_parse(line + 41, &id))
		return;
	*message++ = '\0';
	close = strrchr(line, '>');
	if (!close || !log_today(scan->job, strtoll(close + 1, NULL, 10)))
		return;
	if (starts_with(message, "commit (amend)") && made->n &&
		id_parse(line, &old) &&
		memcmp(&made->v[made->n - 1], &old, sizeof old) == 0)
		made->n--;
	if (starts_with(message, "rebase"))
		made->n = 0; /* squashed, dropped: on purpose */
	else if (starts_with(message, "commit") ||
		starts_with(message, "cherry-pick") ||
		starts_with(message, "revert"))
		ids_add(made, &id);
}

static void
read_log(struct scan *scan, const char *dir, struct ids *made)
{
	AUTO_FREE char *path = xasprintf("%s/logs/HEAD", dir);
	AUTO_FREE char *text = read_tail(path);
	char *rest = text, *line;

	while (rest && (line = strtok_r(rest, "\n", &rest)))
		take_line(scan, line, made);
}

/* Whether the same work is counted under another name. */
static bool
is_replaced(const struct row *row, int64_t authored)
{
	for (size_t i = 0; i < row->n_entries; i++)
		if (row->entries[i].authored == authored)
			return true;
	return false;
}

static bool
is_stray(struct scan *scan, const struct id *id)
{
	AUTO_FREE char *mail = NULL;
	struct commit *commit;
	struct person who;

	if (commits_get(scan->commits, id, &commit) < 0 || commit->seen ||
		!commit->raw || commit->parents.n > 1 ||
		!log_today(scan->job, commit->authored) ||
		is_replaced(scan->row, commit->authored) ||
		!message_person(git_odb_object_data(commit->raw), "author ",
			&who))
		return false;
	commit->seen = true;
	mail = xstrndup(who.mail, who.mail_len);
	return strings_has(&scan->mine, mail);
}

void
strays_read(struct scan *scan)
{
	AUTO_FREE char *trees = xasprintf("%s/worktrees", scan->place.common);
	struct ids made = {0};
	DIR *dir = opendir(trees);
	struct dirent *d;

	if (!scan->row->log_read) {
		if (dir)
			closedir(dir);
		return;
	}
	read_log(scan, scan->place.common, &made);
	while (dir && (d = readdir(dir))) {
		AUTO_FREE char *tree = xasprintf("%s/%s", trees, d->d_name);

		if (d->d_name[0] != '.')
			read_log(scan, tree, &made);
	}
	if (dir)
		closedir(dir);
	scan->row->strays = 0;
	for (size_t i = 0; i < made.n; i++)
		scan->row->strays += is_stray(scan, &made.v[i]);
	ids_free(&made);
}
