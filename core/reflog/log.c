/* SPDX-License-Identifier: MIT */
/*
 * The last line is known by a hash without its old object name, because
 * `expire --rewrite` changes that one.  Nothing is mapped: a log that is cut
 * while it is read must not be a SIGBUS.
 */
#include "reflog/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_MAX 4096		     /* what is parsed of a line */
#define FIRST_MAX (1024 * 1024)	     /* of a log never read before */
#define READ_MAX (64 * 1024 * 1024)  /* of any log */
#define PARTIAL_MAX (256 * 1024)     /* a longer line is no line */

struct line {
	char head[HEAD_MAX];
	size_t have;
	int64_t length;
	uint64_t hash;
	bool hashing; /* behind the old object name */
};

/* false: enough */
typedef bool line_fn(void *data, const struct line *line, int64_t behind);

void
reflog_mark_format(const struct reflog_mark *m, char *out)
{
	snprintf(out, REFLOG_MARK_TEXT,
		"%" PRIu64 " %" PRId64 " %" PRId64 " %" PRIx64 " %" PRId64
		" %d",
		m->inode, m->offset, m->length, m->hash, m->instant, m->steps);
}

bool
reflog_mark_parse(const char *text, struct reflog_mark *out)
{
	struct reflog_mark m = {0};
	int n = -1;

	sscanf(text,
		"%" SCNu64 " %" SCNd64 " %" SCNd64 " %" SCNx64 " %" SCNd64
		" %d%n",
		&m.inode, &m.offset, &m.length, &m.hash, &m.instant, &m.steps,
		&n);
	if (n < 0 || text[n] || m.length < 0 || m.offset < m.length ||
		m.steps < 0)
		return false;
	*out = m;
	return true;
}

static void
line_begin(struct line *l)
{
	l->have = 0;
	l->length = 0;
	l->hash = UINT64_C(14695981039346656037); /* FNV-1a, 64 bits */
	l->hashing = false;
}

static void
line_feed(struct line *l, const char *bytes, size_t n)
{
	size_t room = sizeof l->head - l->have;

	memcpy(l->head + l->have, bytes, n < room ? n : room);
	l->have += n < room ? n : room;
	l->length += (int64_t)n;
	for (size_t i = 0; i < n; i++) {
		if (l->hashing)
			l->hash = (l->hash ^ (unsigned char)bytes[i]) *
				UINT64_C(1099511628211);
		else
			l->hashing = bytes[i] == ' ';
	}
}

/* Calls fn for each whole line from offset on. Returns how many bytes of an
 * unfinished one follow, or -errno. */
static int64_t
each_line(int fd, int64_t offset, line_fn *fn, void *data)
{
	char chunk[32768];
	struct line line;

	line_begin(&line);
	for (;;) {
		ssize_t n = pread(fd, chunk, sizeof chunk, offset);
		const char *s = chunk, *end, *newline;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : line.length;
		end = chunk + n;
		while ((newline = memchr(s, '\n', (size_t)(end - s)))) {
			line_feed(&line, s, (size_t)(newline - s));
			line.length++;
			s = newline + 1;
			if (!fn(data, &line, offset + (s - chunk)))
				return 0;
			line_begin(&line);
		}
		line_feed(&line, s, (size_t)(end - s));
		offset += n;
	}
}

/* --- where to go on ------------------------------------------------------- */

struct search {
	const struct reflog_mark *mark;
	int64_t found; /* behind the line, or -1 */
	bool first_only;
};

static bool
search_line(void *data, const struct line *line, int64_t behind)
{
	struct search *s = data;

	if (line->length == s->mark->length && line->hash == s->mark->hash)
		s->found = behind;
	return !s->first_only;
}

/* Behind the last line known, or -1 when it is not there any more. */
static int64_t
find_known(int fd, const struct stat *st, const struct reflog_mark *mark)
{
	struct search s = {.mark = mark, .found = -1, .first_only = true};
	bool same = mark->inode == st->st_ino && mark->offset <= st->st_size;

	if (mark->length == 0)
		return same ? mark->offset : -1;
	if (same && each_line(fd, mark->offset - mark->length, search_line,
			    &s) >= 0 &&
		s.found == mark->offset)
		return s.found;
	s.first_only = false;
	s.found = -1;
	each_line(fd, max64(0, st->st_size - READ_MAX), search_line, &s);
	return s.found;
}

/* --- reading -------------------------------------------------------------- */

struct reading {
	struct reflog_mark mark;
	int64_t since;
	bool torn; /* begins in the middle of a line */
	reflog_entry_fn *fn;
	void *data;
};

static bool
read_line(void *data, const struct line *line, int64_t behind)
{
	struct reading *r = data;
	struct reflog_entry entry;
	bool torn = r->torn;

	r->torn = false;
	r->mark.offset = behind;
	r->mark.length = line->length;
	r->mark.hash = line->hash;
	if (torn || !reflog_parse(line->head, line->have, &entry))
		return true;
	r->mark.instant = entry.instant;
	if (entry.instant >= r->since)
		r->fn(r->data, &entry);
	return true;
}

/* Sets where and with what the reading of this file begins. */
static void
begin(struct reading *r, int fd, const struct stat *st)
{
	struct reflog_mark *m = &r->mark;
	int64_t most = m->inode ? READ_MAX : FIRST_MAX;
	int64_t from = m->inode ? find_known(fd, st, m) : -1;

	if (from >= 0) {
		r->since = INT64_MIN;
	} else {
		if (m->inode)
			r->since = m->instant ? m->instant : INT64_MIN;
		m->length = 0;
		from = 0;
	}
	if (st->st_size - from > most) {
		from = st->st_size - most;
		r->torn = true;
	}
	m->offset = from;
	m->inode = st->st_ino;
}

int
reflog_read(const char *path, struct reflog_mark *mark, int64_t since,
	reflog_entry_fn *fn, void *data)
{
	AUTO_CLOSE int fd = open(path,
		O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct reading r = {.mark = *mark, .since = since, .fn = fn,
		.data = data};
	struct stat st;
	int64_t left;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	begin(&r, fd, &st);
	/* fn may look at the mark and count its steps */
	left = each_line(fd, r.mark.offset, read_line, &r);
	if (left > PARTIAL_MAX) {
		r.mark.offset += left;
		r.mark.length = 0;
	}
	r.mark.steps = mark->steps;
	*mark = r.mark;
	return left < 0 ? (int)left : 0;
}

bool
reflog_fold(struct reflog_mark *mark, const struct reflog_entry *entry,
	int *count)
{
	*count = 1;
	switch (entry->kind) {
	case REFLOG_REBASE_START:
		mark->steps = 0;
		return false;
	case REFLOG_REBASE_STEP:
		mark->steps++;
		return false;
	case REFLOG_REBASE_FOLD:
		mark->steps += mark->steps == 0;
		return false;
	case REFLOG_REBASE_FINISH:
	case REFLOG_REBASE_ABORT:
		*count = mark->steps;
		mark->steps = 0;
		return true;
	default:
		return true;
	}
}
