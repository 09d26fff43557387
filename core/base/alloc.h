/* SPDX-License-Identifier: MIT */
/* Allocation that does not fail: out of memory ends the program. */
#pragma once

#include <stddef.h>

#include "base/util.h"

/* Each returns memory that the caller frees with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) PRINTF(1, 2);
