/* SPDX-License-Identifier: MIT */
/* Plain assertions that print TAP. Include once, end main with tap_done(). */
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

#define ok(condition, ...) tap_ok((condition), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 4, 5))) static inline bool
tap_ok(bool good, const char *file, int line, const char *fmt, ...)
{
	__builtin_va_list ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	__builtin_va_start(ap, fmt);
	vprintf(fmt, ap);
	__builtin_va_end(ap);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	fflush(stdout);
	return good;
}

#define is_str(got, want, ...)                                                 \
	tap_str((got), (want), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 5, 6))) static inline bool
tap_str(const char *got, const char *want, const char *file, int line,
	const char *fmt, ...)
{
	bool good = got && want ? strcmp(got, want) == 0 : got == want;
	__builtin_va_list ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	__builtin_va_start(ap, fmt);
	vprintf(fmt, ap);
	__builtin_va_end(ap);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("# failed at %s:%d\n# got:  %s\n# want: %s\n", file,
			line, got ? got : "(null)", want ? want : "(null)");
	}
	fflush(stdout);
	return good;
}

#define is_int(got, want, ...)                                                 \
	tap_int((got), (want), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 5, 6))) static inline bool
tap_int(long long got, long long want, const char *file, int line,
	const char *fmt, ...)
{
	__builtin_va_list ap;

	printf("%sok %d - ", got == want ? "" : "not ", ++tap_count);
	__builtin_va_start(ap, fmt);
	vprintf(fmt, ap);
	__builtin_va_end(ap);
	putchar('\n');
	if (got != want) {
		tap_failed++;
		printf("# failed at %s:%d\n# got:  %lld\n# want: %lld\n", file,
			line, got, want);
	}
	fflush(stdout);
	return got == want;
}

static inline int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}
