/* SPDX-License-Identifier: MIT */
/*
 * A whole daemon in a scratch home, for the targets that give it something to
 * read, and what they have in common.  Static inline: a target is one file.
 */
#pragma once

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "daemon/daemon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char *fuzz_home;

static inline void
must(bool good)
{
	if (!good)
		abort();
}

static inline void
fuzz_leave(void)
{
	AUTO_FREE char *command = xasprintf("rm -rf %s", fuzz_home);

	if (system(command) != 0)
		fprintf(stderr, "left behind: %s\n", fuzz_home);
}

/* A home of nobody's, gone at the end. */
static inline void
fuzz_make_home(void)
{
	static const char *const places[] = {"HOME", "XDG_CONFIG_HOME",
		"XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"};
	const char *dir = getenv("TMPDIR");

	fuzz_home = xasprintf("%s/vesper-fuzz.XXXXXX", dir ? dir : "/tmp");
	must(mkdtemp(fuzz_home) != NULL);
	atexit(fuzz_leave);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		setenv(places[i], fuzz_home, 1);
	unsetenv("DBUS_SESSION_BUS_ADDRESS");
	unsetenv("VESPER_SOCKET");
	unsetenv("VESPER_CONFIG");
	setenv("TZ", "Europe/Berlin", 1);
}

/* Started once; clock is as of --clock, or NULL. */
static inline struct daemon *
fuzz_daemon(const char *clock)
{
	struct daemon_options options = {.clock = clock};
	static struct daemon *d;
	struct err err;

	if (d)
		return d;
	if (!fuzz_home)
		fuzz_make_home();
	log_init("fuzz", LOG_ERROR);
	if (daemon_start(&options, &d, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	return d;
}

static inline void
fuzz_settle(void)
{
	while (g_main_context_iteration(NULL, FALSE))
		;
}

/* The bytes, with `what` in the place of every byte 1: what a file cannot know
 * beforehand, as the present or a number. The caller frees it. */
static inline char *
fuzz_fill(const uint8_t *data, size_t n, const char *what)
{
	struct buf out = {0};

	buf_adds(&out, "");
	for (size_t i = 0; i < n; i++) {
		if (data[i] == 1)
			buf_adds(&out, what);
		else
			buf_add(&out, &data[i], 1);
	}
	return buf_steal(&out);
}

static inline void
fuzz_write(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "we");

	must(f != NULL);
	must(fwrite(bytes, 1, n, f) == n);
	fclose(f);
}

/* Nothing in it that a terminal acts on. */
static inline bool
fuzz_is_plain(const char *s)
{
	AUTO_FREE char *plain = xstrdup(s);

	text_plain(plain);
	return streq(plain, s);
}
