/* SPDX-License-Identifier: MIT */
/*
 * Jobs from lines of JSON.  A line that cannot be read must not cost the
 * others their answer: it becomes a job that is answered with the reason.
 */
#include "digest/job.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "words/words.h"

struct job *
jobs_add(struct jobs *jobs)
{
	if (jobs->n == jobs->cap) {
		jobs->cap = jobs->cap ? 2 * jobs->cap : 16;
		jobs->v = xrealloc(jobs->v, jobs->cap * sizeof *jobs->v);
	}
	jobs->v[jobs->n] = (struct job){0};
	return &jobs->v[jobs->n++];
}

static void
read_strings(struct strings *out, const json_t *list)
{
	const json_t *item;
	size_t i;

	json_array_foreach((json_t *)list, i, item)
		if (json_is_string(item))
			strings_add(out, json_string_value(item));
}

/* {"OID": [insertions, deletions]} */
static void
read_counted(struct job *job, json_t *object)
{
	const char *oid;
	json_t *pair;

	job->counted = xcalloc(json_object_size(object) + 1,
		sizeof *job->counted);
	json_object_foreach(object, oid, pair) {
		json_t *insertions = json_array_get(pair, 0);
		json_t *deletions = json_array_get(pair, 1);

		if (json_is_integer(insertions) && json_is_integer(deletions))
			job->counted[job->n_counted++] = (struct counted){
				xstrdup(oid), json_integer_value(insertions),
				json_integer_value(deletions)};
	}
}

const struct counted *
job_counted(const struct job *job, const char *oid)
{
	for (size_t i = 0; i < job->n_counted; i++)
		if (streq(job->counted[i].oid, oid))
			return &job->counted[i];
	return NULL;
}

static void
read_job(struct job *job, const char *line, size_t len)
{
	json_error_t error;
	json_t *o = json_loadb(line, len, 0, &error);
	json_t *since = json_object_get(o, "since");
	json_t *until = json_object_get(o, "until");
	const char *path = json_string_value(json_object_get(o, "repository"));

	if (!o)
		job->bad = xasprintf(W_DIGEST_BAD_JSON, error.text);
	else if (!path || !json_is_integer(since) || !json_is_integer(until))
		job->bad = xstrdup(W_DIGEST_BAD_JOB);
	if (path)
		job->path = xstrdup(path);
	job->since = json_integer_value(since);
	job->until = json_integer_value(until);
	job->open = json_is_true(json_object_get(o, "open"));
	read_strings(&job->authors, json_object_get(o, "authors"));
	read_strings(&job->also, json_object_get(o, "also"));
	read_strings(&job->known, json_object_get(o, "known"));
	if (json_is_object(json_object_get(o, "known")))
		read_counted(job, json_object_get(o, "known"));
	json_decref(o);
}

int
jobs_read(struct jobs *jobs, int fd)
{
	AUTO_BUF struct buf in = {0};
	char piece[65536];
	char *line, *end, *stop;
	ssize_t n;

	while ((n = read(fd, piece, sizeof piece)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		buf_add(&in, piece, (size_t)n);
	}
	stop = in.data ? in.data + in.len : NULL;
	for (line = in.data; line && line < stop; line = end + 1) {
		end = memchr(line, '\n', (size_t)(stop - line));
		if (!end)
			end = stop;
		if (end > line)
			read_job(jobs_add(jobs), line, (size_t)(end - line));
	}
	return 0;
}

void
jobs_free(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->n; i++) {
		free(jobs->v[i].path);
		free(jobs->v[i].bad);
		strings_free(&jobs->v[i].authors);
		strings_free(&jobs->v[i].also);
		strings_free(&jobs->v[i].known);
		for (size_t k = 0; k < jobs->v[i].n_counted; k++)
			free(jobs->v[i].counted[k].oid);
		free(jobs->v[i].counted);
	}
	free(jobs->v);
	*jobs = (struct jobs){0};
}
