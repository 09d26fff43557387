/* SPDX-License-Identifier: MIT */
/* What an order is answered with, in its three shapes; each is the caller's. */
#pragma once

struct json_t;

/* {"ok":true,"said":text}: it was done, and this is how it was understood. */
struct json_t *answer_said(const char *text);

/* {"refused":why}: it could be read, but a rule or the day is against it. */
struct json_t *answer_refused(const char *why);

/* {"error":why}: it could not be read. */
struct json_t *answer_error(const char *why);
