/* SPDX-License-Identifier: MIT */
/*
 * Processes and not threads: a call that hangs on a dead mount can only be
 * killed.  One that even a signal cannot end is left behind, unwaited for.
 * A worker is forked with the jobs in its memory and lives for as many as it
 * answers in time.  It leads a process group, so that its git goes with it,
 * and dies with its parent.
 */
#include "digest/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"
#include "digest/row.h"
#include "digest/scan.h"
#include "words/words.h"

#define WORKERS_MAX 16
#define PROGRESS_AFTER_NS (NS_PER_S / 2)
#define PROGRESS_EVERY_MS 100

struct worker {
	pid_t pid; /* 0: none */
	int to, from;
	size_t job;
	int64_t until_ns; /* INT64_MAX: idle */
	struct buf in;
};

struct pool {
	const struct jobs *jobs;
	const struct pool_options *options;
	struct worker workers[WORKERS_MAX];
	int n_workers;
	char **answers;	 /* by job; NULL: not yet */
	size_t next;	 /* job to hand out */
	size_t taken;	 /* answers handed over */
	size_t answered;
	int64_t start_ns;
	bool told; /* a progress line is on the terminal */
};

static void
work(const struct pool *pool, int in, int out)
{
	size_t job;

	while (read(in, &job, sizeof job) == sizeof job) {
		AUTO_BUF struct buf answer = {0};

		scan_run(&pool->jobs->v[job], pool->options->deadline_ms,
			&answer);
		if (file_write(out, answer.data, answer.len) < 0)
			break;
	}
}

static void
close_worker(struct worker *w)
{
	util_closep(&w->to);
	util_closep(&w->from);
	buf_free(&w->in);
	w->pid = 0;
	w->until_ns = INT64_MAX;
}

/* The child's side of start(); does not return. */
static void
become_worker(struct pool *pool, pid_t parent, int in, int out)
{
	setpgid(0, 0);
	process_end_with_parent(parent, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < pool->n_workers; i++) {
		util_closep(&pool->workers[i].to);
		util_closep(&pool->workers[i].from);
	}
	work(pool, in, out);
	_exit(0);
}

static int
start(struct pool *pool, struct worker *w)
{
	int to[2] = {-1, -1}, from[2] = {-1, -1};
	pid_t parent = getpid();
	int r;

	if (pipe2(to, O_CLOEXEC) < 0 || pipe2(from, O_CLOEXEC) < 0)
		goto fail;
	w->pid = fork();
	if (w->pid < 0)
		goto fail;
	if (w->pid == 0) {
		close(to[1]);
		close(from[0]);
		become_worker(pool, parent, to[0], from[1]);
	}
	setpgid(w->pid, w->pid);
	close(to[0]);
	close(from[1]);
	w->to = to[1];
	w->from = from[0];
	fcntl(w->from, F_SETFL, O_NONBLOCK);
	return 0;
fail:
	r = -errno;
	w->pid = 0;
	util_closep(&to[0]);
	util_closep(&to[1]);
	util_closep(&from[0]);
	util_closep(&from[1]);
	return r;
}

static void
answer(struct pool *pool, size_t job, char *text)
{
	pool->answers[job] = text;
	pool->answered++;
}

/* Answers the worker's job with a reason instead. */
static void
answer_unread(struct pool *pool, struct worker *w, const char *why)
{
	AUTO_BUF struct buf out = {0};
	struct row row;

	row_init(&row);
	row_unread(&row, NULL, why);
	row_write(&row, &pool->jobs->v[w->job], &out);
	row_free(&row);
	answer(pool, w->job, buf_steal(&out));
}

static void
stop(struct worker *w, int *status)
{
	kill(-w->pid, SIGKILL);
	kill(w->pid, SIGKILL);
	if (waitpid(w->pid, status, WNOHANG) <= 0)
		*status = 0;
	close_worker(w);
}

/* Gives every idle worker a job, starting workers as they are needed. */
static int
hand_out(struct pool *pool)
{
	for (int i = 0; i < pool->n_workers; i++) {
		struct worker *w = &pool->workers[i];
		int r;

		if (w->until_ns != INT64_MAX || pool->next == pool->jobs->n)
			continue;
		if (!w->pid && (r = start(pool, w)) < 0) {
			/* fewer will do, none will not */
			if (i == 0)
				return r;
			pool->n_workers = i;
			break;
		}
		w->job = pool->next++;
		w->until_ns = clock_mono_ns() +
			pool->options->deadline_ms * NS_PER_MS;
		/* a worker that died meanwhile is seen when it is read */
		(void)!write(w->to, &w->job, sizeof w->job);
	}
	return 0;
}

static void
hear(struct pool *pool, struct worker *w)
{
	AUTO_FREE char *why = NULL;
	char piece[65536];
	ssize_t n = read(w->from, piece, sizeof piece);
	int status = 0;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		buf_add(&w->in, piece, (size_t)n);
		if (piece[n - 1] == '\n') {
			answer(pool, w->job, buf_steal(&w->in));
			w->until_ns = INT64_MAX;
		}
		return;
	}
	/* its end is closed, so it is gone or about to go */
	waitpid(w->pid, &status, 0);
	why = xasprintf(W_DIGEST_CRASHED,
		WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	answer_unread(pool, w, why);
	close_worker(w);
}

static void
enforce(struct pool *pool, int64_t now)
{
	double seconds = (double)pool->options->deadline_ms / 1000;

	for (int i = 0; i < pool->n_workers; i++) {
		struct worker *w = &pool->workers[i];
		AUTO_FREE char *why = NULL;
		int status;

		if (now < w->until_ns)
			continue;
		why = xasprintf(W_DIGEST_SLOW, seconds);
		answer_unread(pool, w, why);
		stop(w, &status);
	}
}

static void
tell(struct pool *pool, int64_t now)
{
	if (!pool->options->progress ||
		now - pool->start_ns < PROGRESS_AFTER_NS)
		return;
	fprintf(stderr, "\r\033[K");
	fprintf(stderr, W_DIGEST_PROGRESS, pool->answered, pool->jobs->n);
	fflush(stderr);
	pool->told = true;
}

static void
untell(struct pool *pool)
{
	if (pool->told)
		fprintf(stderr, "\r\033[K");
	pool->told = false;
}

static int
wait_ms(const struct pool *pool, int64_t now)
{
	int64_t until = INT64_MAX;
	int ms;

	for (int i = 0; i < pool->n_workers; i++)
		until = min64(until, pool->workers[i].until_ns);
	ms = until <= now ? 0 : (int)((until - now) / NS_PER_MS) + 1;
	return pool->options->progress && ms > PROGRESS_EVERY_MS
		? PROGRESS_EVERY_MS
		: ms;
}

static void
listen_once(struct pool *pool)
{
	struct pollfd fds[WORKERS_MAX];
	int64_t now = clock_mono_ns();

	for (int i = 0; i < pool->n_workers; i++)
		fds[i] = (struct pollfd){
			.fd = pool->workers[i].until_ns == INT64_MAX
				? -1
				: pool->workers[i].from,
			.events = POLLIN};
	poll(fds, (nfds_t)pool->n_workers, wait_ms(pool, now));
	for (int i = 0; i < pool->n_workers; i++)
		if (fds[i].fd >= 0 && fds[i].revents)
			hear(pool, &pool->workers[i]);
	now = clock_mono_ns();
	enforce(pool, now);
	tell(pool, now);
}

static int
count_workers(const struct pool *pool)
{
	size_t n = (size_t)pool->options->workers;
	cpu_set_t set;

	if (!n)
		n = sched_getaffinity(0, sizeof set, &set) == 0
			? (size_t)CPU_COUNT(&set)
			: 2;
	n = n > WORKERS_MAX ? WORKERS_MAX : n;
	return (int)(n > pool->jobs->n ? pool->jobs->n : n);
}

static void
close_pool(struct pool *pool)
{
	int status;

	untell(pool);
	for (int i = 0; i < WORKERS_MAX; i++)
		if (pool->workers[i].pid)
			stop(&pool->workers[i], &status);
	for (size_t i = 0; i < pool->jobs->n; i++)
		free(pool->answers[i]);
	free(pool->answers);
}

int
pool_run(const struct jobs *jobs, const struct pool_options *options,
	void (*take)(void *ctx, const char *answer), void *ctx,
	struct err *err)
{
	struct pool pool = {.jobs = jobs, .options = options};
	int r = 0;

	pool.answers = xcalloc(jobs->n, sizeof(*pool.answers));
	pool.n_workers = count_workers(&pool);
	pool.start_ns = clock_mono_ns();
	for (int i = 0; i < WORKERS_MAX; i++)
		pool.workers[i] = (struct worker){
			.to = -1, .from = -1, .until_ns = INT64_MAX};
	signal(SIGPIPE, SIG_IGN);
	while (pool.taken < jobs->n && (r = hand_out(&pool)) == 0) {
		listen_once(&pool);
		for (; pool.taken < jobs->n && pool.answers[pool.taken];
			pool.taken++) {
			untell(&pool);
			take(ctx, pool.answers[pool.taken]);
		}
	}
	close_pool(&pool);
	return r < 0 ? err_errno(err, -r, W_DIGEST_NO_WORKER) : 0;
}
