/* SPDX-License-Identifier: MIT */
/* The Unix socket: connecting, listening, and who is on the other side. */
#pragma once

#include <sys/types.h>

#include "base/err.h"

/* Connects to path. Returns a close-on-exec blocking descriptor, or -errno:
 * -ENOENT and -ECONNREFUSED mean that no daemon runs, -ENAMETOOLONG that the
 * path does not fit into a socket address, -EAGAIN that somebody listens but
 * took no connection for five seconds. */
int sock_connect(const char *path, struct err *err);

/* Whether somebody takes connections at path. */
bool sock_answers(const char *path);

/* Creates the private directory of path and listens there (0600). A socket
 * that somebody answers on is never taken over: -EADDRINUSE. Called again when
 * its socket was taken away. Returns a close-on-exec non-blocking descriptor or
 * -errno. */
int sock_listen(const char *path, struct err *err);

/* The user at the other end of a connection, or -errno. */
int sock_peer_uid(int fd, uid_t *uid);

/* Writes all of it, waiting at most timeout_ms for each piece. 0 or -errno;
 * a vanished reader is -EPIPE, never a signal. */
int sock_write(int fd, const char *bytes, size_t n, int timeout_ms);
