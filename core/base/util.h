/* SPDX-License-Identifier: MIT */
/* Small things every room uses: array sizes, string equality, cleanup. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))

/* Locals that clean up after themselves; hand one on with steal_*(). */
#define AUTO_FREE CLEANUP(util_freep)
#define AUTO_CLOSE CLEANUP(util_closep)

static inline bool
streq(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static inline bool
starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static inline int64_t
min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t
max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Cleanup handlers of AUTO_FREE and AUTO_CLOSE; fd -1 is "none". */
void util_freep(void *pp);
void util_closep(int *fd);

/* Return the value and leave "none" behind, so that no cleanup runs. */
void *steal_ptr(void *pp);
int steal_fd(int *fd);
