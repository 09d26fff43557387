/* SPDX-License-Identifier: MIT */
/*
 * digest: what a list of repositories says about a day, one JSON object a
 * line.  A filter with a deadline: whatever is broken, huge, hostile or
 * unmounted can hurt nobody but one of its workers.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"
#include "base/parse.h"
#include "digest/merge.h"
#include "digest/pool.h"
#include "digest/scan.h"
#include "words/words.h"

#define DEADLINE_MS 2000

enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct arguments {
	struct job job; /* what all repositories share */
	bool has_since, has_until, from_stdin;
	struct pool_options pool;
};

static const struct option options[] = {
	{"since", required_argument, NULL, 's'},
	{"until", required_argument, NULL, 'u'},
	{"author", required_argument, NULL, 'a'},
	{"job", no_argument, NULL, 'j'},
	{"deadline", required_argument, NULL, 'd'},
	{"workers", required_argument, NULL, 'w'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

static int
refuse(const char *option)
{
	log_error(W_DIGEST_BAD_VALUE, option, optarg);
	return EXIT_USAGE;
}

/* -1: go on; otherwise the exit status. */
static int
take_option(struct arguments *a, int option)
{
	int64_t n;

	switch (option) {
	case 's':
		a->has_since = parse_instant(optarg, &a->job.since);
		return a->has_since ? -1 : refuse("--since");
	case 'u':
		a->has_until = parse_instant(optarg, &a->job.until);
		return a->has_until ? -1 : refuse("--until");
	case 'a':
		strings_add(&a->job.authors, optarg);
		return -1;
	case 'j':
		a->from_stdin = true;
		return -1;
	case 'd':
		return parse_int(optarg, 1, 3600000, &a->pool.deadline_ms)
			? -1
			: refuse("--deadline");
	case 'w':
		if (!parse_int(optarg, 1, 1024, &n))
			return refuse("--workers");
		a->pool.workers = (int)n;
		return -1;
	case 'h':
		fputs(W_DIGEST_USAGE, stdout);
		return EXIT_SUCCESS;
	case 'v':
		puts("digest " VESPER_VERSION);
		return EXIT_SUCCESS;
	}
	fputs(W_DIGEST_USAGE, stderr);
	return EXIT_USAGE;
}

static void
add_named(struct jobs *jobs, const struct job *shared, char *const *paths)
{
	for (; *paths; paths++) {
		struct job *job = jobs_add(jobs);

		job->path = xstrdup(*paths);
		job->since = shared->since;
		job->until = shared->until;
		for (size_t i = 0; i < shared->authors.n; i++)
			strings_add(&job->authors, shared->authors.v[i]);
	}
}

/* 0 or the exit status. */
static int
gather(struct arguments *a, char *const *paths, struct jobs *jobs)
{
	int r;

	if (!a->from_stdin && (!a->has_since || !a->has_until || !*paths)) {
		fputs(W_DIGEST_USAGE, stderr);
		return EXIT_USAGE;
	}
	add_named(jobs, &a->job, paths);
	r = a->from_stdin ? jobs_read(jobs, STDIN_FILENO) : 0;
	if (r < 0) {
		log_error(W_DIGEST_STDIN, strerror(-r));
		return EXIT_FAILED;
	}
	return 0;
}

struct printer {
	struct merge *merge;
	bool failed;
};

static void
print(void *ctx, const char *text)
{
	AUTO_BUF struct buf line = {0};
	struct printer *p = ctx;

	if (merge_row(p->merge, text, &line) < 0 ||
		fputs(line.data, stdout) < 0 || fflush(stdout) < 0)
		p->failed = true;
}

static int
run(const struct jobs *jobs, const struct pool_options *pool)
{
	struct printer printer = {.merge = merge_new()};
	struct err err;
	int r = pool_run(jobs, pool, print, &printer, &err);

	merge_free(printer.merge);
	if (r < 0)
		log_error("%s", err.text);
	for (size_t i = 0; r == 0 && i < jobs->n; i++)
		if (jobs->v[i].bad)
			return EXIT_USAGE;
	return r < 0 || printer.failed ? EXIT_FAILED : EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct arguments a = {.pool = {.deadline_ms = DEADLINE_MS}};
	struct jobs jobs = {0};
	int option, status = -1;

	words_init();
	err_language = words_text;
	log_init("digest", LOG_WARN);
	while (status < 0 &&
		(option = getopt_long(argc, argv, "", options, NULL)) != -1)
		status = take_option(&a, option);
	if (status >= 0)
		return status;
	a.pool.progress = isatty(STDERR_FILENO);
	status = gather(&a, argv + optind, &jobs);
	if (status == 0 && jobs.n) {
		scan_init();
		status = run(&jobs, &a.pool);
	}
	jobs_free(&jobs);
	strings_free(&a.job.authors);
	return status;
}
