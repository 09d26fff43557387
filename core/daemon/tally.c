/* SPDX-License-Identifier: MIT */
/*
 * A repository knows authors, not who sat there: agents commit under the name
 * of the person who started them.  Who it was only the events know.
 */
#include "daemon/tally.h"

#include <jansson.h>

#include "base/util.h"
#include "daemon/daemon.h"
#include "store/store.h"

static void
add_email(json_t *emails, const char *text)
{
	json_t *data = json_loads(text, 0, NULL);
	const char *email = json_string_value(json_object_get(data, "email"));

	if (email)
		json_object_set_new(emails, email, json_true());
	json_decref(data);
}

/* An amended commit is one of its own by name; the last word on it counts. */
static int
on_event(void *data, const struct store_event *event)
{
	struct tally *t = data;

	if (event->human && streq(event->kind, "commit"))
		add_email(t->emails, event->data);
	if (*event->oid && event->human)
		json_object_del(t->machine, event->oid);
	else if (*event->oid)
		json_object_set_new(t->machine, event->oid, json_true());
	return 0;
}

void
tally_read(struct daemon *d, int64_t since, int64_t until, struct tally *out)
{
	out->machine = json_object();
	out->emails = json_object();
	store_each(d->store, since, until, false, on_event, out);
}

void
tally_free(struct tally *t)
{
	json_decref(t->machine);
	json_decref(t->emails);
	*t = (struct tally){0};
}

void
tally_rows(const struct tally *t, json_t *rows)
{
	json_t *row, *oid;
	size_t i, k;

	json_array_foreach(rows, i, row) {
		json_int_t machine = 0;

		json_array_foreach(json_object_get(row, "oids"), k, oid)
			machine += json_object_get(t->machine,
					   json_string_value(oid)) != NULL;
		if (json_is_integer(json_object_get(row, "commits")))
			json_object_set_new(row, "machine",
				json_integer(machine));
	}
}

int64_t
tally_commits(const json_t *rows)
{
	const json_t *row;
	int64_t sum = 0;
	size_t i;

	json_array_foreach((json_t *)rows, i, row)
		sum += json_integer_value(json_object_get(row, "commits")) -
			json_integer_value(json_object_get(row, "machine"));
	return sum;
}

const char *
tally_subject(const json_t *rows, const char *oid)
{
	const json_t *row, *one;
	size_t i, k;

	json_array_foreach((json_t *)rows, i, row)
		json_array_foreach(json_object_get(row, "oids"), k, one)
			if (streq(json_string_value(one), oid))
				return json_string_value(json_array_get(
					json_object_get(row, "subjects"), k));
	return NULL;
}
