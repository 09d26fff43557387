/* SPDX-License-Identifier: MIT */
/* What a person orders: extend, merge, carry ... Arguments as typed. */
#pragma once

struct daemon;
struct json_t;
struct outcome;

/* Carries out one order; `in` (may be NULL) holds its arguments. The answer
 * is {"ok":true,"said":...}, {"refused":why} or {"error":why}; the reference
 * is the caller's. */
struct json_t *orders_do(struct daemon *d, const char *order,
	const struct json_t *in);

/* Whether an extension as `in` has it would be granted now: {"ok":true}, or as
 * above; nothing is recorded. */
struct json_t *orders_try_extend(struct daemon *d, const struct json_t *in);

/* Records one order of a person, taking `data`, so that it survives a power
 * cut. NULL with *out (ledger.h) when it was granted, else the refusal; that
 * is the caller's. */
struct json_t *orders_record(struct daemon *d, const char *kind,
	struct json_t *data, struct outcome *out);
