/* SPDX-License-Identifier: MIT */
/*
 * A path that does not fit is an error, not a shorter path; a living socket
 * is never unlinked; the directory is ours and closed before we bind in it,
 * and locked as long as we live, so that of two that start at once one wins.
 */
#include "wire/sock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/paths.h"

#define CONNECT_S 5
#define RIVAL_MS 2000 /* for the lock's holder to listen, or to be gone */
#define POLL_MS 10

static int
address(const char *path, struct sockaddr_un *un, struct err *err)
{
	*un = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof un->sun_path)
		return err_set(err, -ENAMETOOLONG,
			"the socket's path is longer than %zu bytes: %s: set "
			"XDG_RUNTIME_DIR or VESPER_SOCKET to a shorter one",
			sizeof un->sun_path - 1, path);
	memcpy(un->sun_path, path, strlen(path) + 1);
	return 0;
}

static int
connect_to(const char *path, int flags, struct err *err)
{
	AUTO_CLOSE int fd = -1;
	struct timeval patience = {.tv_sec = CONNECT_S};
	struct sockaddr_un un;
	int r = address(path, &un, err);

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
	if (fd < 0)
		return err_errno(err, errno, "cannot make a socket");
	/* Linux: with a full queue connect() waits this long, not for ever */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, (struct sockaddr *)&un, sizeof un) < 0)
		return err_errno(err, errno, "cannot connect to %s", path);
	return steal_fd(&fd);
}

int
sock_connect(const char *path, struct err *err)
{
	AUTO_CLOSE int fd = connect_to(path, 0, err);
	uid_t uid = geteuid();

	if (fd >= 0 && (sock_peer_uid(fd, &uid) < 0 || uid != geteuid()))
		return err_set(err, -EPERM, "%s is not yours", path);
	return fd < 0 ? fd : steal_fd(&fd);
}

bool
sock_answers(const char *path)
{
	AUTO_CLOSE int fd = sock_connect(path, NULL);

	return fd >= 0;
}

/* True when somebody listens at path; full queues are somebody's, too. */
static bool
is_alive(const char *path)
{
	int fd = connect_to(path, SOCK_NONBLOCK, NULL);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || fd == -EAGAIN;
}

/* Takes the lock. Who holds it and does not listen is about to, or is ending:
 * soon it is either alive or gone. False when it stays another's. */
static bool
lock_unless_held(int fd, const char *path)
{
	int64_t end = clock_mono_ns() + RIVAL_MS * NS_PER_MS;

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (is_alive(path) || clock_mono_ns() > end)
			return false;
		poll(NULL, 0, POLL_MS);
	}
	return true;
}

/* Removes a dead socket at path. -EADDRINUSE when it is alive, -EEXIST when
 * something else than a socket of ours lies there. */
static int
clear_stale(const char *path, struct err *err)
{
	struct stat st;
	int fd;

	if (lstat(path, &st) < 0)
		return errno == ENOENT
			? 0
			: err_errno(err, errno, "cannot look at %s", path);
	if (!S_ISSOCK(st.st_mode) || st.st_uid != geteuid())
		return err_set(err, -EEXIST,
			"%s is not a socket of yours: remove it", path);
	fd = connect_to(path, SOCK_NONBLOCK, NULL);
	if (fd >= 0)
		close(fd);
	if (fd >= 0 || fd == -EAGAIN) /* EAGAIN: its queue is full */
		return err_set(err, -EADDRINUSE, "a vesperd runs already");
	if (fd != -ECONNREFUSED)
		return err_errno(err, -fd, "cannot ask %s", path);
	if (unlink(path) < 0)
		return err_errno(err, errno, "cannot remove %s", path);
	return 0;
}

/* The directory that this process has locked, or -1. */
static int locked = -1;

static bool
is_locked(int fd)
{
	struct stat a, b;

	return locked >= 0 && fstat(fd, &a) == 0 && fstat(locked, &b) == 0 &&
		a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Makes the socket's directory and locks it. */
static int
lock_directory(const char *path, struct err *err)
{
	AUTO_FREE char *dir = xstrdup(path);
	char *slash = strrchr(dir, '/');
	AUTO_CLOSE int fd = -1;
	int r;

	if (!slash || slash == dir)
		return err_set(err, -EINVAL,
			"%s: the socket's path must be absolute and lie in a "
			"directory of its own",
			path);
	*slash = '\0';
	r = paths_make_private(dir, err);
	if (r < 0)
		return r;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(err, errno, "cannot open %s", dir);
	if (is_locked(fd))
		return 0;
	if (!lock_unless_held(fd, path))
		return err_set(err, -EADDRINUSE, "a vesperd runs already");
	util_closep(&locked);
	locked = steal_fd(&fd);
	return 0;
}

static int
listen_at(const struct sockaddr_un *un, const char *path, struct err *err)
{
	AUTO_CLOSE int fd = -1;
	mode_t mask;
	int r = clear_stale(path, err);

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(err, errno, "cannot make a socket");
	mask = umask(0177);
	r = bind(fd, (const struct sockaddr *)un, sizeof *un) < 0 ? -errno : 0;
	umask(mask);
	if (r < 0)
		return err_errno(err, -r, "cannot bind %s", path);
	if (listen(fd, 4096) < 0)
		return err_errno(err, errno, "cannot listen on %s", path);
	return steal_fd(&fd);
}

/* Between bind() and listen() a socket looks dead, and one that was moved away is
 * not seen at all: the lock says who is the only one, until the process ends. */
int
sock_listen(const char *path, struct err *err)
{
	struct sockaddr_un un;
	bool again = locked >= 0;
	int fd, r = address(path, &un, err);

	if (r == 0)
		r = lock_directory(path, err);
	if (r < 0)
		return r;
	fd = listen_at(&un, path, err);
	if (fd < 0 && !again)
		util_closep(&locked);
	return fd;
}

int
sock_peer_uid(int fd, uid_t *uid)
{
#ifdef SO_PEERCRED
	struct ucred cred;
	socklen_t len = sizeof cred;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) < 0)
		return -errno;
	*uid = cred.uid;
	return 0;
#else
	gid_t gid;

	return getpeereid(fd, uid, &gid) < 0 ? -errno : 0;
#endif
}

int
sock_write(int fd, const char *bytes, size_t n, int timeout_ms)
{
	while (n) {
		struct pollfd p = {.fd = fd, .events = POLLOUT};
		ssize_t w = send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (w >= 0) {
			bytes += w;
			n -= (size_t)w;
		} else if (errno == EAGAIN) {
			int ready = poll(&p, 1, timeout_ms);

			if (ready < 0 && errno != EINTR)
				return -errno;
			if (ready == 0)
				return -ETIMEDOUT;
		} else if (errno != EINTR) {
			return -errno;
		}
	}
	return 0;
}
