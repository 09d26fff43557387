/* SPDX-License-Identifier: MIT */
/*
 * How each type of option is read and written.  A field is reached through
 * the table's offsets; reading fills a local first, so that a refused value
 * leaves the field alone.
 */
#include <errno.h>
#include <strings.h>

#include "base/parse.h"
#include "config/types.h"
#include "words/words.h"

/* --- lengths and times ---------------------------------------------------- */

int
type_read_length(const struct option *o, const char *text, int64_t *out,
	struct err *why)
{
	char least[32], most[32];
	int64_t n;

	if (!parse_length(text, &n))
		return err_set(why, -EINVAL, W_CONFIG_LENGTH);
	if (n < o->least || n > o->most)
		return err_set(why, -ERANGE, W_CONFIG_LENGTH_RANGE,
			o->least ? format_length(o->least, least) : "0m",
			format_length(o->most, most));
	*out = n;
	return 0;
}

static int
length_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	return type_read_length(o, text, &FIELD(int64_t, o, base), why);
}

static void
length_format(const struct option *o, const void *base, struct buf *out)
{
	int64_t n = CFIELD(int64_t, o, base);
	char text[32];

	if (n != RULES_NONE)
		buf_adds(out, format_length(n, text));
}

static void
int64_clear(const struct option *o, void *base)
{
	FIELD(int64_t, o, base) = RULES_NONE;
}

static int
time_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (!parse_time_of_day(text, &FIELD(int, o, base)))
		return err_set(why, -EINVAL, W_CONFIG_TIME);
	return 0;
}

static void
time_format(const struct option *o, const void *base, struct buf *out)
{
	int minute = CFIELD(int, o, base);

	if (minute >= 0) /* a block's end may lie in the next date */
		buf_addf(out, "%02d:%02d", minute / 60 % 24, minute % 60);
}

static void
int_clear(const struct option *o, void *base)
{
	FIELD(int, o, base) = -1;
}

static int
date_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	date_t date;

	if (!parse_date(text, &date))
		return err_set(why, -EINVAL, W_CONFIG_DATE);
	FIELD(int64_t, o, base) = date;
	return 0;
}

static void
date_format(const struct option *o, const void *base, struct buf *out)
{
	int64_t date = CFIELD(int64_t, o, base);
	char text[CIVIL_TEXT];

	if (date != RULES_NONE)
		buf_adds(out, civil_date_text((date_t)date, text));
}

static int
days_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (!parse_days(text, &FIELD(unsigned, o, base)))
		return err_set(why, -EINVAL, W_CONFIG_DAYS);
	return 0;
}

static void
days_format(const struct option *o, const void *base, struct buf *out)
{
	static const char *const names[] = {
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	unsigned days = CFIELD(unsigned, o, base);
	const char *between = "";
	int from, to;

	if (days == 0x7f) {
		buf_adds(out, "daily");
		return;
	}
	for (from = 0; from < 7; from = to) {
		for (to = from; to < 7 && days >> to & 1; to++)
			;
		if (to == from) {
			to++;
			continue;
		}
		buf_addf(out, "%s%s", between, names[from]);
		if (to - from > 1)
			buf_addf(out, "-%s", names[to - 1]);
		between = ", ";
	}
}

static void
unsigned_clear(const struct option *o, void *base)
{
	FIELD(unsigned, o, base) = 0;
}

/* --- numbers, words ------------------------------------------------------- */

static int
bool_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	if (!parse_bool(text, &FIELD(bool, o, base)))
		return err_set(why, -EINVAL, W_CONFIG_BOOL);
	return 0;
}

static void
bool_format(const struct option *o, const void *base, struct buf *out)
{
	buf_adds(out, CFIELD(bool, o, base) ? "yes" : "no");
}

static int
count_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	int64_t n;

	if (!parse_int(text, o->least, o->most, &n))
		return err_set(why, -EINVAL, W_CONFIG_COUNT,
			(long long)o->least, (long long)o->most);
	FIELD(int, o, base) = (int)n;
	return 0;
}

static void
count_format(const struct option *o, const void *base, struct buf *out)
{
	if (CFIELD(int, o, base) >= o->least)
		buf_addf(out, "%d", CFIELD(int, o, base));
}

static void
count_clear(const struct option *o, void *base)
{
	FIELD(int, o, base) = 0;
}

static const char *const policies[POLICY_KINDS] = {
	[POLICY_OFF] = "off",
	[POLICY_NUDGE] = "nudge",
	[POLICY_CONFIRM] = "confirm",
	[POLICY_REFUSE] = "refuse",
};

static const char *const privacies[PRIVACY_KINDS] = {
	[PRIVACY_FULL] = "full",
	[PRIVACY_NAME] = "name",
	[PRIVACY_NONE] = "none",
};

/* The index of text in n names, or -1. */
static int
choice(const char *text, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (strcasecmp(text, names[i]) == 0)
			return i;
	return -1;
}

static int
policy_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	int i = choice(text, policies, POLICY_KINDS);

	if (i < 0)
		return err_set(why, -EINVAL, W_CONFIG_CHOICE,
			"off, nudge, confirm, refuse");
	FIELD(enum config_policy, o, base) = (enum config_policy)i;
	return 0;
}

static void
policy_format(const struct option *o, const void *base, struct buf *out)
{
	buf_adds(out, policies[CFIELD(enum config_policy, o, base)]);
}

static int
privacy_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	int i = choice(text, privacies, PRIVACY_KINDS);

	if (i < 0)
		return err_set(
			why, -EINVAL, W_CONFIG_CHOICE, "full, name, none");
	FIELD(enum config_privacy, o, base) = (enum config_privacy)i;
	return 0;
}

static void
privacy_format(const struct option *o, const void *base, struct buf *out)
{
	buf_adds(out, privacies[CFIELD(enum config_privacy, o, base)]);
}

static int
hold_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	bool fullscreen = false, call = false;
	const char *item;
	size_t len;

	while ((item = option_item(&text, &len))) {
		if (len == 10 && strncasecmp(item, "fullscreen", len) == 0)
			fullscreen = true;
		else if (len == 4 && strncasecmp(item, "call", len) == 0)
			call = true;
		else
			return err_set(why, -EINVAL, W_CONFIG_HOLD);
	}
	FIELD(bool, o, base) = fullscreen;
	SECOND(bool, o, base) = call;
	return 0;
}

static void
hold_format(const struct option *o, const void *base, struct buf *out)
{
	bool fullscreen = CFIELD(bool, o, base);
	bool call = CSECOND(bool, o, base);

	if (fullscreen)
		buf_adds(out, "fullscreen");
	if (fullscreen && call)
		buf_adds(out, ", ");
	if (call)
		buf_adds(out, "call");
}

/* --- the table ------------------------------------------------------------ */

#define TYPE(...) &(const struct type){__VA_ARGS__}

static const struct type *const types[TYPE_KINDS] = {
	[TYPE_LENGTH] = TYPE(length_parse, length_format, int64_clear),
	[TYPE_TIME] = TYPE(time_parse, time_format, int_clear),
	[TYPE_DATE] = TYPE(date_parse, date_format, int64_clear),
	[TYPE_BOOL] = TYPE(bool_parse, bool_format, NULL),
	[TYPE_DAYS] = TYPE(days_parse, days_format, unsigned_clear),
	[TYPE_COUNT] = TYPE(count_parse, count_format, count_clear),
	[TYPE_WARN] = &type_warn,
	[TYPE_HOLD] = TYPE(hold_parse, hold_format, NULL),
	[TYPE_POLICY] = TYPE(policy_parse, policy_format, NULL),
	[TYPE_PRIVACY] = TYPE(privacy_parse, privacy_format, NULL),
	[TYPE_ZONE] = &type_zone,
	[TYPE_TEXT] = &type_text,
	[TYPE_COMMAND] = &type_command,
	[TYPE_AUTHORS] = &type_list,
	[TYPE_PATHS] = &type_list,
};

bool
option_parse(
	const struct option *o, const char *text, void *base, struct err *why)
{
	return types[o->type]->parse(o, text, base, why) == 0;
}

void
option_format(const struct option *o, const void *base, struct buf *out)
{
	types[o->type]->format(o, base, out);
}

void
option_reset(const struct option *o, void *base)
{
	if (types[o->type]->clear)
		types[o->type]->clear(o, base);
	if (o->value)
		option_parse(o, o->value, base, NULL);
}
