/* SPDX-License-Identifier: MIT */
/* Many who listen at once: one does, the others are told that it does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/tap.h"
#include "wire/sock.h"

#define RIVALS 6
#define ROUNDS 100

/* Waits for the start, listens, says how it went, lives until the end. */
static void
rival(const char *path, int start, int said, int end)
{
	char c;
	int fd;

	while (read(start, &c, 1) > 0)
		;
	fd = sock_listen(path, NULL);
	c = fd >= 0 ? 'L' : fd == -EADDRINUSE ? 'U' : '?';
	if (write(said, &c, 1) != 1)
		_exit(1);
	while (read(end, &c, 1) > 0)
		;
	_exit(0);
}

/* How many of the rivals came to listen, -1 when one failed otherwise. */
static int
round_of(const char *path)
{
	int start[2], said[2], end[2], n = 0;
	char c = 0;

	if (pipe(start) || pipe(said) || pipe(end))
		return -1;
	for (int i = 0; i < RIVALS; i++)
		if (fork() == 0) {
			close(start[1]);
			close(end[1]);
			rival(path, start[0], said[1], end[0]);
		}
	close(start[1]);
	for (int i = 0; i < RIVALS && read(said[0], &c, 1) == 1; i++)
		n = c == '?' || n < 0 ? -1 : n + (c == 'L');
	close(end[1]);
	while (wait(NULL) > 0)
		;
	close(start[0]);
	close(said[0]);
	close(said[1]);
	close(end[0]);
	return n;
}

int
main(void)
{
	char dir[] = "/tmp/vesper-test-XXXXXX", path[64];
	int one = 0;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/socket", dir);
	/* the socket of the round before lies there, dead */
	for (int i = 0; i < ROUNDS; i++)
		one += round_of(path) == 1;
	is_int(one, ROUNDS, "one of %d listens, %d times", RIVALS, ROUNDS);
	unlink(path);
	rmdir(dir);
	return tap_done();
}
