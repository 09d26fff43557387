/* SPDX-License-Identifier: MIT */
/* Going on where one stopped: appended, cut, replaced, torn, hostile logs. */
#include "reflog/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "lib/tap.h"

static char path[] = "/tmp/vesper-test-log.XXXXXX";
static struct buf told;

static void
on_entry(void *data UNUSED, const struct reflog_entry *e)
{
	buf_addf(&told, "%s%s", told.len ? " " : "", e->message);
}

/* Reads and returns the messages told. */
static const char *
go_on(struct reflog_mark *mark, int64_t since)
{
	buf_clear(&told);
	reflog_read(path, mark, since, on_entry, NULL);
	return told.len ? told.data : "";
}

static void
put(const char *mode, const char *text)
{
	FILE *f = fopen(path, mode);

	fputs(text, f);
	fclose(f);
}

/* Line number i of some history; `old` is another old object name. */
static char *
line(int i, char old)
{
	char zero[41], name[41];

	memset(zero, old, 40);
	snprintf(name, sizeof name, "%040x", i);
	zero[40] = '\0';
	return xasprintf("%s %s A <a@b> %d +0000\tm%d\n", zero, name, 1000 + i,
		i);
}

static void
put_line(const char *mode, int i, char old)
{
	AUTO_FREE char *text = line(i, old);

	put(mode, text);
}

/* Another file in its place, with the lines from..to. */
static void
replace(int from, int to, char old)
{
	unlink(path);
	put("w", "");
	for (int i = from; i <= to; i++)
		put_line("a", i, old);
}

static void
test_append(void)
{
	struct reflog_mark mark = {0};

	is_str(go_on(&mark, 0), "", "no log");
	put_line("w", 1, '0');
	put_line("a", 2, '0');
	is_str(go_on(&mark, 1002), "m2", "the first time, from an instant on");
	is_str(go_on(&mark, 0), "", "nothing new");
	put_line("a", 3, '0');
	is_str(go_on(&mark, INT64_MAX), "m3", "what is new, however old it says");
	put("a", "4444444444444444444444444444444444444444 ");
	is_str(go_on(&mark, 0), "", "an unfinished line waits");
	put("a", "5555555555555555555555555555555555555555 A <a@b> 1 +0000\tm4\n");
	is_str(go_on(&mark, 0), "m4", "until it is whole");
	put("a", "rubbish\n\n\n");
	put_line("a", 5, '0');
	is_str(go_on(&mark, 0), "m5", "lines that are none are passed over");
}

static void
test_replaced(void)
{
	struct reflog_mark mark = {0};

	replace(1, 5, '0');
	go_on(&mark, 0);
	replace(4, 7, '0');
	is_str(go_on(&mark, 0), "m6 m7", "expired: from the last known line on");
	replace(7, 8, 'e');
	is_str(go_on(&mark, 0), "m8", "rewritten: its old name does not matter");
	replace(9, 10, '0');
	is_str(go_on(&mark, 0), "m9 m10", "all known lines gone");
	replace(2, 9, '0');
	is_str(go_on(&mark, 0), "", "an older log in its place tells nothing");
	put("w", "");
	is_str(go_on(&mark, 0), "", "emptied");
	put_line("w", 11, '0');
	is_str(go_on(&mark, 0), "m11", "and begun anew");
	put_line("w", 12, '0');
	is_str(go_on(&mark, 0), "m12", "cut and written to the same length");
}

static void
test_marks(void)
{
	struct reflog_mark mark = {0}, back = {0};
	char text[REFLOG_MARK_TEXT];

	replace(1, 3, '0');
	go_on(&mark, 0);
	mark.steps = 7;
	reflog_mark_format(&mark, text);
	ok(reflog_mark_parse(text, &back) && back.inode == mark.inode &&
			back.offset == mark.offset && back.hash == mark.hash &&
			back.length == mark.length && back.steps == 7 &&
			back.instant == mark.instant,
		"a mark is kept as text: %s", text);
	put_line("a", 4, '0');
	is_str(go_on(&back, 0), "m4", "and goes on");
	ok(!reflog_mark_parse("", &back) && !reflog_mark_parse("1 2 3", &back) &&
			!reflog_mark_parse("1 2 3 4 5 6 7", &back) &&
			!reflog_mark_parse("1 -2 3 4 5 6", &back),
		"what is no mark is none");
	reflog_mark_parse("1 999999999 60 abc 5 0", &back);
	is_str(go_on(&back, 0), "m1 m2 m3 m4", "a foreign mark resynchronises");
}

static void
test_hostile(void)
{
	struct reflog_mark mark = {0};
	AUTO_FREE char *junk = xmalloc(3 << 20);
	AUTO_FREE char *last = line(9, '0');

	memset(junk, 'x', (3 << 20) - 1);
	junk[(3 << 20) - 1] = '\0';
	put("w", junk);
	is_str(go_on(&mark, 0), "", "3 MB without a newline");
	is_int(mark.offset, (3 << 20) - 1, "are not read twice");
	put("a", "\n");
	put("a", last);
	is_str(go_on(&mark, 0), "m9", "and end some time");
	memcpy(junk, last, strlen(last) - 1);
	put("w", junk);
	put("a", "\n");
	put("a", last);
	mark = (struct reflog_mark){0};
	is_str(go_on(&mark, 0), "m9", "a line of 3 MB, the first time");
	is_str(go_on(&mark, 0), "", "is known then");
	unlink(path);
	mkfifo(path, 0600);
	is_int(reflog_read(path, &mark, 0, on_entry, NULL), -EINVAL,
		"a FIFO is no log");
	unlink(path);
	is_int(reflog_read(path, &mark, 0, on_entry, NULL), -ENOENT, "no log");
}

static void
test_fold(void)
{
	static const enum reflog_kind kinds[] = {REFLOG_REBASE_START,
		REFLOG_REBASE_STEP, REFLOG_REBASE_FOLD, REFLOG_REBASE_STEP,
		REFLOG_AMEND, REFLOG_REBASE_STEP, REFLOG_REBASE_FINISH,
		REFLOG_COMMIT};
	struct reflog_mark mark = {0};
	char text[64] = "";
	int count;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct reflog_entry e = {.kind = kinds[i]};

		if (reflog_fold(&mark, &e, &count))
			snprintf(text + strlen(text),
				sizeof text - strlen(text), " %s:%d",
				reflog_kind_name(e.kind), count);
	}
	is_str(text, " amend:1 rebase-finish:3 commit:1", "a rebase is one event");
}

int
main(void)
{
	close(mkstemp(path));
	unlink(path);
	test_append();
	test_replaced();
	test_marks();
	test_hostile();
	test_fold();
	unlink(path);
	buf_free(&told);
	return tap_done();
}
