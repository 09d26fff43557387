/* SPDX-License-Identifier: MIT */
/*
 * The tables themselves.  A default stands here as the text a user would
 * write; that it agrees with rules_default is checked by a test, so that no
 * code has to choose between the two.
 */
#include "config/options.h"

#include "words/words.h"

#define S_DAY 86400

const struct section sections[SECTION_KINDS] = {
	[SECTION_VESPER] = {"vesper", SHAPE_ONE, W_SECTION_VESPER, "vesper",
		false, .decides = true},
	[SECTION_WORKDAY] = {"workday", SHAPE_NAMED, W_SECTION_WORKDAY,
		"workday", false, .decides = true},
	[SECTION_STRETCH] = {"stretch", SHAPE_ONE, W_SECTION_STRETCH,
		"stretch", false, .decides = true},
	[SECTION_ROTA] = {"rota", SHAPE_ONE, W_SECTION_ROTA, "rota", true,
		.decides = true},
	[SECTION_PROTECT] = {"protect", SHAPE_NAMED, W_SECTION_PROTECT,
		"protect \"therapy\"", true, .decides = true},
	[SECTION_RETURN] = {"return", SHAPE_ONE, W_SECTION_RETURN, "return",
		true, .decides = true},
	[SECTION_GIT] = {"git", SHAPE_ONE, W_SECTION_GIT, "git", false},
	[SECTION_NOTIFY] = {"notify", SHAPE_ONE, W_SECTION_NOTIFY, "notify",
		false},
	[SECTION_MERGE] = {"merge", SHAPE_ONE, W_SECTION_MERGE, "merge",
		false},
	[SECTION_BOUNDARY] = {"boundary", SHAPE_ONE, W_SECTION_BOUNDARY,
		"boundary", false},
	[SECTION_ON] = {"on", SHAPE_NOTICE, W_SECTION_ON, "on merge", true},
	[SECTION_PRIVACY] = {"privacy", SHAPE_ONE, W_SECTION_PRIVACY,
		"privacy", false},
};

#define RULE(field) .offset = offsetof(struct config, rules.field)
#define CONFIG(field) .offset = offsetof(struct config, field)
#define WORKDAY(field) .offset = offsetof(struct rules_workday, field)
#define BLOCK(field) .offset = offsetof(struct rules_block, field)
#define PAIR(type, field) .second = offsetof(struct type, field)
#define LIMITS(from, to) .least = (from), .most = (to)

const struct option options[] = {
	{SECTION_VESPER, "turn", TYPE_TIME, "04:00", NULL, W_OPTION_TURN,
		RULE(turn)},
	{SECTION_VESPER, "idle", TYPE_LENGTH, "5m", NULL, W_OPTION_IDLE,
		RULE(idle), LIMITS(1, S_DAY)},
	{SECTION_VESPER, "lull", TYPE_LENGTH, "1m", NULL, W_OPTION_LULL,
		RULE(lull), LIMITS(0, S_DAY)},
	{SECTION_VESPER, "patience", TYPE_LENGTH, "5m", NULL,
		W_OPTION_PATIENCE, RULE(patience), LIMITS(0, S_DAY)},
	{SECTION_VESPER, "repeat", TYPE_LENGTH, "15m", NULL, W_OPTION_REPEAT,
		RULE(repeat), LIMITS(1, S_DAY)},
	{SECTION_VESPER, "timezone", TYPE_ZONE, "", "Europe/Berlin",
		W_OPTION_TIMEZONE, CONFIG(timezone)},

	{SECTION_WORKDAY, "days", TYPE_DAYS, NULL, "Mon-Fri", W_OPTION_DAYS,
		WORKDAY(days)},
	{SECTION_WORKDAY, "start", TYPE_TIME, "09:00", NULL, W_OPTION_START,
		WORKDAY(start)},
	{SECTION_WORKDAY, "merge", TYPE_TIME, "18:00", NULL, W_OPTION_MERGE,
		WORKDAY(merge)},
	{SECTION_WORKDAY, "warn", TYPE_WARN, "30m 10m", NULL, W_OPTION_WARN,
		WORKDAY(warn), PAIR(rules_workday, nwarn), LIMITS(1, S_DAY)},
	{SECTION_WORKDAY, "limit", TYPE_LENGTH, NULL, "8h", W_OPTION_LIMIT,
		WORKDAY(limit), LIMITS(1, S_DAY)},
	{SECTION_WORKDAY, "extensions", TYPE_COUNT, "2", NULL,
		W_OPTION_EXTENSIONS, WORKDAY(extensions), LIMITS(0, 100)},
	{SECTION_WORKDAY, "extension_max", TYPE_LENGTH, "1h", NULL,
		W_OPTION_EXTENSION_MAX, WORKDAY(extension_max),
		LIMITS(1, S_DAY)},

	{SECTION_STRETCH, "limit", TYPE_LENGTH, "90m", NULL,
		W_OPTION_STRETCH_LIMIT, RULE(stretch_limit), LIMITS(1, S_DAY)},
	{SECTION_STRETCH, "break", TYPE_LENGTH, "10m", NULL, W_OPTION_BREAK,
		RULE(brk), LIMITS(1, S_DAY)},

	{SECTION_ROTA, "start", TYPE_DATE, NULL, "2026-01-05",
		W_OPTION_ROTA_START, RULE(rota_start)},
	{SECTION_ROTA, "cycle", TYPE_TEXT, NULL,
		"day, day, night, night, off, off", W_OPTION_CYCLE,
		CONFIG(cycle)},

	{SECTION_PROTECT, "days", TYPE_DAYS, "daily", NULL,
		W_OPTION_BLOCK_DAYS, BLOCK(days)},
	{SECTION_PROTECT, "from", TYPE_TIME, NULL, "18:00",
		W_OPTION_BLOCK_FROM, BLOCK(from)},
	{SECTION_PROTECT, "to", TYPE_TIME, NULL, "19:30", W_OPTION_BLOCK_TO,
		BLOCK(to)},
	{SECTION_PROTECT, "lead", TYPE_LENGTH, "30m", NULL, W_OPTION_LEAD,
		BLOCK(lead), LIMITS(0, S_DAY)},
	{SECTION_PROTECT, "private", TYPE_BOOL, "no", NULL, W_OPTION_PRIVATE,
		BLOCK(private)},

	{SECTION_RETURN, "start", TYPE_DATE, NULL, "2026-03-02",
		W_OPTION_RETURN_START, RULE(return_start)},
	{SECTION_RETURN, "weeks", TYPE_COUNT, NULL, "6",
		W_OPTION_RETURN_WEEKS, RULE(return_weeks), LIMITS(1, 520)},
	{SECTION_RETURN, "from", TYPE_LENGTH, NULL, "2h",
		W_OPTION_RETURN_FROM, RULE(return_from), LIMITS(1, S_DAY)},
	{SECTION_RETURN, "to", TYPE_LENGTH, NULL, "8h", W_OPTION_RETURN_TO,
		RULE(return_to), LIMITS(1, S_DAY)},

	{SECTION_GIT, "commits", TYPE_POLICY, "nudge", NULL, W_OPTION_COMMITS,
		CONFIG(commits)},
	{SECTION_GIT, "pushes", TYPE_POLICY, "off", NULL, W_OPTION_PUSHES,
		CONFIG(pushes)},
	{SECTION_GIT, "authors", TYPE_AUTHORS, "",
		"ada@example.org, ada@work.example", W_OPTION_AUTHORS,
		CONFIG(authors), PAIR(config, nauthors)},
	{SECTION_GIT, "repositories", TYPE_PATHS, "", "~/src/a, ~/src/b",
		W_OPTION_REPOSITORIES, CONFIG(repositories),
		PAIR(config, nrepositories)},

	{SECTION_NOTIFY, "desktop", TYPE_BOOL, "yes", NULL, W_OPTION_DESKTOP,
		CONFIG(desktop)},
	{SECTION_NOTIFY, "editor", TYPE_BOOL, "yes", NULL, W_OPTION_EDITOR,
		CONFIG(editor)},
	{SECTION_NOTIFY, "hold", TYPE_HOLD, "fullscreen, call", NULL,
		W_OPTION_HOLD, CONFIG(hold_fullscreen),
		PAIR(config, hold_call)},
	{SECTION_NOTIFY, "insist", TYPE_BOOL, "no", NULL, W_OPTION_INSIST,
		CONFIG(insist)},
	{SECTION_NOTIFY, "sound", TYPE_BOOL, "no", NULL, W_OPTION_SOUND,
		CONFIG(sound)},

	{SECTION_MERGE, "pacer", TYPE_BOOL, "yes", NULL, W_OPTION_PACER,
		CONFIG(pacer)},
	{SECTION_BOUNDARY, "quiet", TYPE_BOOL, "no", NULL, W_OPTION_QUIET,
		CONFIG(quiet)},
	{SECTION_ON, "run", TYPE_COMMAND, NULL, "mpc pause", W_OPTION_RUN,
		.offset = 0},
	{SECTION_PRIVACY, "projects", TYPE_PRIVACY, "full", NULL,
		W_OPTION_PROJECTS, CONFIG(projects)},
};

const size_t noptions = ARRAY_SIZE(options);

const struct option *
option_find(enum section_kind section, const char *key)
{
	for (size_t i = 0; i < noptions; i++)
		if (options[i].section == section && streq(options[i].key, key))
			return &options[i];
	return NULL;
}

void *
option_base(struct config *c, enum section_kind section, int instance)
{
	switch (section) {
	case SECTION_WORKDAY:
		return &c->rules.workday[instance];
	case SECTION_PROTECT:
		return &c->rules.block[instance];
	case SECTION_ON:
		return &c->on_notice[instance];
	default:
		return c;
	}
}

/* The headings on_section() of config.c takes for that section's, and more: one
 * that is refused there is refused when the excerpt is read, too. */
bool
section_decides(const char *heading)
{
	heading += strspn(heading, " \t");
	for (int s = 0; s < SECTION_KINDS; s++) {
		size_t n = strlen(sections[s].name);

		if (sections[s].decides &&
			strncmp(heading, sections[s].name, n) == 0 &&
			strchr(" \t\"", heading[n]))
			return true;
	}
	return false;
}
