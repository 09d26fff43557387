/* SPDX-License-Identifier: MIT */
/*
 * Most working trees of an evening are clean, and proving that needs neither
 * a process nor reading HEAD's tree.  Anything unusual (flags, extensions,
 * versions, racy stamps, submodules, names that are not in the index) is no
 * proof; nothing is ever decided to be dirty here.
 */
#include "digest/index.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

#define HEADER 12
#define TRAILER 20 /* the checksum */
#define FIXED 62   /* bytes of an entry before its name */
#define NAME_MASK 0x0fff
#define PLAIN_FLAGS 0x0fff /* no stage, not extended, not assumed valid */

struct entry {
	const unsigned char *raw; /* the fixed part */
	const char *name;
	size_t len;
};

struct proof {
	unsigned char *data;
	size_t size;
	time_t written; /* when the index was, in whole seconds as git does */
	struct entry *entries;
	size_t n;
};

static uint32_t
get32(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return ntohl(v);
}

static int
load(struct proof *p, const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	size_t done = 0;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_size < HEADER + TRAILER)
		return 0;
	p->size = (size_t)st.st_size;
	p->written = st.st_mtime;
	p->data = xmalloc(p->size + 1);
	while (done < p->size &&
		(n = read(fd, p->data + done, p->size - done)) > 0)
		done += (size_t)n;
	p->data[p->size] = '\0';
	return done == p->size;
}

/* 1 with *at behind the entries, 0 when one is out of the ordinary. */
static int
parse_entries(struct proof *p, size_t *at)
{
	size_t end = p->size - TRAILER, pos = HEADER;

	if (memcmp(p->data, "DIRC\0\0\0\2", 8) != 0)
		return 0;
	p->n = get32(p->data + 8);
	if (!p->n || p->n > p->size / FIXED)
		return 0;
	p->entries = xcalloc(p->n, sizeof *p->entries);
	for (size_t i = 0; i < p->n; i++) {
		const unsigned char *raw = p->data + pos;
		size_t len;

		if (pos + FIXED >= end)
			return 0;
		if (((unsigned)raw[60] << 8 | raw[61]) & ~PLAIN_FLAGS)
			return 0;
		len = strnlen((const char *)raw + FIXED, end - pos - FIXED);
		p->entries[i] = (struct entry){
			raw, (const char *)raw + FIXED, len};
		pos += (FIXED + len + 8) & ~(size_t)7;
	}
	*at = pos;
	return pos <= end;
}

/* The cached root tree equals head_tree, and no extension is unknown. */
static bool
check_extensions(const struct proof *p, size_t at, const struct id *head_tree)
{
	size_t end = p->size - TRAILER;
	bool same = false;

	while (at + 8 <= end) {
		const unsigned char *e = p->data + at;
		size_t len = get32(e + 4);
		const char *newline;

		if (len > end - at - 8 || e[0] < 'A' || e[0] > 'Z')
			return false;
		newline = memchr(e + 8, '\n', len);
		if (memcmp(e, "TREE", 4) == 0 && newline && e[8] == '\0' &&
			e[9] != '-' &&
			newline + 21 <= (const char *)e + 8 + len)
			same = memcmp(newline + 1, head_tree->b, 20) == 0;
		at += 8 + len;
	}
	return same;
}

static bool
same_mode(uint32_t mode, const struct stat *st)
{
	if (S_ISLNK(st->st_mode))
		return mode == 0120000;
	return S_ISREG(st->st_mode) &&
		mode == (st->st_mode & 0100 ? 0100755 : 0100644);
}

static bool
unchanged(const struct proof *p, const struct entry *e, const struct stat *st)
{
	const unsigned char *r = e->raw;

	return get32(r) == (uint32_t)st->st_ctim.tv_sec &&
		get32(r + 4) == (uint32_t)st->st_ctim.tv_nsec &&
		get32(r + 8) == (uint32_t)st->st_mtim.tv_sec &&
		get32(r + 12) == (uint32_t)st->st_mtim.tv_nsec &&
		get32(r + 20) == (uint32_t)st->st_ino &&
		get32(r + 28) == (uint32_t)st->st_uid &&
		get32(r + 32) == (uint32_t)st->st_gid &&
		get32(r + 36) == (uint32_t)st->st_size &&
		st->st_mtime < p->written && same_mode(get32(r + 24), st);
}

/* The entries of one directory: [from, to) share a prefix of `prefix` bytes,
 * which ends with '/' or is empty. */
struct span {
	size_t from, to, prefix;
};

/* The end of the entries that lie in the same name below span as entry i;
 * *len is that name's length, *dir whether it is a directory. */
static size_t
name_end(const struct proof *p, const struct span *span, size_t i, size_t *len,
	bool *dir)
{
	const char *name = p->entries[i].name + span->prefix;
	const char *slash = strchr(name, '/');
	size_t whole;

	*dir = slash != NULL;
	*len = slash ? (size_t)(slash - name) : strlen(name);
	if (!slash)
		return i + 1;
	whole = span->prefix + *len + 1;
	while (++i < span->to && p->entries[i].len > whole &&
		memcmp(p->entries[i].name, p->entries[i - 1].name, whole) == 0)
		continue;
	return i;
}

/* True when the directory holds as many names as the index has there. */
static bool
count_matches(const struct proof *p, const struct span *span, int fd)
{
	AUTO_CLOSE int copy = openat(fd, ".", O_RDONLY | O_CLOEXEC);
	size_t want = 0, len;
	bool is_dir;
	struct dirent *d;
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	if (!dir)
		return false;
	steal_fd(&copy);
	for (size_t i = span->from; i < span->to; want++)
		i = name_end(p, span, i, &len, &is_dir);
	/* an underflow makes want huge, which the last line refuses */
	while ((d = readdir(dir)))
		if (!streq(d->d_name, ".") && !streq(d->d_name, "..") &&
			(span->prefix || !streq(d->d_name, ".git")))
			want--;
	closedir(dir);
	return want == 0;
}

static bool
check_dir(const struct proof *p, const struct span *span, int fd)
{
	size_t next, len;
	bool is_dir;

	if (!count_matches(p, span, fd))
		return false;
	for (size_t i = span->from; i < span->to; i = next) {
		const struct entry *e = &p->entries[i];
		AUTO_FREE char *name = NULL;
		AUTO_CLOSE int sub = -1;
		struct stat st;

		next = name_end(p, span, i, &len, &is_dir);
		if (!is_dir) {
			if (fstatat(fd, e->name + span->prefix, &st,
				    AT_SYMLINK_NOFOLLOW) < 0 ||
				!unchanged(p, e, &st))
				return false;
			continue;
		}
		name = xstrndup(e->name + span->prefix, len);
		sub = openat(fd, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub < 0 ||
			!check_dir(p, &(struct span){i, next,
					      span->prefix + len + 1}, sub))
			return false;
	}
	return true;
}

int
index_prove_clean(
	const char *top, const char *index, const struct id *head_tree)
{
	AUTO_CLOSE int fd = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct proof p = {0};
	size_t at;
	int r;

	if (fd < 0)
		return -errno;
	r = load(&p, index);
	if (r > 0)
		r = parse_entries(&p, &at) &&
			check_extensions(&p, at, head_tree) &&
			check_dir(&p, &(struct span){0, p.n, 0}, fd);
	free(p.entries);
	free(p.data);
	return r;
}
