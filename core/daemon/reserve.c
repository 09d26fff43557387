/* SPDX-License-Identifier: MIT */
/*
 * One JSON line a record, as the store would have it.  Each is written with
 * one write(); one that comes out short is cut off again.
 */
#include "daemon/reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/paths.h"
#include "base/text.h"
#include "daemon/leftover.h"
#include "store/store.h"

/* Some hundred thousand records in the file, some ten thousand in memory. */
#define FILE_MAX (64 * 1024 * 1024)
#define MEMORY_MAX (2 * 1024 * 1024)

struct reserve {
	char *path;
	struct buf memory; /* lines that could not be written */
};

struct reserve *
reserve_new(const char *path)
{
	struct reserve *r = xcalloc(1, sizeof *r);

	r->path = xstrdup(path);
	return r;
}

struct reserve *
reserve_free(struct reserve *r)
{
	if (!r)
		return NULL;
	buf_free(&r->memory);
	free(r->path);
	free(r);
	return NULL;
}

const char *
reserve_path(const struct reserve *r)
{
	return r->path;
}

/* --- writing ---------------------------------------------------------------- */

/* What a kill cut off stays a line of its own. */
static int
end_last_line(int fd, off_t size)
{
	char last = '\n';

	if (size > 0 && pread(fd, &last, 1, size - 1) != 1)
		return -errno;
	return last == '\n' || write(fd, "\n", 1) == 1 ? 0 : -errno;
}

static int
write_line(int fd, const struct buf *line, bool durable)
{
	struct stat st;
	ssize_t n;
	int code;

	if (flock(fd, LOCK_EX | LOCK_NB) < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (end_last_line(fd, st.st_size) < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (st.st_size + (off_t)line->len > FILE_MAX)
		return -ENOSPC;
	n = write(fd, line->data, line->len);
	if (n == (ssize_t)line->len && (!durable || fsync(fd) == 0))
		return 0;
	code = n < 0 || n == (ssize_t)line->len ? errno : ENOSPC;
	if (ftruncate(fd, st.st_size) < 0)
		return -errno;
	return -code;
}

/* A new file's name must survive a power cut, too. */
static int
sync_directory_of(const char *path)
{
	AUTO_FREE char *dir = xstrdup(path);
	AUTO_CLOSE int fd = -1;

	*strrchr(dir, '/') = '\0';
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

static int
add_line(const char *path, const struct buf *line, bool durable)
{
	AUTO_FREE char *dir = xstrdup(path);
	AUTO_CLOSE int fd = -1;
	int r;

	*strrchr(dir, '/') = '\0';
	r = paths_make(dir, NULL);
	if (r < 0)
		return r;
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK, 0600);
	if (fd < 0)
		return -errno;
	r = write_line(fd, line, durable);
	return r == 0 && durable ? sync_directory_of(path) : r;
}

static int
keep(struct reserve *r, json_t *record, bool durable)
{
	AUTO_BUF struct buf line = {0};
	char *text = json_dumps(record, JSON_COMPACT);
	int code;

	json_decref(record);
	if (!text)
		return -EINVAL;
	buf_addf(&line, "%s\n", text);
	free(text);
	code = add_line(r->path, &line, durable);
	if (code == 0 || durable)
		return code;
	if (r->memory.len + line.len > MEMORY_MAX)
		return -ENOSPC;
	buf_add(&r->memory, line.data, line.len);
	return 1;
}

int
reserve_keep(struct reserve *r, const struct store_event *event, bool durable)
{
	AUTO_FREE char *project = xstrdup(event->project ? event->project : "");

	text_oneline(project); /* JSON takes UTF-8 only */
	return keep(r, json_pack("{sI ss ss* ss ss* ss* ss* sI sb}", "at",
		(json_int_t)event->at, "kind", event->kind, "source",
		event->source, "project", project, "oid", event->oid, "data",
		event->data, "verdict", event->verdict, "past",
		(json_int_t)event->past, "human", event->human), durable);
}

void
reserve_keep_notice(struct reserve *r, const struct store_notice *notice)
{
	keep(r, json_pack("{sI ss si ss sI}", "at", (json_int_t)notice->at,
		"notice", notice->notice, "level", notice->level, "day",
		notice->day, "about", (json_int_t)notice->about), false);
}

/* --- reading back ------------------------------------------------------------- */

static const char *
string(const json_t *record, const char *key)
{
	const char *value = json_string_value(json_object_get(record, key));

	return value ? value : "";
}

static int64_t
number(const json_t *record, const char *key)
{
	return json_integer_value(json_object_get(record, key));
}

static int
store_one_event(const json_t *record, struct store *store)
{
	struct store_event event = {
		.at = number(record, "at"),
		.kind = string(record, "kind"),
		.source = string(record, "source"),
		.project = string(record, "project"),
		.oid = string(record, "oid"),
		.data = string(record, "data"),
		.verdict = string(record, "verdict"),
		.past = number(record, "past"),
		.human = json_is_true(json_object_get(record, "human")),
	};

	return store_append(store, &event, false, NULL);
}

static int
store_one_notice(const json_t *record, struct store *store)
{
	struct store_notice notice = {
		.at = number(record, "at"),
		.notice = string(record, "notice"),
		.level = (int)number(record, "level"),
		.day = string(record, "day"),
		.about = number(record, "about"),
	};
	int r = store_notice(store, &notice);

	return r < 0 ? r : 0;
}

static int
store_line(const char *text, struct store *store)
{
	json_t *record = json_loads(text, 0, NULL);
	int r = 0;

	if (*string(record, "kind"))
		r = store_one_event(record, store);
	else if (*string(record, "notice"))
		r = store_one_notice(record, store);
	json_decref(record);
	return r;
}

static int
store_memory(struct reserve *r, struct store *store)
{
	AUTO_FREE char *copy = xstrdup(r->memory.len ? r->memory.data : "");
	char *rest = NULL;
	int code = 0;

	for (char *line = strtok_r(copy, "\n", &rest); line && code == 0;
		line = strtok_r(NULL, "\n", &rest))
		code = store_line(line, store);
	return code;
}

static int
store_file(struct leftover *file, struct store *store)
{
	char *line;
	int r = 0;

	while (r == 0 && (line = leftover_line(file)))
		r = store_line(line, store);
	return r;
}

static int
drain_open(struct reserve *r, struct leftover *file, struct store *store)
{
	int code = store_begin(store, true, NULL), end;

	if (code < 0)
		return code;
	if (file->fd >= 0)
		code = store_file(file, store);
	if (code == 0)
		code = store_memory(r, store);
	if (code == 0 && file->fd >= 0)
		code = leftover_mark(file, store);
	end = code < 0 ? store_rollback(store) : store_commit(store, NULL);
	return code < 0 ? code : end;
}

/* What is no file of ours in a directory has nothing of ours in it, and must
 * not keep a sound history closed. */
static bool
is_none(int code)
{
	return code == -ENOENT || code == -ENOTDIR || code == -ELOOP ||
		code == -EINVAL;
}

int
reserve_drain(struct reserve *r, struct store *store)
{
	struct leftover file;
	int code = leftover_open(&file, r->path, FILE_MAX, store);

	if (code < 0 && !is_none(code))
		return code;
	code = drain_open(r, &file, store);
	if (code == 0) {
		buf_clear(&r->memory);
		if (file.fd >= 0)
			leftover_remove(&file, store);
	}
	leftover_close(&file);
	return code;
}

void
reserve_copy(struct reserve *r, struct store *store)
{
	struct leftover file;

	if (leftover_open(&file, r->path, FILE_MAX, store) == 0)
		store_file(&file, store);
	store_memory(r, store);
	leftover_close(&file);
}
