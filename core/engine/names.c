/* SPDX-License-Identifier: MIT */
/* The names users see are names of the contract: config, JSON and messages
 * all take them from here. */
#include "engine/names.h"

static const char *const event_names[] = {
	[EVENT_ACTIVITY] = "activity",
	[EVENT_COMMIT] = "commit",
	[EVENT_PUSH] = "push",
	[EVENT_AWAY] = "away",
	[EVENT_BACK] = "back",
	[EVENT_BUSY] = "busy",
	[EVENT_FREE] = "free",
	[EVENT_EXTEND] = "extend",
	[EVENT_MERGE] = "merge",
	[EVENT_REOPEN] = "reopen",
	[EVENT_SNOOZE] = "snooze",
	[EVENT_ONCALL] = "oncall",
	[EVENT_OFF] = "off",
	[EVENT_TODAY] = "today",
	[EVENT_CARRY] = "carry",
	[EVENT_HANDED] = "handed",
};
_Static_assert(ARRAY_SIZE(event_names) == EVENT_KINDS, "a name each");

static const char *const regime_names[] = {
	[REGIME_NORMAL] = "normal",
	[REGIME_OVER] = "over",
	[REGIME_OFF] = "off",
	[REGIME_ONCALL] = "oncall",
	[REGIME_PROTECTED] = "protected",
};
_Static_assert(ARRAY_SIZE(regime_names) == REGIME_KINDS, "a name each");

static const char *const notice_names[] = {
	[NOTICE_PROTECT] = "protect",
	[NOTICE_MERGE] = "merge",
	[NOTICE_LATE] = "late",
	[NOTICE_OFF] = "off",
	[NOTICE_STRETCH] = "stretch",
	[NOTICE_MORNING] = "morning",
	[NOTICE_WARN] = "warn",
	[NOTICE_PROTECT_WARN] = "protect-warn",
};
_Static_assert(ARRAY_SIZE(notice_names) == NOTICE_KINDS, "a name each");

static const char *const verdict_names[] = {
	[VERDICT_OK] = "ok",
	[VERDICT_LATE] = "late",
	[VERDICT_OFF] = "off",
	[VERDICT_PROTECTED] = "protected",
};
_Static_assert(ARRAY_SIZE(verdict_names) == VERDICT_KINDS, "a name each");

const char *
engine_event_name(enum engine_event_kind kind)
{
	return event_names[kind];
}

const char *
engine_regime_name(enum engine_regime regime)
{
	return regime_names[regime];
}

const char *
engine_notice_name(enum engine_notice notice)
{
	return notice_names[notice];
}

const char *
engine_verdict_name(enum engine_verdict verdict)
{
	return verdict_names[verdict];
}

/* The index of name among n names, or -1. */
static int
find(const char *name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (streq(name, names[i]))
			return i;
	return -1;
}

bool
engine_event_kind(const char *name, enum engine_event_kind *out)
{
	int i = find(name, event_names, EVENT_KINDS);

	if (i >= 0)
		*out = (enum engine_event_kind)i;
	return i >= 0;
}

bool
engine_notice_kind(const char *name, enum engine_notice *out)
{
	int i = find(name, notice_names, NOTICE_KINDS);

	if (i >= 0)
		*out = (enum engine_notice)i;
	return i >= 0;
}
