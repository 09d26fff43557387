/* SPDX-License-Identifier: MIT */
/*
 * A child looks first, one for each mount: if that hangs, it hangs alone.  The
 * kernel's list of mounts is read without touching any of them, and again only
 * when it has changed.  Local file systems are trusted.
 */
#include "base/reach.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/process.h"

#define WAIT_MS 100
#define LINKS_MAX 40 /* as many as the kernel follows */

/* How long an answer holds: one event is several looks, and the next one comes
 * seldom. A mount that dies within it, just after it has answered, is the one
 * that can hold us up. */
#define TRUST_MS 100

struct mount {
	char *point;
	bool remote;
	pid_t pid; /* who looks there now, or 0 */
	int pipe;  /* at its end when he has come back */
	int64_t answered;
};

static struct mount *mounts;
static size_t nmounts;
static int list = -1; /* /proc/self/mountinfo */

/* Kinds of file systems behind which there is somebody else. */
static bool
is_remote(const char *type)
{
	static const char *const kinds[] = {"nfs", "cifs", "smb", "fuse", "9p",
		"afs", "ceph", "lustre", "coda", "autofs", "gfs2", "ocfs2"};

	if (streq(type, "fuseblk"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (starts_with(type, kinds[i]))
			return true;
	return false;
}

/* Blanks and the like are written as three octal digits. */
static void
unescape(char *text)
{
	char *out = text;
	unsigned int code;

	for (; *text; text++)
		if (*text == '\\' && sscanf(text + 1, "%3o", &code) == 1) {
			*out++ = (char)code;
			text += 3;
		} else {
			*out++ = *text;
		}
	*out = '\0';
}

/* What is under way at a mount that is still there goes on. */
static struct mount
known_mount(struct mount *old, size_t n, const char *point)
{
	for (size_t i = 0; i < n; i++)
		if (old[i].point && old[i].remote && streq(old[i].point, point)) {
			struct mount found = old[i];

			old[i].point = NULL;
			return found;
		}
	return (struct mount){.point = xstrdup(point), .pipe = -1,
		.answered = INT64_MIN / 2};
}

static void
forget(struct mount *m)
{
	if (m->point && m->pid) {
		kill(m->pid, SIGKILL);
		waitpid(m->pid, NULL, WNOHANG);
		close(m->pipe);
	}
	free(m->point);
}

/* "36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root rw" */
static void
read_mounts(FILE *f)
{
	struct mount *old = mounts;
	size_t nold = nmounts, size = 0;
	char *line = NULL;

	mounts = NULL;
	nmounts = 0;
	while (getline(&line, &size, f) > 0) {
		char point[4096], type[64];
		const char *dash = strstr(line, " - ");

		if (!dash || sscanf(line, "%*s %*s %*s %*s %4095s", point) != 1 ||
			sscanf(dash, " - %63s", type) != 1)
			continue;
		unescape(point);
		mounts = xrealloc(mounts, (nmounts + 1) * sizeof *mounts);
		mounts[nmounts] = known_mount(old, nold, point);
		mounts[nmounts++].remote = is_remote(type);
	}
	for (size_t i = 0; i < nold; i++)
		forget(&old[i]);
	free(old);
	free(line);
}

static void
refresh(void)
{
	struct pollfd changed = {.fd = list, .events = POLLPRI};
	FILE *f;

	if (list >= 0 && poll(&changed, 1, 0) == 0)
		return;
	if (list < 0)
		list = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	if (list < 0)
		return;
	lseek(list, 0, SEEK_SET);
	f = fdopen(fcntl(list, F_DUPFD_CLOEXEC, 0), "r");
	if (!f)
		return;
	read_mounts(f);
	fclose(f);
}

/* The one that a path lies on, the last of those at one point. */
static struct mount *
mount_of(const char *path)
{
	struct mount *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < nmounts; i++) {
		size_t n = strlen(mounts[i].point);
		bool root = n == 1;

		if (n < longest || strncmp(path, mounts[i].point, n) != 0 ||
			(!root && path[n] != '/' && path[n] != '\0'))
			continue;
		best = &mounts[i];
		longest = n;
	}
	return best;
}

/* Sends somebody to look. It must hold nothing of ours: it may stay. */
static void
send_child(struct mount *m)
{
	pid_t parent = getpid();
	int ends[2];
	struct stat st;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	m->pid = fork();
	if (m->pid == 0) {
		process_end_with_parent(parent, SIGKILL);
		dup2(ends[1], 0);
		process_close_from(1);
		stat(m->point, &st);
		_exit(0);
	}
	close(ends[1]);
	m->pipe = ends[0];
	if (m->pid < 0) {
		m->pid = 0;
		close(m->pipe);
	}
}

/* True when who was sent there has come back. */
static bool
is_back(struct mount *m, int ms)
{
	struct pollfd end = {.fd = m->pipe, .events = POLLIN};

	if (poll(&end, 1, ms) <= 0)
		return false;
	close(m->pipe);
	while (waitpid(m->pid, NULL, 0) < 0 && errno == EINTR)
		;
	m->pid = 0;
	m->answered = clock_mono_ns();
	return true;
}

static bool
mount_answers(struct mount *m)
{
	bool sent;

	if (!m || !m->remote ||
		clock_mono_ns() - m->answered < TRUST_MS * (NS_PER_S / 1000))
		return true;
	sent = !m->pid;
	if (sent)
		send_child(m);
	return !m->pid || is_back(m, sent ? WAIT_MS : 0);
}

/* --- the way to a path, link by link -------------------------------------------- */

/* What is left of the way begins with what a link at its end says. False when
 * that is too long for anybody. */
static bool
follow(char at[PATH_MAX], char rest[PATH_MAX], const char *link)
{
	AUTO_FREE char *way = xasprintf("%s/%s", link, rest);

	*(*link == '/' ? at : strrchr(at, '/')) = '\0';
	return snprintf(rest, PATH_MAX, "%s", way) < PATH_MAX;
}

/* Goes one name on; false when that is too long for anybody. */
static bool
go_on(char at[PATH_MAX], const char *name, size_t n)
{
	size_t len = strlen(at);

	if (n == 0 || (n == 1 && *name == '.'))
		return true;
	if (n == 2 && starts_with(name, "..")) {
		*(len ? strrchr(at, '/') : at) = '\0';
		return true;
	}
	return snprintf(at + len, PATH_MAX - len, "/%.*s", (int)n, name) <
		(int)(PATH_MAX - len);
}

/* Whether a name is a link is asked where we are only, whose mount answers;
 * what lies behind it is looked at as if it had been written instead. A way
 * that nobody can go is left to who goes it. */
static bool
way_answers(char rest[PATH_MAX])
{
	char at[PATH_MAX] = "", link[PATH_MAX];
	int links = 0;

	while (*rest) {
		size_t n = strcspn(rest, "/");
		ssize_t to;

		if (!go_on(at, rest, n))
			return true;
		memmove(rest, rest + n + (rest[n] == '/'),
			strlen(rest + n + (rest[n] == '/')) + 1);
		if (!mount_answers(mount_of(*at ? at : "/")))
			return false;
		to = *at ? readlink(at, link, sizeof link - 1) : -1;
		if (to < 0)
			continue;
		link[to] = '\0';
		if (++links > LINKS_MAX || !follow(at, rest, link))
			return true;
	}
	return true;
}

bool
reach_answers(const char *path)
{
	char rest[PATH_MAX];

	refresh();
	if (*path != '/' || snprintf(rest, sizeof rest, "%s", path) >= PATH_MAX)
		return true;
	return way_answers(rest);
}
