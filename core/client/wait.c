/* SPDX-License-Identifier: MIT */
/*
 * The socket's directory is watched, or the nearest one above it that exists.
 * A socket is there an instant before it answers, so what appears is tried a
 * few times; where nothing can be watched, a look now and then has to do.
 */
#include "client/wait.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#include "base/alloc.h"
#include "base/paths.h"
#include "base/util.h"
#include "wire/sock.h"

#define TRIES 20
#define TRY_MS 25
#define LOOK_MS 5000

#ifdef __linux__
/* Watches dir or the nearest directory above it; -1 when none can be. */
static int
watch(char *dir)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	while (fd >= 0 && inotify_add_watch(fd, *dir ? dir : "/",
				  IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF |
					  IN_MOVE_SELF) < 0) {
		char *slash = strrchr(dir, '/');

		if (!slash || !*dir) {
			close(fd);
			return -1;
		}
		*slash = '\0';
	}
	return fd;
}
#else
static int
watch(char *dir UNUSED)
{
	return -1;
}
#endif

static bool
is_unread(const struct pollfd *out)
{
	return out->revents & (POLLERR | POLLHUP | POLLNVAL);
}

int
wait_for_daemon(bool rest)
{
	AUTO_FREE char *path = paths_socket(), *dir = xstrdup(path);
	char *slash = strrchr(dir, '/');
	struct pollfd fds[2] = {{-1, POLLIN, 0}, {STDOUT_FILENO, 0, 0}};
	AUTO_CLOSE int fd = -1;

	if (slash)
		*slash = '\0';
	fds[0].fd = fd = watch(dir);
	if (rest)
		poll(&fds[1], 1, LOOK_MS);
	for (int tries = 0; !is_unread(&fds[1]); tries++) {
		if (sock_answers(path))
			return 0;
		if (tries < TRIES)
			poll(&fds[1], 1, TRY_MS);
		else
			poll(fds, 2, fd < 0 ? LOOK_MS : -1);
		if (fds[0].revents)
			break; /* watch anew: a directory may have come */
	}
	return is_unread(&fds[1]) ? -EPIPE : 0;
}
