/* SPDX-License-Identifier: MIT */
/*
 * One line of a reflog: OLD NEW NAME <EMAIL> TIME ZONE<tab>MESSAGE.  The kind
 * comes from the message, which is all that git says about what happened.
 */
#pragma once

#include "base/util.h"

#define REFLOG_OID_MAX 64 /* hex digits; SHA-1 has 40 */
#define REFLOG_TEXT_MAX 256

enum reflog_kind {
	REFLOG_COMMIT,
	REFLOG_INITIAL,
	REFLOG_AMEND,
	REFLOG_MERGE_COMMIT, /* a merge that a person had to finish */
	REFLOG_CHERRY_PICK,
	REFLOG_REVERT,
	REFLOG_AM,
	REFLOG_MERGE,	     /* a merge that git finished by itself */
	REFLOG_FORWARD,	     /* a merge that made no commit */
	REFLOG_PULL,
	REFLOG_REBASE_START,
	REFLOG_REBASE_STEP,
	REFLOG_REBASE_FOLD,  /* squash, fixup: replaces the step before */
	REFLOG_REBASE_FINISH,
	REFLOG_REBASE_ABORT,
	REFLOG_RESET,
	REFLOG_CHECKOUT,
	REFLOG_BRANCH,
	REFLOG_CLONE,
	REFLOG_FETCH,
	REFLOG_PUSH, /* in the log of a remote's branch */
	REFLOG_OTHER,
	REFLOG_KINDS
};

struct reflog_entry {
	char old_oid[REFLOG_OID_MAX + 1]; /* all zeros: there was none */
	char new_oid[REFLOG_OID_MAX + 1];
	char email[REFLOG_TEXT_MAX];   /* the committer's */
	char message[REFLOG_TEXT_MAX]; /* cut, made plain (base/text.h) */
	int64_t instant; /* seconds of UTC, as the committer's clock had it */
	enum reflog_kind kind;
};

/* "commit", "amend", "rebase-finish", ...: static, stable. */
const char *reflog_kind_name(enum reflog_kind kind);

/* What a message says happened. */
enum reflog_kind reflog_kind_of(const char *message);

/* Parses line[0..n), which has no newline; a long line may be given by its
 * beginning. False, and *out undefined, when it is no reflog line. */
bool reflog_parse(const char *line, size_t n, struct reflog_entry *out);
