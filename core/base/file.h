/* SPDX-License-Identifier: MIT */
/* Whole files at once. */
#pragma once

#include "base/buf.h"

/* Adds what is in a regular file to out, whose data is never NULL then. 0,
 * -EISDIR or -EINVAL when it is no regular file (a FIFO would be read for
 * ever), -EFBIG when there are more than `most` bytes: some of them are in out.
 * Or -errno. */
int file_read(const char *path, size_t most, struct buf *out);

/* The same of what is left to be read of an open file, of any kind. */
int file_read_rest(int fd, size_t most, struct buf *out);

/* Writes all n bytes. 0 or -errno, with some of them written. */
int file_write(int fd, const char *bytes, size_t n);
