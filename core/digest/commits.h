/* SPDX-License-Identifier: MIT */
/* Commits as the walks need them, read once each. */
#pragma once

#include "base/util.h"

struct git_odb;
struct git_odb_object;

struct id {
	unsigned char b[20];
};

struct ids {
	struct id *v;
	size_t n, cap;
};

/* Names in the order in which they were added, doubles as well; ids_has() looks
 * at each of them. */
void ids_add(struct ids *ids, const struct id *id);
bool ids_has(const struct ids *ids, const struct id *id);
void ids_free(struct ids *ids);

/* From the 40 hexadecimal digits at s; false when they are none. */
bool id_parse(const char *s, struct id *out);

/* The way back. */
void id_text(const struct id *id, char out[41]);

struct commit {
	struct id id, tree;
	struct ids parents; /* none at a shallow boundary */
	int64_t authored, committed; /* seconds of UTC */
	int64_t when;	  /* the later of the two: the walks' order */
	bool cut;	  /* its parents are not in this clone */
	bool seen;	  /* by the day's walk */
	bool queued;	  /* for unpushed.c, as are the flags */
	unsigned flags;
	struct git_odb_object *raw; /* kept when it bears on the day */
};

/* A growing table of commits of one repository; owns them. */
struct commits;

/* odb is borrowed; shallow lists the boundary. Commits of author or commit
 * time within [since, until) keep their raw text. */
struct commits *commits_new(struct git_odb *odb, const struct ids *shallow,
	int64_t since, int64_t until);
void commits_free(struct commits *commits);

/* 0 with *out (owned by the table), -ENOENT when the object is missing,
 * -EINVAL when it is no commit. */
int commits_get(struct commits *commits, const struct id *id,
	struct commit **out);

/* A heap of borrowed commits, the latest on top. */
struct queue {
	struct commit **v;
	size_t n, cap;
};

/* queue_pop() returns NULL when it is empty. */
void queue_push(struct queue *queue, struct commit *commit);
struct commit *queue_pop(struct queue *queue);
void queue_free(struct queue *queue);
