/* SPDX-License-Identifier: MIT */
/*
 * What a user's config.ini says, checked, as plain data.  Values are refused,
 * never clamped; a key whose value is refused keeps its default, and every
 * problem of a file is listed at once.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "engine/engine.h"

/* What happens when a person commits or pushes after the end. */
enum config_policy {
	POLICY_OFF,
	POLICY_NUDGE,
	POLICY_CONFIRM,
	POLICY_REFUSE,
	POLICY_KINDS
};

/* What is kept of a project: all, its name alone, nothing. */
enum config_privacy { PRIVACY_FULL, PRIVACY_NAME, PRIVACY_NONE, PRIVACY_KINDS };

struct config {
	struct rules rules;
	char *timezone; /* "" = the system's */
	char *cycle;	/* [rota] cycle as written, or NULL */
	enum config_policy commits, pushes;
	char **authors; /* e-mail addresses; none: git's user.email */
	size_t nauthors;
	char **repositories; /* absolute paths, "~/" expanded */
	size_t nrepositories;
	bool desktop, editor, insist, sound, hold_fullscreen, hold_call;
	bool pacer, quiet;
	char *on_notice[NOTICE_KINDS]; /* [on NOTICE] run, or NULL */
	enum config_privacy projects;
};

/* key and value are NULL when it is about a section or a line as a whole,
 * section when it is about neither. line 0: about the file as a whole. */
struct config_problem {
	int line;
	char *section, *key, *value, *reason;
	bool warning; /* nothing was refused */
};

struct config_problems {
	char *file;
	struct config_problem *list;
	size_t n;
};

/* Largest file that is read, and most problems that are listed. */
#define CONFIG_SIZE_MAX (1024 * 1024)
#define CONFIG_PROBLEMS_MAX 200

/*
 * Reads the file at path; one that is missing is all defaults.  Returns 0 with
 * *out (the caller frees it with config_free()) and *problems (filled anew, to
 * be freed with config_problems_free()), also when values were refused.
 * Returns -errno with a sentence in err, *out and *problems untouched, when the
 * file cannot be used at all: unreadable, a directory, too large, binary.
 */
int config_load(const char *path, struct config **out,
	struct config_problems *problems, struct err *err);

/* The same for n bytes of text that problems call `name`. */
int config_parse(const char *name, const char *text, size_t n,
	struct config **out, struct config_problems *problems, struct err *err);

/* Both accept NULL or zeroed memory. config_free() returns NULL. */
struct config *config_free(struct config *c);
void config_problems_free(struct config_problems *p);

/* True when a value or a section was refused, not just warned about. */
bool config_problems_refused(const struct config_problems *p);

/* Problem i as "FILE:LINE: [section] key = value: reason", appended to out; with
 * all = false without values that may be projects, addresses or commands, which
 * are only for who has the file checked. Safe to print on a terminal. Returns
 * out->data. */
const char *config_problem_text(
	const struct config_problems *p, size_t i, bool all, struct buf *out);
