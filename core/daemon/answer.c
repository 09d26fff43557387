/* SPDX-License-Identifier: MIT */
/* A client tells these apart by their keys: they are written in one place. */
#include "daemon/answer.h"

#include <jansson.h>

struct json_t *
answer_said(const char *text)
{
	return json_pack("{sb ss}", "ok", 1, "said", text);
}

struct json_t *
answer_refused(const char *why)
{
	return json_pack("{ss}", "refused", why);
}

struct json_t *
answer_error(const char *why)
{
	return json_pack("{ss}", "error", why);
}
