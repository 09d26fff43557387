/* SPDX-License-Identifier: MIT */
/*
 * A member of another type would be taken for none by whoever reads it, and
 * {"do":"correct","lines":5} for a day on which nothing is to be corrected.  So
 * types are judged at the door, by one table; what the texts mean is for those
 * who read them.
 */
#include "daemon/members.h"

#include <errno.h>
#include <jansson.h>

#include "words/words.h"

enum type { TEXT, FLAG, NUMBER, NUMBER_OR_TEXT, LIST };

static const struct {
	const char *key;
	enum type type;
} members[] = {
	{"action", TEXT},
	{"as", TEXT},
	{"base", NUMBER},
	{"before", TEXT},
	{"brief", FLAG},
	{"by", TEXT},
	{"ci", FLAG},
	{"clock", TEXT},
	{"command", TEXT},
	{"count", NUMBER},
	{"cwd", TEXT},
	{"dates", TEXT},
	{"day", TEXT},
	{"days", NUMBER},
	{"do", TEXT},
	{"done", FLAG},
	{"draft", FLAG},
	{"email", TEXT},
	{"event", TEXT},
	{"file", TEXT},
	{"from", NUMBER_OR_TEXT}, /* of export an instant, else a date */
	{"get", TEXT},
	{"git_dir", TEXT},
	{"hook", TEXT},
	{"human", FLAG},
	{"intervals", LIST},
	{"last", FLAG},
	{"line", NUMBER},
	{"lines", LIST},
	{"n", NUMBER},
	{"note", TEXT},
	{"project", TEXT},
	{"reason", TEXT},
	{"sequence", FLAG},
	{"set", NUMBER_OR_TEXT},
	{"source", TEXT},
	{"subscribe", FLAG},
	{"suspend", TEXT},
	{"text", TEXT},
	{"to", TEXT},
	{"tty", FLAG},
	{"undo", FLAG},
	{"when", TEXT},
	{"why", TEXT},
	{"window", TEXT},
	{"zone", TEXT},
};

/* What a value would have to be, or NULL when it is. */
static const char *
wanted(const json_t *value, enum type type)
{
	bool text = json_is_string(value), number = json_is_integer(value);

	switch (type) {
	case TEXT:
		return text ? NULL : W_FIELD_TEXT;
	case FLAG:
		return json_is_boolean(value) ? NULL : W_FIELD_FLAG;
	case NUMBER:
		return number ? NULL : W_FIELD_NUMBER;
	case NUMBER_OR_TEXT:
		return number || text ? NULL : W_FIELD_NUMBER_OR_TEXT;
	case LIST:
		return json_is_array(value) ? NULL : W_FIELD_LIST;
	}
	return NULL;
}

static int
check(const char *key, const json_t *value, struct err *err)
{
	const char *type = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		if (streq(members[i].key, key))
			type = wanted(value, members[i].type);
	return type ? err_set(err, -EINVAL, W_FIELD_WRONG, key, type) : 0;
}

int
members_check(const struct json_t *line, struct err *err)
{
	const char *key;
	json_t *value;
	int r = 0;

	json_object_foreach((json_t *)line, key, value)
		if (r == 0 && !json_is_null(value))
			r = check(key, value, err);
	return r;
}
