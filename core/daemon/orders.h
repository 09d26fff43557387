/* SPDX-License-Identifier: MIT */
/* What a person orders: extend, merge, carry ... Arguments as typed. */
#pragma once

struct daemon;
struct json_t;

/* Carries out one order; `in` (may be NULL) holds its arguments. The answer
 * is {"ok":true,"said":...}, {"refused":why} or {"error":why}; the reference
 * is the caller's. */
struct json_t *orders_do(struct daemon *d, const char *order,
	const struct json_t *in);
