/* SPDX-License-Identifier: MIT */
/* The recorded events, for whoever wants to take them elsewhere. */
#pragma once

struct buf;
struct daemon;
struct json_t;

/* {"get":"export","from":INSTANT}: the recorded events as `vesper replay` reads
 * them go to *out (the caller's), a line each with reply_mark() at its end, to
 * be sent before the answer {"next":INSTANT}, which is the caller's. */
struct json_t *export_page(struct daemon *d, const struct json_t *line,
	const char *mark, struct buf *out);
