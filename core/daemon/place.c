/* SPDX-License-Identifier: MIT */
/*
 * Only the last place is kept, never a trail: one row for each editor and
 * project of the day.  With [privacy] projects = name no directory is kept,
 * with none nothing at all.
 */
#include "daemon/place.h"

#include <jansson.h>

#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "store/facts.h"

static const char *
string(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* The last part of a path, when only that is kept. */
static const char *
kept(struct daemon *d, const char *path)
{
	const char *slash = strrchr(path, '/');

	return d->config->projects == PRIVACY_NAME && slash ? slash + 1 : path;
}

void
place_note(struct daemon *d, const struct json_t *event, int64_t at)
{
	json_t *line = json_object_get(event, "line");
	struct engine_view view;
	char day[CIVIL_TEXT];
	struct store_place place = {
		.source = string(event, "source"),
		.project = kept(d, string(event, "project")),
		.file = kept(d, string(event, "file")),
		.line = json_is_integer(line) ? (int)json_integer_value(line)
					      : 1,
		.at = at,
	};

	if (!*place.file || d->config->projects == PRIVACY_NONE)
		return;
	ledger_view(d, &view);
	place.day = civil_date_text(view.day, day);
	store_place(d->store, &place);
}

static void
take(void *data, const struct store_place *place)
{
	json_t *out = data;

	if (json_object_get(out, "file") || *place->file != '/')
		return;
	json_object_set_new(out, "file", json_string(place->file));
	json_object_set_new(out, "line", json_integer(place->line));
}

void
place_last(struct daemon *d, const char *day, struct json_t *out)
{
	store_places(d->store, day, take, out);
}
