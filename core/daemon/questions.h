/* SPDX-License-Identifier: MIT */
/* Questions from the socket. */
#pragma once

struct daemon;
struct json_t;
struct peer;

/* Answers a line with `get`, at once or when repositories have spoken. */
void questions_get(struct daemon *d, struct peer *peer,
	const struct json_t *line);
