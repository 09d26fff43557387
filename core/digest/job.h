/* SPDX-License-Identifier: MIT */
/* What is asked about one repository. */
#pragma once

#include "base/err.h"
#include "digest/strings.h"

/* A commit whose lines the asker knows. */
struct counted {
	char *oid;
	int64_t insertions, deletions;
};

struct job {
	char *path;	     /* as named; NULL: the line could not be read */
	int64_t since;	     /* instants in seconds of UTC, [since, until) */
	int64_t until;
	struct strings authors; /* e-mails; none: whoever commits there */
	struct strings also;	/* e-mails besides whoever commits there */
	struct strings known;	/* object names that are counted elsewhere */
	struct counted *counted; /* counted here, but not looked up again */
	size_t n_counted;
	bool open;	     /* name what is open: files, TODO lines */
	char *bad;	     /* why the line could not be read, else NULL */
};

struct jobs {
	struct job *v;
	size_t n, cap;
};

/* A new empty job at the end of the list, valid until the next one. */
struct job *jobs_add(struct jobs *jobs);

/* Reads job lines from fd up to its end; a line that is no job becomes one
 * with `bad` set. 0 or -errno of the reading. */
int jobs_read(struct jobs *jobs, int fd);

/* What is known of a commit's lines, or NULL. */
const struct counted *job_counted(const struct job *job, const char *oid);

void jobs_free(struct jobs *jobs);
