/* SPDX-License-Identifier: MIT */
/*
 * The mark is the number of bytes read and a hash of them.  Names and inodes
 * are used again; the same first bytes are not, as every line has its instant.
 */
#include "daemon/leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/store.h"

/* The "repository" its marks are kept under. */
#define MARKS "leftover"

/* FNV-1a, 64 bits. */
static uint64_t
hash(const char *bytes, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
make_mark(const char *bytes, size_t n, char out[64])
{
	snprintf(out, 64, "%zu %016llx", n, (unsigned long long)hash(bytes, n));
}

/* How many bytes of it were read before. */
static size_t
read_before(const char *path, const char *bytes, size_t n, struct store *store)
{
	AUTO_FREE char *kept = store_recall(store, MARKS, path);
	char now[64];
	size_t done;

	if (!kept)
		return 0;
	done = strtoul(kept, NULL, 10);
	if (done > n)
		return 0;
	make_mark(bytes, done, now);
	return streq(now, kept) ? done : 0;
}

/* An ordinary file of ours, locked. The descriptor or -errno. */
static int
open_locked(const char *path, size_t *size)
{
	AUTO_CLOSE int fd = open(path,
		O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid())
		return -EINVAL;
	*size = (size_t)st.st_size;
	return steal_fd(&fd);
}

static int
read_whole(int fd, char *out, size_t n)
{
	while (n) {
		ssize_t r = read(fd, out, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return r < 0 ? -errno : -EIO;
		out += r;
		n -= (size_t)r;
	}
	return 0;
}

int
leftover_open(struct leftover *l, const char *path, size_t most,
	struct store *store)
{
	AUTO_FREE char *bytes = NULL;
	size_t size = 0, done;
	AUTO_CLOSE int fd = open_locked(path, &size);
	bool cut = size > most;
	int r;

	*l = (struct leftover){.fd = -1};
	if (fd < 0)
		return fd;
	size = cut ? most : size;
	bytes = xmalloc(size + 1);
	bytes[size] = '\0';
	r = read_whole(fd, bytes, size);
	if (r < 0)
		return r;
	done = read_before(path, bytes, size, store);
	make_mark(bytes, size, l->mark);
	l->len = size - done;
	l->text = xmalloc(l->len + 1);
	memcpy(l->text, bytes + done, l->len + 1);
	l->path = xstrdup(path);
	l->cut = cut;
	l->fd = steal_fd(&fd);
	return 0;
}

char *
leftover_line(struct leftover *l)
{
	char *line = l->text + l->at;
	char *end = memchr(line, '\n', l->len - l->at);

	if (!end)
		return NULL;
	*end = '\0';
	l->at += (size_t)(end - line) + 1;
	return line;
}

int
leftover_mark(const struct leftover *l, struct store *store)
{
	return store_mark(store, MARKS, l->path, l->mark);
}

void
leftover_remove(struct leftover *l, struct store *store)
{
	if (unlink(l->path) == 0)
		store_unmark(store, MARKS, l->path);
}

void
leftover_close(struct leftover *l)
{
	if (l->fd >= 0)
		close(l->fd);
	free(l->path);
	free(l->text);
	*l = (struct leftover){.fd = -1};
}
