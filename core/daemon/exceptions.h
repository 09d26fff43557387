/* SPDX-License-Identifier: MIT */
/* Orders about whole days; arguments and answers as of orders_do(). */
#pragma once

struct daemon;
struct json_t;

/* "dates" free of work, or, with "undo", no more; without "dates" the last
 * ones that were named. */
struct json_t *exceptions_off(struct daemon *d, const struct json_t *in);

/* Today's "window" instead of the planned one. */
struct json_t *exceptions_today(struct daemon *d, const struct json_t *in);
