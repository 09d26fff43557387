/* SPDX-License-Identifier: MIT */
/* What lies in the way of a socket, and peers who do not read. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/tap.h"
#include "wire/line.h"
#include "wire/sock.h"

static char dir[] = "/tmp/vesper-sock.XXXXXX";
static char path[64];

/* A socket of another program, that knows no lock. */
static int
foreign(int backlog)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(un.sun_path, sizeof un.sun_path, "%s", path);
	if (bind(fd, (struct sockaddr *)&un, sizeof un) < 0 ||
		listen(fd, backlog) < 0)
		perror(path);
	return fd;
}

static void
in_the_way(void)
{
	struct err err;
	int fd = foreign(5);

	is_int(sock_listen(path, &err), -EADDRINUSE, "who listens there stays");
	close(fd);
	unlink(path);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	is_int(sock_listen(path, &err), -EEXIST, "a file is not removed");
	ok(access(path, F_OK) == 0, "and lies there still");
	close(fd);
	unlink(path);
	is_int(symlink("/etc/passwd", path), 0, "a symlink");
	is_int(sock_listen(path, &err), -EEXIST, "is not followed");
	unlink(path);
	is_int(sock_listen("socket", &err), -EINVAL, "a path is absolute");
	is_int(sock_listen("/socket", &err), -EINVAL,
		"in a directory of its own");
}

/* A daemon that is ending listens no more, and holds the lock a moment. Who
 * has it keeps it as long as it lives, so another process asks. */
static void
ending(void)
{
	int lock = open(dir, O_RDONLY | O_CLOEXEC), status = -1;
	struct err err;
	pid_t pid;

	is_int(flock(lock, LOCK_EX), 0, "the lock is taken");
	pid = fork();
	if (pid == 0) {
		close(lock); /* a copy of it holds it, too */
		_exit(sock_listen(path, &err) < 0);
	}
	poll(NULL, 0, 50);
	close(lock);
	ok(waitpid(pid, &status, 0) == pid && status == 0,
		"who waits for its end comes after it");
	unlink(path);
}

/* A socket that somebody else listens on is not spoken to. */
static void
stranger(void)
{
	int ready[2];
	struct err err;
	char c = 'y';
	pid_t pid;

	if (geteuid() != 0 || pipe(ready) < 0) {
		ok(true, "# SKIP only root can be two users");
		return;
	}
	if (chmod(dir, 0777) < 0)
		perror(dir);
	pid = fork();
	if (pid == 0) {
		if (setuid(65534) < 0)
			_exit(1);
		foreign(5);
		if (chmod(path, 0777) < 0 || write(ready[1], &c, 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	is_int(read(ready[0], &c, 1), 1, "another user's socket");
	is_int(sock_connect(path, &err), -EPERM, "is refused");
	ok(!sock_answers(path), "and is nobody's answer");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(ready[0]);
	close(ready[1]);
	chmod(dir, 0700);
	unlink(path);
}

static void
too_long(void)
{
	char name[200];
	struct err err;

	snprintf(name, sizeof name, "%s/%0150d", dir, 0);
	is_int(sock_listen(name, &err), -ENAMETOOLONG, "too long to listen");
	is_int(sock_connect(name, &err), -ENAMETOOLONG, "and to connect");
}

/* With no descriptor left, at each of the places where one is taken. */
static void
exhausted(void)
{
	struct rlimit old, none;
	struct err err;
	int first = dup(0), codes[3];

	close(first);
	getrlimit(RLIMIT_NOFILE, &old);
	for (int i = 0; i < 3; i++) {
		none = (struct rlimit){(rlim_t)(first + i), old.rlim_max};
		setrlimit(RLIMIT_NOFILE, &none);
		codes[i] = sock_listen(path, &err);
		if (i == 0)
			is_int(sock_connect(path, &err), -EMFILE,
				"no descriptor to connect");
	}
	setrlimit(RLIMIT_NOFILE, &old);
	is_int(codes[0], -EMFILE, "none for the directory");
	is_int(codes[1], -EMFILE, "none for the socket");
	ok(codes[2] >= 0, "two are enough");
	close(codes[2]);
	unlink(path);
}

static void
slow_reader(void)
{
	static char much[1 << 20];
	int pair[2];
	uid_t uid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	is_int(sock_peer_uid(pair[0], &uid), 0, "who is there");
	ok(uid == geteuid(), "is known");
	is_int(sock_write(pair[0], much, sizeof much, 1), -ETIMEDOUT,
		"who does not read is not waited for");
	close(pair[1]);
	is_int(sock_write(pair[0], much, 1, 1), -EPIPE,
		"who is gone is no signal");
	close(pair[0]);
	ok(sock_peer_uid(0, &uid) < 0 || isatty(0), "a file is nobody");
}

static void
lines(void)
{
	struct buf in = {0};
	char *line = NULL;

	buf_adds(&in, "short\r\nlonger than that\n");
	is_int(line_take(&in, 10, &line), 1, "a line");
	is_str(line, "short", "without its end");
	free(line);
	is_int(line_take(&in, 10, &line), -EMSGSIZE, "one that is too long");
	buf_clear(&in);
	buf_adds(&in, "no end to it");
	is_int(line_take(&in, 10, &line), -EMSGSIZE, "whether it ends or not");
	buf_free(&in);
}

int
main(void)
{
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/socket", dir);
	in_the_way();
	ending();
	stranger();
	too_long();
	exhausted();
	slow_reader();
	lines();
	rmdir(dir);
	return tap_done();
}
