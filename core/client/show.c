/* SPDX-License-Identifier: MIT */
/* A daemon of another version may leave a field out, so no field is trusted to
 * be there. */
#include "client/show.h"

#include <jansson.h>
#include <stdio.h>

#include "base/civil.h"
#include "base/parse.h"
#include "base/paths.h"
#include "config/config.h"
#include "words/instant.h"

/* Beyond any instant and length: sums of what is said do not overflow. */
#define NUMBER_MAX (INT64_C(1) << 40)

void
show_zone(void)
{
	AUTO_FREE char *path = paths_config();
	struct config_problems problems;
	struct config *c;

	if (config_load(path, &c, &problems, NULL) < 0)
		return;
	if (*c->timezone)
		civil_set_zone(c->timezone);
	config_free(c);
	config_problems_free(&problems);
}

const char *
show_time(int64_t t, char *out)
{
	return civil_time_text(t, out);
}

void
show_add_date(const json_t *o, const char *key, struct buf *out)
{
	date_t date;

	if (parse_date(show_string(o, key), &date))
		instant_add_date(date, out);
	else
		show_add_string(o, key, out);
}

const char *
show_length(int64_t seconds, char *out)
{
	snprintf(out, SHOW_TEXT, "%lld:%02d", (long long)(seconds / 3600),
		(int)(seconds / 60 % 60));
	return out;
}

int64_t
show_number(const struct json_t *v, int64_t missing)
{
	if (!json_is_integer(v))
		return missing;
	return max64(min64(json_integer_value(v), NUMBER_MAX), -NUMBER_MAX);
}

int64_t
show_int(const struct json_t *o, const char *key, int64_t missing)
{
	return show_number(json_object_get(o, key), missing);
}

const char *
show_string(const struct json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

bool
show_true(const struct json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

void
show_add_time(const json_t *o, const char *key, struct buf *out)
{
	int64_t t = show_int(o, key, INT64_MIN);
	char text[SHOW_TEXT];

	if (t != INT64_MIN)
		buf_adds(out, show_time(t, text));
}

void
show_add_length(const json_t *o, const char *key, struct buf *out)
{
	int64_t n = show_int(o, key, INT64_MIN);
	char text[SHOW_TEXT];

	if (n != INT64_MIN)
		buf_adds(out, show_length(n, text));
}

void
show_add_string(const json_t *o, const char *key, struct buf *out)
{
	buf_adds(out, show_string(o, key));
}
