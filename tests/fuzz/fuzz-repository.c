/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as what is read of a repository without libgit2, and as what the
 * parts of the digest tell each other.  The first byte says which.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "digest/commits.h"
#include "digest/index.h"
#include "digest/job.h"
#include "digest/merge.h"
#include "digest/message.h"
#include "digest/place.h"
#include "digest/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char *top;

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
leave(void)
{
	AUTO_FREE char *command = xasprintf("rm -rf %s", top);

	if (system(command) != 0)
		fprintf(stderr, "left behind: %s\n", top);
}

static void
put(const char *name, const void *bytes, size_t n)
{
	AUTO_FREE char *path = xasprintf("%s/%s", top, name);
	FILE *f = fopen(path, "we");

	must(f != NULL);
	must(fwrite(bytes, 1, n, f) == n);
	fclose(f);
}

/* A working tree of one file and one directory. */
static void
make_top(void)
{
	const char *dir = getenv("TMPDIR");
	AUTO_FREE char *sub = NULL;

	top = xasprintf("%s/vesper-fuzz.XXXXXX", dir ? dir : "/tmp");
	must(mkdtemp(top) != NULL);
	atexit(leave);
	sub = xasprintf("%s/d", top);
	mkdir(sub, 0700);
	put("a", "a\n", 2);
	put("d/b", "b\n", 2);
}

static void
an_index(const char *s, size_t n)
{
	AUTO_FREE char *index = xasprintf("%s/../%s.index", top,
		strrchr(top, '/') + 1);
	struct id id = {{0}};
	FILE *f = fopen(index, "we");

	must(f && fwrite(s, 1, n, f) == n);
	fclose(f);
	index_prove_clean(top, index, &id);
	unlink(index);
}

static void
a_message(const char *s, size_t n)
{
	AUTO_FREE char *text = xstrndup(s, n);
	AUTO_FREE char *subject = message_subject(text);
	struct strings list = {0};
	struct person person;

	must(text_is_utf8(subject, strlen(subject)));
	must(!strpbrk(subject, "\n\033\007\b\r\t"));
	if (message_person(text, "author ", &person))
		must(person.mail + person.mail_len <= text + strlen(text) &&
			person.name + person.name_len < person.mail);
	strings_add(&list, "ada@example.org");
	message_shared(text, &list);
	message_squashed(text, &list);
	strings_free(&list);
}

static void
the_jobs(const char *s, size_t n)
{
	struct jobs jobs = {0};
	int fd = memfd_create("jobs", MFD_CLOEXEC);

	must(fd >= 0 && write(fd, s, n) == (ssize_t)n);
	lseek(fd, 0, SEEK_SET);
	must(jobs_read(&jobs, fd) == 0);
	close(fd);
	for (size_t i = 0; i < jobs.n; i++)
		must(jobs.v[i].bad || jobs.v[i].path);
	jobs_free(&jobs);
}

static void
an_answer(const char *s, size_t n)
{
	AUTO_FREE char *text = xstrndup(s, n);
	struct merge *merge = merge_new();
	AUTO_BUF struct buf out = {0};

	/* twice, as two clones of one repository */
	if (merge_row(merge, text, &out) == 0)
		merge_row(merge, text, &out);
	must(text_is_utf8(out.data ? out.data : "", out.len));
	merge_free(merge);
}

static void
a_git_file(const char *s, size_t n)
{
	AUTO_FREE char *path = xasprintf("%s/.git", top);
	struct place place = {0};
	struct err err;

	put(".git", s, n);
	if (place_find(top, &place, &err) == 0)
		place_state(&place);
	place_free(&place);
	unlink(path);
}

static void
a_name(const char *s, size_t n)
{
	AUTO_FREE char *text = xstrndup(s, n);
	AUTO_BUF struct buf out = {0};
	struct job job = {.path = text, .open = true};
	struct row row;

	row_init(&row);
	open_name(&row, text);
	row_write(&row, &job, &out);
	must(text_is_utf8(out.data, out.len));
	row_free(&row);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const kinds[])(const char *s, size_t n) = {an_index,
		a_message, the_jobs, an_answer, a_git_file, a_name};

	if (!top)
		make_top();
	if (n > 0)
		kinds[data[0] % ARRAY_SIZE(kinds)]((const char *)data + 1,
			n - 1);
	return 0;
}
