/* SPDX-License-Identifier: MIT */
/*
 * Events that found no daemon.  Each is a line as it was to be sent with "at"
 * (CLOCK_REALTIME, s), "boot" (CLOCK_BOOTTIME, s) and "boot_id" added, so that
 * the daemon can tell its age even after the clock was set.  All writers
 * together stay below WIRE_SPOOL_MAX; a full spool takes no more.
 * Static inline, as a guest is one file.
 */
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "wire/wire.h"

static char spool_dir[512]; /* absolute, or empty: nowhere */
static char boot_id[40];

/* Before chdir() and the rest; spool_dir is set by its owner. */
static inline void
spool_prepare(void)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, boot_id, sizeof boot_id - 1);

	if (fd >= 0)
		close(fd);
	boot_id[n > 36 ? 36 : n < 0 ? 0 : n] = '\0';
}

/* What is in the spool already, of all writers. */
static inline off_t
spool_size(void)
{
	DIR *dir = opendir(spool_dir);
	struct dirent *e;
	struct stat st;
	off_t sum = 0;

	if (!dir)
		return 0;
	while ((e = readdir(dir)))
		if (fstatat(dirfd(dir), e->d_name, &st, 0) == 0 &&
			S_ISREG(st.st_mode))
			sum += st.st_size;
	closedir(dir);
	return sum;
}

static inline void
spool_make_dir(void)
{
	for (char *p = spool_dir + 1; *p; p++)
		if (*p == '/') {
			*p = '\0';
			mkdir(spool_dir, 0700);
			*p = '/';
		}
	mkdir(spool_dir, 0700);
}

/* This writer's file, locked, or -1. The daemon locks the files it is reading
 * and removes them, so one that is locked is left and the next one taken. */
static inline int
spool_open(void)
{
	char path[sizeof spool_dir + 40];
	struct stat ours, there;

	for (int i = 0; i < 8; i++) {
		int fd;

		snprintf(path, sizeof path, "%s/attach-%d%.*s.jsonl", spool_dir,
			getpid(), i, ".......");
		fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC |
				O_NOFOLLOW, 0600);
		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 &&
			fstat(fd, &ours) == 0 && stat(path, &there) == 0 &&
			ours.st_ino == there.st_ino)
			return fd;
		close(fd);
	}
	return -1;
}

/* Keeps an event for the next daemon, with its age: one file a writer and one
 * write() a line, so that lines of two never mix. */
static inline void
spool(const char *s, size_t n)
{
	static char out[WIRE_LINE_MAX + 160];
	struct timespec real, boot;
	struct stat st;
	char last;
	int fd, len;

	if (!*spool_dir || n < 2 || n > WIRE_LINE_MAX || s[n - 1] != '}')
		return;
	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	len = snprintf(out, sizeof out,
		"%.*s,\"at\":%lld,\"boot\":%lld,\"boot_id\":\"%s\"}\n",
		(int)n - 1, s, (long long)real.tv_sec, (long long)boot.tv_sec,
		boot_id);
	if (len >= WIRE_LINE_MAX || spool_size() + len > WIRE_SPOOL_MAX)
		return;
	spool_make_dir();
	fd = spool_open();
	if (fd < 0)
		return;
	/* A full disk loses the event, and not the next one with it; nor does
	 * a writer that was killed, whose number is ours by now. */
	if (fstat(fd, &st) == 0 && st.st_size &&
		(pread(fd, &last, 1, st.st_size - 1) != 1 ||
			(last != '\n' && write(fd, "\n", 1) != 1))) {
		close(fd);
		return;
	}
	if (fstat(fd, &st) == 0 && write(fd, out, (size_t)len) != len &&
		ftruncate(fd, st.st_size) < 0) {
		/* The daemon leaves out what it cannot read. */
	}
	close(fd);
}
