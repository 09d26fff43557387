/* SPDX-License-Identifier: MIT */
/* A string that grows. */
#pragma once

#include "base/util.h"

struct buf {
	char *data; /* NUL-terminated once anything was added, else NULL */
	size_t len; /* without the NUL */
	size_t cap;
};

#define AUTO_BUF CLEANUP(buf_free)

/* Appends n bytes (NULs among them are fine), a string, a formatted one. A
 * format that cannot be written appends nothing. */
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);

/* Removes the first n bytes. */
void buf_drop(struct buf *b, size_t n);

/* Forgets the content, keeps the memory. */
void buf_clear(struct buf *b);

/* Hands the string over to the caller, who frees it; never NULL. */
char *buf_steal(struct buf *b);

/* Frees the memory; the struct may be used again. */
void buf_free(struct buf *b);
