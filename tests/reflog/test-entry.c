/* SPDX-License-Identifier: MIT */
/* Reflog lines: what git 2.39 wrote, what older ones wrote, what nobody did. */
#include "reflog/entry.h"

#include <stdlib.h>

#include "lib/tap.h"

#define A "1111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222"
#define WHO " Ada L <ada@example.org> 1795021080 +0100"

static const struct {
	const char *message;
	enum reflog_kind kind;
} messages[] = {
	{"commit: one", REFLOG_COMMIT},
	{"commit (initial): one", REFLOG_INITIAL},
	{"commit (amend): one", REFLOG_AMEND},
	{"commit (merge): Merge branch 'a'", REFLOG_MERGE_COMMIT},
	{"commit (cherry-pick): a", REFLOG_CHERRY_PICK},
	{"commit: rebase (finish): a subject", REFLOG_COMMIT},
	{"cherry-pick: a", REFLOG_CHERRY_PICK},
	{"cherry-pick: fast-forward", REFLOG_CHERRY_PICK},
	{"revert: Revert \"a\"", REFLOG_REVERT},
	{"am: a", REFLOG_AM},
	{"merge topic: Fast-forward", REFLOG_FORWARD},
	{"merge topic: Merge made by the 'ort' strategy.", REFLOG_MERGE},
	{"pull: Fast-forward", REFLOG_PULL},
	{"pull origin main: Fast-forward", REFLOG_PULL},
	{"pull --rebase (start): checkout 1111", REFLOG_REBASE_START},
	{"pull --rebase (pick): a", REFLOG_REBASE_STEP},
	{"pull --rebase (finish): returning to refs/heads/a",
		REFLOG_REBASE_FINISH},
	{"rebase (start): checkout other", REFLOG_REBASE_START},
	{"rebase -i (start): checkout other", REFLOG_REBASE_START},
	{"rebase (pick): a (b): c", REFLOG_REBASE_STEP},
	{"rebase (reword): a", REFLOG_REBASE_STEP},
	{"rebase (continue): a", REFLOG_REBASE_STEP},
	{"rebase (squash): a", REFLOG_REBASE_FOLD},
	{"rebase (fixup): a", REFLOG_REBASE_FOLD},
	{"rebase (finish): returning to refs/heads/a", REFLOG_REBASE_FINISH},
	{"rebase finished: returning to refs/heads/a", REFLOG_REBASE_FINISH},
	{"rebase (abort): updating HEAD", REFLOG_REBASE_ABORT},
	{"rebase: checkout other", REFLOG_REBASE_START},
	{"rebase: a", REFLOG_REBASE_STEP},
	{"reset: moving to HEAD~1", REFLOG_RESET},
	{"checkout: moving from a to b", REFLOG_CHECKOUT},
	{"branch: Created from HEAD", REFLOG_BRANCH},
	{"Branch: renamed refs/heads/a to refs/heads/b", REFLOG_BRANCH},
	{"clone: from /x", REFLOG_CLONE},
	{"fetch origin: fast-forward", REFLOG_FETCH},
	{"update by push", REFLOG_PUSH},
	{"commits: no", REFLOG_OTHER},
	{"amend", REFLOG_OTHER},
	{")", REFLOG_OTHER},
	{"):", REFLOG_OTHER},
	{"", REFLOG_OTHER},
};

static const char *const broken[] = {
	"",
	A,
	A " " B,
	A " " B " Ada",
	A " " B " Ada <a@b>",
	A " " B " Ada <a@b>\tcommit: x",
	A " " B " Ada <a@b> x +0100\tcommit: x",
	A " 222 Ada <a@b> 1 +0000\tcommit: x",
	A "  Ada <a@b> 1 +0000\tcommit: x",
	"G" A " " B " Ada <a@b> 1 +0000\tcommit: x",
	A A A " " B " Ada <a@b> 1 +0000\tcommit: x",
};

static void
test_line(void)
{
	static const char line[] = A " " B WHO "\tcommit: a \033[31m\xff b";
	struct reflog_entry e;

	ok(reflog_parse(line, sizeof line - 1, &e), "a line");
	is_str(e.old_oid, A, "its old name");
	is_str(e.new_oid, B, "its new name");
	is_str(e.email, "ada@example.org", "its committer");
	is_str(e.message, "commit: a ?[31m? b", "its message, made plain");
	is_int(e.instant, 1795021080, "its instant");
	is_int(e.kind, REFLOG_COMMIT, "its kind");
	ok(reflog_parse(A " " B WHO, strlen(A " " B WHO), &e) &&
			e.kind == REFLOG_OTHER,
		"a line without message");
	ok(reflog_parse(A " " B " <> 1 +0000\t", 92, &e) && !*e.email,
		"a line without name");
}

/* Every cut of a line, each in memory of its own size for the sanitizers. */
static void
test_cuts(void)
{
	static const char line[] = A " " B WHO "\tcommit (amend): x";
	size_t whole = strlen(A " " B WHO) - strlen(" +0100");
	bool good = true;
	struct reflog_entry e;

	for (size_t n = 0; n < sizeof line; n++) {
		char *copy = malloc(n ? n : 1);

		memcpy(copy, line, n);
		if (n < whole - 9 && reflog_parse(copy, n, &e))
			good = false;
		reflog_parse(copy, n, &e);
		free(copy);
	}
	ok(good, "no beginning of a line is a line");
}

static void
test_names(void)
{
	for (int i = 0; i < REFLOG_KINDS; i++)
		for (int k = 0; k < i; k++)
			if (streq(reflog_kind_name(i), reflog_kind_name(k)))
				ok(false, "%s is two", reflog_kind_name(i));
	is_str(reflog_kind_name(REFLOG_REBASE_FINISH), "rebase-finish", "names");
}

int
main(void)
{
	struct reflog_entry e;

	for (size_t i = 0; i < ARRAY_SIZE(messages); i++)
		is_str(reflog_kind_name(reflog_kind_of(messages[i].message)),
			reflog_kind_name(messages[i].kind), "%s",
			messages[i].message);
	for (size_t i = 0; i < ARRAY_SIZE(broken); i++)
		ok(!reflog_parse(broken[i], strlen(broken[i]), &e),
			"no line: \"%s\"", broken[i]);
	test_line();
	test_cuts();
	test_names();
	return tap_done();
}
