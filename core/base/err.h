/* SPDX-License-Identifier: MIT */
/*
 * The one error scheme.  A function that can fail returns int: 0 is success,
 * negative is -errno and is forwarded unchanged, positive is a documented
 * condition of that very function which its caller must handle and must not
 * forward.  Where a person will read about it, the last parameter is a
 * struct err, filled with one sentence: what, where, why, what to do.
 */
#pragma once

#include "base/util.h"

struct err {
	char text[512];
};

/* What says a format in the person's language, or NULL; words_text() in every
 * program. Rooms that know no words say theirs in English, as literals, for
 * `make pot` to find. Set once, at the start of main(). */
extern const char *(*err_language)(const char *fmt);

/* Fills err (which may be NULL) and returns code, so that one can write
 * `return err_set(err, -EINVAL, "...")`. */
int err_set(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);

/* The same for a failed libc call: appends ": strerror(code)", returns -code.
 * code is a positive errno value. */
int err_errno(struct err *err, int code, const char *fmt, ...) PRINTF(3, 4);
