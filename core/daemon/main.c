/* SPDX-License-Identifier: MIT */
/* vesperd: arguments, logging, exit status; nothing else. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "daemon/daemon.h"
#include "wire/wire.h"
#include "words/words.h"

/* Connections, repositories and what the daemon needs itself. */
#define FILES 4096

enum { DONE = 0, NO = 1, USAGE = 2 };

static void
parse_arguments(int argc, char **argv, struct daemon_options *options)
{
	static const struct option longs[] = {
		{"foreground", no_argument, NULL, 'f'},
		{"clock", required_argument, NULL, 'c'},
		{"version", no_argument, NULL, 'V'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "fh", longs, NULL)) != -1) {
		if (c == 'f') {
			options->foreground = true;
		} else if (c == 'c') {
			options->clock = optarg;
		} else if (c == 'V') {
			puts("vesperd " VESPER_VERSION);
			exit(DONE);
		} else {
			fputs(W_DAEMON_USAGE, c == 'h' ? stdout : stderr);
			exit(c == 'h' ? DONE : USAGE);
		}
	}
	if (argc > optind) {
		log_error("%s", W_CLIENT_MANY);
		fputs(W_DAEMON_USAGE, stderr);
		exit(USAGE);
	}
}

/* Who started us, and hears why we cannot; -1: nobody. None of our children
 * is to have that. */
static int
starter(void)
{
	const char *text = getenv(WIRE_STARTER);
	int fd = text ? atoi(text) : -1;

	unsetenv(WIRE_STARTER);
	return fd > STDERR_FILENO && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 ? fd
									 : -1;
}

/* One per user: not the wrong user's. */
static int
right_user(struct err *err)
{
	const char *sudo = getenv("SUDO_UID");

	if (sudo && *sudo)
		return err_set(err, -EPERM, "%s", W_SUDO);
	if (geteuid() == 0)
		log_warn("%s", W_ROOT);
	return 0;
}

/* Each editor is a descriptor, and 1024 of them is a common soft limit. */
static void
raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	if (limit.rlim_cur < FILES && limit.rlim_max > limit.rlim_cur) {
		limit.rlim_cur = limit.rlim_max < FILES ? limit.rlim_max
							: FILES;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int
main(int argc, char **argv)
{
	struct daemon_options options = {0};
	struct daemon *d = NULL;
	struct err err;
	int r, told = starter();

	words_init();
	err_language = words_text;
	log_init("vesperd", LOG_INFO);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a full quota is an error, not the end */
	umask(077);
	raise_file_limit();
	parse_arguments(argc, argv, &options);
	r = right_user(&err);
	if (r == 0)
		r = daemon_start(&options, &d, &err);
	if (r < 0) {
		log_error("%s", err.text);
		if (told >= 0)
			dprintf(told, "%s", err.text);
		return r == -EINVAL ? USAGE : NO;
	}
	if (told >= 0)
		close(told);
	if (options.foreground && isatty(STDERR_FILENO))
		log_info("%s", W_DAEMON_RUNS);
	daemon_run(d);
	daemon_free(d);
	return DONE;
}
