/* SPDX-License-Identifier: MIT */
/*
 * Git has no vocabulary for reflog messages: each command writes a sentence,
 * "rebase" and "pull --rebase" put their step in parentheses, and
 * GIT_REFLOG_ACTION lets scripts write what they like.  So the kinds are a
 * table of beginnings, and what is not in it is "other", never an error.
 */
#include "reflog/entry.h"

#include <stdlib.h>

#include "base/text.h"

static const char *const kind_names[] = {
	[REFLOG_COMMIT] = "commit",
	[REFLOG_INITIAL] = "initial",
	[REFLOG_AMEND] = "amend",
	[REFLOG_MERGE_COMMIT] = "merge-commit",
	[REFLOG_CHERRY_PICK] = "cherry-pick",
	[REFLOG_REVERT] = "revert",
	[REFLOG_AM] = "am",
	[REFLOG_MERGE] = "merge",
	[REFLOG_FORWARD] = "forward",
	[REFLOG_PULL] = "pull",
	[REFLOG_REBASE_START] = "rebase-start",
	[REFLOG_REBASE_STEP] = "rebase-step",
	[REFLOG_REBASE_FOLD] = "rebase-fold",
	[REFLOG_REBASE_FINISH] = "rebase-finish",
	[REFLOG_REBASE_ABORT] = "rebase-abort",
	[REFLOG_RESET] = "reset",
	[REFLOG_CHECKOUT] = "checkout",
	[REFLOG_BRANCH] = "branch",
	[REFLOG_CLONE] = "clone",
	[REFLOG_FETCH] = "fetch",
	[REFLOG_PUSH] = "push",
	[REFLOG_OTHER] = "other",
};
_Static_assert(ARRAY_SIZE(kind_names) == REFLOG_KINDS, "a name for each kind");

/* VERB[ arguments][ (STEP)]: TEXT; NULL matches anything. The first row that
 * matches decides. */
static const struct {
	const char *verb, *step, *text;
	enum reflog_kind kind;
} sayings[] = {
	{"commit", "initial", NULL, REFLOG_INITIAL},
	{"commit", "amend", NULL, REFLOG_AMEND},
	{"commit", "merge", NULL, REFLOG_MERGE_COMMIT},
	{"commit", "cherry-pick", NULL, REFLOG_CHERRY_PICK},
	{"commit", NULL, NULL, REFLOG_COMMIT},
	{"cherry-pick", NULL, NULL, REFLOG_CHERRY_PICK},
	{"revert", NULL, NULL, REFLOG_REVERT},
	{"am", NULL, NULL, REFLOG_AM},
	{"merge", NULL, "Fast-forward", REFLOG_FORWARD},
	{"merge", NULL, NULL, REFLOG_MERGE},
	{"rebase finished", NULL, NULL, REFLOG_REBASE_FINISH},
	{"rebase", "start", NULL, REFLOG_REBASE_START},
	{"rebase", "finish", NULL, REFLOG_REBASE_FINISH},
	{"rebase", "abort", NULL, REFLOG_REBASE_ABORT},
	{"rebase", "squash", NULL, REFLOG_REBASE_FOLD},
	{"rebase", "fixup", NULL, REFLOG_REBASE_FOLD},
	{"rebase", NULL, "checkout ", REFLOG_REBASE_START},
	{"rebase", NULL, NULL, REFLOG_REBASE_STEP},
	{"pull", "start", NULL, REFLOG_REBASE_START},
	{"pull", "finish", NULL, REFLOG_REBASE_FINISH},
	{"pull", "abort", NULL, REFLOG_REBASE_ABORT},
	{"pull", "squash", NULL, REFLOG_REBASE_FOLD},
	{"pull", "fixup", NULL, REFLOG_REBASE_FOLD},
	{"pull", "", NULL, REFLOG_PULL},
	{"pull", NULL, NULL, REFLOG_REBASE_STEP},
	{"initial pull", NULL, NULL, REFLOG_PULL},
	{"reset", NULL, NULL, REFLOG_RESET},
	{"checkout", NULL, NULL, REFLOG_CHECKOUT},
	{"branch", NULL, NULL, REFLOG_BRANCH},
	{"Branch", NULL, NULL, REFLOG_BRANCH},
	{"clone", NULL, NULL, REFLOG_CLONE},
	{"fetch", NULL, NULL, REFLOG_FETCH},
	{"update by push", NULL, NULL, REFLOG_PUSH},
};

const char *
reflog_kind_name(enum reflog_kind kind)
{
	return kind_names[kind];
}

static bool
verb_is(const char *head, size_t n, const char *verb)
{
	size_t m = strlen(verb);

	return n >= m && memcmp(head, verb, m) == 0 &&
		(n == m || head[m] == ' ');
}

static bool
step_is(const char *step, size_t n, const char *want)
{
	return !want || (strlen(want) == n && memcmp(step, want, n) == 0);
}

enum reflog_kind
reflog_kind_of(const char *message)
{
	const char *colon = strstr(message, ": ");
	const char *text = colon ? colon + 2 : "";
	size_t n = colon ? (size_t)(colon - message) : strlen(message);
	const char *step = message + n;
	size_t nstep = 0;

	if (n && message[n - 1] == ')') {
		while (step > message && *step != '(')
			step--;
		if (*step == '(')
			nstep = n - 1 - (size_t)(++step - message);
	}
	for (size_t i = 0; i < ARRAY_SIZE(sayings); i++)
		if (verb_is(message, n, sayings[i].verb) &&
			step_is(step, nstep, sayings[i].step) &&
			(!sayings[i].text ||
				starts_with(text, sayings[i].text)))
			return sayings[i].kind;
	return REFLOG_OTHER;
}

/* Copies the object name at *s and moves behind its space; NULL when it is
 * none. */
static const char *
take_oid(const char *s, const char *end, char *out)
{
	size_t n = 0;

	while (s + n < end && n < REFLOG_OID_MAX &&
		((s[n] >= '0' && s[n] <= '9') || (s[n] >= 'a' && s[n] <= 'f')))
		n++;
	if (n < 40 || s + n >= end || s[n] != ' ')
		return NULL;
	memcpy(out, s, n);
	out[n] = '\0';
	return s + n + 1;
}

static void
copy_text(char *out, const char *s, size_t n)
{
	if (n >= REFLOG_TEXT_MAX)
		n = REFLOG_TEXT_MAX - 1;
	memcpy(out, s, n);
	out[n] = '\0';
	text_cut(out, n);
	text_oneline(out);
}

/* Digits with a sign; git writes times before 1970 as huge or negative. */
static bool
take_instant(const char *s, const char *end, int64_t *out)
{
	char digits[24] = "";
	char *behind;
	size_t n = 0;

	while (s + n < end && n < sizeof digits - 1 &&
		((s[n] >= '0' && s[n] <= '9') || s[n] == '-'))
		n++;
	memcpy(digits, s, n);
	*out = strtoll(digits, &behind, 10);
	return n > 0 && *behind == '\0';
}

bool
reflog_parse(const char *line, size_t n, struct reflog_entry *out)
{
	const char *end = line + n;
	const char *s = take_oid(line, end, out->old_oid);
	const char *tab, *left, *right;

	if (!s || !(s = take_oid(s, end, out->new_oid)))
		return false;
	tab = memchr(s, '\t', (size_t)(end - s));
	if (!tab)
		tab = end; /* a message may be empty, its tab left out */
	right = memrchr(s, '>', (size_t)(tab - s));
	left = right ? memrchr(s, '<', (size_t)(right - s)) : NULL;
	if (!left || tab - right < 3)
		return false;
	copy_text(out->email, left + 1, (size_t)(right - left - 1));
	if (!take_instant(right + 2, tab, &out->instant))
		return false;
	if (tab < end)
		tab++;
	copy_text(out->message, tab, (size_t)(end - tab));
	out->kind = reflog_kind_of(out->message);
	return true;
}
