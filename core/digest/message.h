/* SPDX-License-Identifier: MIT */
/* What stands in the raw text of a commit. */
#pragma once

#include "base/util.h"
#include "digest/strings.h"

struct person {
	const char *name, *mail; /* within the text, not terminated */
	size_t name_len, mail_len;
	int64_t time; /* seconds of UTC, 0 when it cannot be read */
};

/* The person in the header line that begins with key ("author "). False when
 * there is no such line, or none that git could read. */
bool message_person(const char *text, const char *key, struct person *out);

/* Whether one of these e-mails is named in a Co-authored-by line. */
bool message_shared(const char *text, const struct strings *mine);

/* Adds the commits that `git merge --squash` says are in this one. */
void message_squashed(const char *text, struct strings *out);

/* The subject as git's %s shows it, in plain UTF-8 on one line whatever the
 * commit's encoding; the caller frees it. */
char *message_subject(const char *text);
