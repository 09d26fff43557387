/* SPDX-License-Identifier: MIT */
/*
 * A file of the user's is replaced as a whole or not at all, where a symlink
 * points to (people keep these files in repositories), behind FILE.lock: the
 * lock that `git config` itself takes.
 */
#include "client/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "words/words.h"

/* Makes the new file in the lock; 0 when it may take the old one's place, 1
 * when the old one is to go, or what fn or the system said. */
static int
prepare(const char *path, int lock, file_edit_fn *fn, void *data,
	struct err *err)
{
	AUTO_BUF struct buf old = {0}, text = {0};
	bool remove_empty = false;
	struct stat st;
	int r = file_read(path, HOOKS_FILE_MAX, &old);

	if (r < 0 && r != -ENOENT)
		return err_errno(err, -r, W_HOOKS_FILE_READ, path);
	r = fn(data, &old, &text, &remove_empty, err);
	if (r != 0)
		return r;
	if (text.len == 0 && remove_empty)
		return 1;
	if (stat(path, &st) == 0 &&
		(fchmod(lock, st.st_mode & 07777) < 0 ||
			(st.st_uid != geteuid() &&
				fchown(lock, st.st_uid, st.st_gid) < 0)))
		return err_errno(err, errno, W_HOOKS_FILE_WRITE, path);
	r = file_write(lock, text.data, text.len);
	if (r == 0 && fsync(lock) < 0)
		r = -errno;
	return r < 0 ? err_errno(err, -r, W_HOOKS_FILE_WRITE, path) : 0;
}

int
file_edit(const char *path, file_edit_fn *fn, void *data, struct err *err)
{
	AUTO_FREE char *target = realpath(path, NULL);
	AUTO_FREE char *lock = NULL;
	AUTO_CLOSE int fd = -1;
	struct stat st;
	int r;

	if (!target && lstat(path, &st) == 0)
		return err_errno(err, ENOENT, W_HOOKS_FILE_READ, path);
	if (!target)
		target = xstrdup(path);
	lock = xasprintf("%s.lock", target);
	fd = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_errno(err, errno, W_HOOKS_FILE_WRITE, target);
	r = prepare(target, fd, fn, data, err);
	if (r == 0 && rename(lock, target) == 0)
		return 0;
	if (r == 0)
		r = err_errno(err, errno, W_HOOKS_FILE_WRITE, target);
	unlink(lock);
	if (r != 1)
		return r;
	return unlink(target) < 0
		? err_errno(err, errno, W_HOOKS_FILE_WRITE, target)
		: 0;
}
