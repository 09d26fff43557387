/* SPDX-License-Identifier: MIT */
/* Files, and what lies in their place. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "lib/tap.h"

static void
make(const char *path, const char *bytes, size_t n)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ok(fd >= 0 && file_write(fd, bytes, n) == 0, "%zu bytes written", n);
}

static void
read_back(const char *path)
{
	AUTO_BUF struct buf some = {0}, none = {0}, much = {0};
	AUTO_FREE char *large = xcalloc(1, 100001);

	make(path, "a\0b\n", 4);
	ok(file_read(path, 4, &some) == 0 && some.len == 4 &&
			memcmp(some.data, "a\0b\n", 4) == 0,
		"a file of just as many bytes as it may have");
	make(path, "", 0);
	ok(file_read(path, 0, &none) == 0 && none.len == 0 && none.data,
		"an empty file is not the same as none");
	make(path, large, 100001);
	is_int(file_read(path, 100000, &much), -EFBIG, "one too many");
	ok(much.len > 100000, "and that they are there");
}

static void
in_its_place(const char *path)
{
	AUTO_BUF struct buf out = {0};

	is_int(file_read("/", 10, &out), -EISDIR, "a directory");
	is_int(file_read("/dev/null", 10, &out), -EINVAL, "a device");
	is_int(file_read(path, 10, &out), -ENOENT, "nothing");
	ok(mkfifo(path, 0600) == 0, "a FIFO without a writer");
	is_int(file_read(path, 10, &out), -EINVAL, "is not waited for");
	is_int(file_write(-1, "x", 1), -EBADF, "written to nobody");
	is_int((long long)out.len, 0, "nothing of all that was added");
}

int
main(void)
{
	char dir[] = "/tmp/vesper-test-XXXXXX";
	AUTO_FREE char *path = NULL;

	if (!mkdtemp(dir))
		return 1;
	path = xasprintf("%s/file", dir);
	read_back(path);
	unlink(path);
	in_its_place(path);
	unlink(path);
	rmdir(dir);
	return tap_done();
}
