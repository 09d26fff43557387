/* SPDX-License-Identifier: MIT */
/*
 * Anybody may have put anything where a file is expected, and a signal may
 * come at any time: what to do then is decided here, once.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int
file_read_rest(int fd, size_t most, struct buf *out)
{
	size_t start = out->len;
	char piece[16384];
	ssize_t n;

	buf_adds(out, ""); /* an empty file is not the same as none */
	while ((n = read(fd, piece, sizeof piece)) != 0) {
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0)
			buf_add(out, piece, (size_t)n);
		if (out->len - start > most)
			return -EFBIG;
	}
	return 0;
}

int
file_read(const char *path, size_t most, struct buf *out)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (S_ISREG(st.st_mode))
		return file_read_rest(fd, most, out);
	return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
}

int
file_write(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno != EINTR)
			return -errno;
		if (written > 0) {
			bytes += written;
			n -= (size_t)written;
		}
	}
	return 0;
}
