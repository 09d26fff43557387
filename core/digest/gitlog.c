/* SPDX-License-Identifier: MIT */
/*
 * The day's commits and their lines by git itself, where libgit2 refuses or
 * would be wrong.  `git log --since` stops at the first commit that claims to
 * be older; so git streams the whole history and is ended after SLOP older
 * commits in a row, the rule of log.c.
 */
#include "digest/scan.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "words/words.h"

#define SLOP 32
#define FORMAT "--format=%H%x00%P%x00%at%x00%ct%x00%aE%x00%s%x00%b"

enum { OID, PARENTS, AUTHORED, COMMITTED, EMAIL, SUBJECT, BODY, FIELDS };

struct stream {
	struct scan *scan;
	int older;
};

static void
consider(struct scan *scan, char **field, int64_t authored, int64_t committed)
{
	int kind = log_kind(scan->job, authored, committed,
		strchr(field[PARENTS], ' ') != NULL);
	struct entry *e;

	if (kind < 0 || strlen(field[OID]) >= OID_TEXT ||
		!log_mine(scan, field[EMAIL], field[BODY], &kind))
		return;
	e = row_add_entry(scan->row);
	strcpy(e->oid, field[OID]);
	e->kind = (enum entry_kind)kind;
	e->authored = authored;
	e->committed = committed;
	e->email = xstrdup(field[EMAIL]);
	e->subject = xstrdup(field[SUBJECT]);
	text_oneline(e->subject);
	e->ask_git = kind == ENTRY_COMMIT;
}

/* Takes the whole records out of what git said so far. */
static int
take(void *ctx, struct buf *out)
{
	struct stream *s = ctx;
	char *at = out->data, *end = at + out->len;
	char *field[FIELDS];

	while (s->older < SLOP) {
		char *next = at;
		int n = 0;

		while (n < FIELDS && next < end) {
			char *nul = memchr(next, '\0', (size_t)(end - next));

			if (!nul)
				break;
			field[n++] = next;
			next = nul + 1;
		}
		if (n < FIELDS)
			break;
		at = next;
		int64_t authored = strtoll(field[AUTHORED], NULL, 10);
		int64_t committed = strtoll(field[COMMITTED], NULL, 10);

		consider(s->scan, field, authored, committed);
		s->older = max64(authored, committed) < s->scan->job->since
			? s->older + 1
			: 0;
	}
	buf_drop(out, (size_t)(at - out->data));
	return s->older >= SLOP;
}

/* The HEADs of all working trees, one object name a line. */
static int
read_heads(struct scan *scan, struct buf *heads, struct err *err)
{
	static const char *const args[] = {
		"worktree", "list", "--porcelain", NULL};
	AUTO_BUF struct buf out = {0};
	char *rest, *line;
	int r = scan_git(scan, args, NULL, &out, err);

	rest = out.data;
	while (rest && (line = strtok_r(rest, "\n", &rest)))
		if (starts_with(line, "HEAD ") && strspn(line + 5, "0") < 40)
			buf_addf(heads, "%s\n", line + 5);
	return r;
}

static void
map_mine(struct scan *scan)
{
	size_t n = scan->mine.n;

	for (size_t i = 0; i < n; i++) {
		AUTO_FREE char *who = xasprintf("<%s>", scan->mine.v[i]);
		const char *args[] = {"check-mailmap", who, NULL};
		AUTO_BUF struct buf out = {0};
		char *open, *close;

		if (scan_git(scan, args, NULL, &out, NULL) || !out.data)
			continue;
		open = strchr(out.data, '<');
		close = open ? strchr(open, '>') : NULL;
		if (close)
			strings_take(&scan->mine,
				xstrndup(open + 1, (size_t)(close - open - 1)));
	}
}

static int
stream(struct scan *scan, const char *walk, const struct buf *heads,
	struct err *err)
{
	const char *args[] = {"log", "--branches", "--stdin", walk, "-z",
		"--encoding=UTF-8", "--no-show-signature", "--no-color",
		"--no-patch", FORMAT, NULL};
	AUTO_BUF struct buf out = {0};
	struct stream s = {.scan = scan};
	struct child child = {.input = heads, .take = take, .ctx = &s};

	if (streq(walk, "--no-walk=unsorted"))
		s.older = -1000000; /* every tip is looked at */
	return scan_child(scan, &child, args, &out, err);
}

void
gitlog_read(struct scan *scan)
{
	AUTO_BUF struct buf heads = {0};
	struct err err;

	map_mine(scan);
	if (read_heads(scan, &heads, &err) ||
		stream(scan, "--no-walk=unsorted", &heads, &err) ||
		stream(scan, "--date-order", &heads, &err)) {
		row_unread(scan->row, NULL, err.text);
		return;
	}
	row_settle(scan->row);
	scan->row->log_read = true;
}

/* The number before word in text, 0 when word is not there. */
static int64_t
number_before(const char *text, const char *word)
{
	const char *at = strstr(text, word);

	while (at && at > text && !isdigit((unsigned char)at[-1]))
		at--;
	while (at && at > text && isdigit((unsigned char)at[-1]))
		at--;
	return at ? strtoll(at, NULL, 10) : 0;
}

/* "OID\n\n 1 file changed, 2 insertions(+)\n" into its entry. */
static void
take_lines(struct row *row, const char *text)
{
	size_t len = strcspn(text, "\n");

	for (size_t i = 0; i < row->n_entries; i++) {
		struct entry *e = &row->entries[i];

		if (strlen(e->oid) != len || strncmp(e->oid, text, len) != 0)
			continue;
		e->insertions = number_before(text + len, "insertion");
		e->deletions = number_before(text + len, "deletion");
	}
}

/* True when oid's parents are not in this clone. */
static bool
is_boundary(const char *shallow, const char *oid)
{
	return shallow && strstr(shallow, oid);
}

void
gitlog_lines(struct scan *scan)
{
	static const char *const args[] = {"log", "--no-walk=unsorted",
		"--stdin", "--format=%x00%H", "--shortstat", "-M", "--no-color",
		"--no-show-signature", "--no-ext-diff", "--no-textconv", NULL};
	AUTO_FREE char *shallow =
		place_read(scan->place.common, "shallow", 1 << 20);
	AUTO_BUF struct buf input = {0}, out = {0};
	const char *at, *end, *next;
	struct row *row = scan->row;
	int r;

	for (size_t i = 0; i < row->n_entries; i++)
		if (row->entries[i].ask_git &&
			!is_boundary(shallow, row->entries[i].oid) &&
			!row_take_lines(&row->entries[i], scan->job))
			buf_addf(&input, "%s\n", row->entries[i].oid);
	if (!input.len)
		return;
	r = scan_git(scan, args, &input, &out, NULL);
	end = out.data + out.len;
	for (at = out.data; at && at + 1 < end; at = next) {
		next = memchr(at + 1, '\0', (size_t)(end - at - 1));
		if (!next && r)
			return; /* broken off within this one */
		take_lines(row, at + 1);
		next = next ? next : end;
	}
}
