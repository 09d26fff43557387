/* SPDX-License-Identifier: MIT */
/*
 * SQLite's log goes to where it belongs while its owner waits: for the log to
 * be on the disk, then for the file.  Megabytes of a log take a tenth of a
 * second, in which no editor gets an answer; so the kernel is asked to write
 * out what there is every quarter of a megabyte, without waiting, and there is
 * little left to wait for.
 */
#include "store/checkpoint.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/util.h"

#define PAGE 4096

/* Asked for every so many pages of the log, and a checkpoint of as many: some
 * seconds of a thousand editors, hours of one. */
#define WRITE_OUT_PAGES 64
#define CHECKPOINT_PAGES 2048

/* All but the last bytes, which are still added to. It is a wish only: whether
 * all is on the disk is seen by the checkpoint. Unlike the database's own file,
 * nobody holds a lock on this one, which close() would take away. */
static void
write_out(sqlite3 *db, int pages)
{
	const char *file = sqlite3_db_filename(db, "main");
	AUTO_CLOSE int fd = open(sqlite3_filename_wal(file),
		O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd >= 0)
		sync_file_range(fd, 0, (off_t)pages * PAGE,
			SYNC_FILE_RANGE_WRITE);
}

/* After each commit. A checkpoint that did not get through, as somebody reads,
 * is not tried with every commit. */
static int
on_commit(void *data, sqlite3 *db, const char *name, int pages)
{
	struct checkpoint *c = data;

	if (pages < c->written || pages < c->tried)
		*c = (struct checkpoint){0}; /* the log has begun anew */
	if (pages - c->tried >= CHECKPOINT_PAGES) {
		c->tried = pages;
		sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE,
			NULL, NULL);
	} else if (pages - c->written >= WRITE_OUT_PAGES) {
		c->written = pages;
		write_out(db, pages);
	}
	return SQLITE_OK;
}

void
checkpoint_by(sqlite3 *db, struct checkpoint *c)
{
	sqlite3_wal_hook(db, on_commit, c);
}
