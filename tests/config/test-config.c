/* SPDX-License-Identifier: MIT */
/* The option table against itself and the engine's defaults, and the reader's
 * traps one by one. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/excerpt.h"
#include "config/options.h"
#include "config/show.h"
#include "engine/names.h"
#include "lib/tap.h"

static struct config *conf;
static struct config_problems problems;
static struct err err;

static void
forget(void)
{
	conf = config_free(conf);
	config_problems_free(&problems);
}

static int
parse_bytes(const char *text, size_t n)
{
	forget();
	return config_parse("t.ini", text, n, &conf, &problems, &err);
}

static void
parse(const char *text)
{
	parse_bytes(text, strlen(text));
}

/* Problem i as text, in a static buffer; "" when there is none. */
static const char *
problem(size_t i)
{
	static struct buf out;

	buf_clear(&out);
	return i < problems.n ? config_problem_text(&problems, i, true, &out) : "";
}

static const char *
get(const char *name)
{
	static struct buf out;

	buf_clear(&out);
	if (config_get(conf, name, &out, &err) < 0)
		return err.text;
	return out.data ? out.data : "";
}

static void
same_rules(const struct rules *a, const struct rules *b)
{
	const struct rules_workday *v = &a->workday[0], *w = &b->workday[0];

	is_int(a->turn, b->turn, "default turn");
	is_int(a->idle, b->idle, "default idle");
	is_int(a->brk, b->brk, "default break");
	is_int(a->lull, b->lull, "default lull");
	is_int(a->patience, b->patience, "default patience");
	is_int(a->repeat, b->repeat, "default repeat");
	is_int(a->stretch_limit, b->stretch_limit, "default stretch limit");
	is_int(a->nworkday, b->nworkday, "one workday");
	is_int(v->days, w->days, "default days");
	is_int(v->start, w->start, "default start");
	is_int(v->merge, w->merge, "default merge");
	is_int(v->nwarn, w->nwarn, "default number of warnings");
	ok(memcmp(v->warn, w->warn, sizeof v->warn) == 0, "default warnings");
	is_int(v->limit, w->limit, "default limit");
	is_int(v->extensions, w->extensions, "default extensions");
	is_int(v->extension_max, w->extension_max, "default extension_max");
	is_int(a->rota_start, b->rota_start, "no rota");
	is_int(a->ncycle, b->ncycle, "no cycle");
	is_int(a->return_start, b->return_start, "no return");
	is_int(a->nblock, b->nblock, "no blocks");
}

/* Every default and sample is read, and written as something that is read
 * and written the same. */
static void
test_round_trip(void)
{
	parse("");
	for (size_t i = 0; i < noptions; i++) {
		const struct option *o = &options[i];
		const char *text = o->value && *o->value ? o->value : o->sample;
		AUTO_BUF struct buf once = {0}, twice = {0};
		void *base = option_base(conf, o->section, 0);

		if (!ok(option_parse(o, text, base, &err), "[%s] %s reads %s",
			    sections[o->section].name, o->key, text))
			continue;
		option_format(o, base, &once);
		ok(option_parse(o, once.data, base, &err),
			"what is written is read: %s", once.data);
		option_format(o, base, &twice);
		is_str(twice.data, once.data, "and written the same");
		option_reset(o, base);
	}
}

static void
test_table(void)
{
	for (size_t i = 0; i < noptions; i++)
		ok(option_find(options[i].section, options[i].key) ==
				&options[i],
			"[%s] %s stands once",
			sections[options[i].section].name, options[i].key);
	for (int i = 0; i < NOTICE_KINDS; i++)
		ok(strstr(sections[SECTION_ON].about,
			   engine_notice_name((enum engine_notice)i)),
			"[on] names %s",
			engine_notice_name((enum engine_notice)i));
}

/* --- the reader ------------------------------------------------------------- */

static void
test_long_line(void)
{
	char text[600] = "[on merge]\nrun = ";
	size_t n = strlen(text);

	memset(text + n, 'x', 185);
	strcpy(text + n + 185, " enabled = no\n[git]\ncommits = off\n");
	parse(text);
	is_int(problems.n, 1, "a line of 206 bytes is one problem");
	ok(strstr(problem(0), "t.ini:2: [on merge] run = xxx"),
		"with its line: %s", problem(0));
	ok(!conf->on_notice[NOTICE_MERGE], "and sets nothing");
	is_int(conf->commits, POLICY_OFF, "the next section holds");
}

static void
test_lines(void)
{
	parse("[vesper]\n  idle = 2m\n\t lull = 30s\n");
	is_int(conf->rules.idle, 120, "an indented key is a key");
	is_int(conf->rules.lull, 30, "and so is the next");
	is_int(problems.n, 0, "without problems");
	parse("\xef\xbb\xbf[vesper]\r\nidle = 2m\r\nlull = 30s");
	is_int(conf->rules.idle, 120, "BOM and CRLF");
	is_int(conf->rules.lull, 30, "no newline at the end");
	is_int(problems.n, 0, "without problems");
	parse("\n; c\n# c\n[git]\ncommits = off ; because\n  ; c = d\n");
	is_int(conf->commits, POLICY_OFF, "comments");
	is_int(problems.n, 0, "are no problems");
	parse("[git] ; here\ncommits : off\n");
	is_int(conf->commits, POLICY_OFF, "a comment after a heading, a colon");
	is_int(problems.n, 0, "are no problems");
}

static void
test_broken_lines(void)
{
	parse("[git]\ncommits = off\n[git\ncommits = nudge\n[notify]\n"
	      "sound = yes\njunk\n= 3\n");
	is_int(conf->commits, POLICY_OFF,
		"keys after a broken heading are not of the section before");
	ok(conf->sound, "the next heading holds again");
	is_int(problems.n, 3, "each is said");
	ok(strstr(problem(0), "t.ini:3: [git: "), "%s", problem(0));
	ok(strstr(problem(1), "t.ini:7: [notify] junk: "), "%s", problem(1));
	ok(strstr(problem(2), "t.ini:8: [notify] = 3: "), "%s", problem(2));
	parse("[git] commits = off\npushes = refuse\n");
	is_int(conf->pushes, POLICY_OFF, "a key behind a heading");
	is_int(problems.n, 1, "is one problem");
	parse("idle = 3m\n[vesper]\n");
	is_str(problem(0),
		"t.ini:1: idle = 3m: stands before the first [section]",
		"a key before any section");
	parse("[vesper]\nidle = 2\xff\nlull = 30s\n");
	ok(strstr(problem(0), "t.ini:2:") && strstr(problem(0), "UTF-8"),
		"not UTF-8: %s", problem(0));
	is_int(conf->rules.lull, 30, "costs its own line only");
}

static void
test_cut(void)
{
	parse("[on merge]\nrun = a ; b\n");
	is_str(conf->on_notice[NOTICE_MERGE], "a", "inih cuts at \" ;\"");
	is_int(problems.n, 1, "which is said");
	ok(problems.list[0].warning, "as a warning: %s", problem(0));
	parse("[on merge]\nrun = a;b\n");
	is_str(conf->on_notice[NOTICE_MERGE], "a;b", "not at \";\"");
	is_int(problems.n, 0, "no warning");
}

static void
test_files(void)
{
	char dir[] = "/tmp/vesper-test-XXXXXX", path[64];

	if (!mkdtemp(dir))
		return;
	forget();
	is_int(config_load(dir, &conf, &problems, &err), -EISDIR,
		"a directory: %s", err.text);
	ok(!conf, "leaves *out alone");
	snprintf(path, sizeof path, "%s/none.ini", dir);
	is_int(config_load(path, &conf, &problems, &err), 0,
		"a missing file is the defaults");
	is_int(problems.n, 0, "without problems");
	is_int(conf->rules.nworkday, 1, "with a workday");
	is_int(parse_bytes("a\0b", 3), -EILSEQ, "a NUL byte: %s", err.text);
	ok(!conf, "leaves *out alone");
	snprintf(path, sizeof path, "%s/pipe", dir);
	forget();
	ok(mkfifo(path, 0600) == 0, "a FIFO without a writer");
	is_int(config_load(path, &conf, &problems, &err), 0, "does not hang");
	unlink(path);
	rmdir(dir);
}

static void
test_large(void)
{
	size_t n = CONFIG_SIZE_MAX + 1;
	char *text = malloc(n);

	if (!text)
		abort();
	memset(text, '\n', n);
	is_int(parse_bytes(text, n), -EFBIG, "too large: %s", err.text);
	is_int(parse_bytes(text, n - 1), 0, "just not too large");
	for (size_t i = 0; i + 1 < n; i += 2)
		memcpy(text + i, "x\n", 2);
	is_int(parse_bytes(text, n - 1), 0, "half a million mistakes");
	is_int(problems.n, CONFIG_PROBLEMS_MAX + 1, "are not all listed");
	free(text);
}

/* --- values and what they say about each other ----------------------------------- */

static void
test_values(void)
{
	parse("[workday]\nwarn = 5m, 1h 30m, 30m,5m\n");
	is_str(get("workday.warn"), "1h 30m 5m", "warnings are sorted");
	is_int(problems.n, 0, "twice the same is once");
	parse("[workday]\nwarn =\n");
	is_int(conf->rules.workday[0].nwarn, 0, "no warnings");
	is_int(problems.n, 0, "can be asked for");
	parse("[git]\nauthors = a@b, c@d\n[notify]\nhold = call\n");
	is_int(conf->nauthors, 2, "two authors");
	ok(conf->hold_call && !conf->hold_fullscreen, "hold = call");
	setenv("HOME", "/home/ada", 1);
	parse("[git]\nrepositories = ~/a \"/b c/d\",/e\n");
	is_str(get("git.repositories"), "/home/ada/a, \"/b c/d\", /e",
		"paths with blanks, commas and ~");
	parse("[git]\nrepositories = /a, b\n");
	is_int(conf->nrepositories, 0, "a relative path is refused");
	parse("[protect \"x\"]\nfrom = 22:00\nto = 00:30\n");
	is_int(conf->rules.block[0].to, 1470, "a block over midnight");
	is_str(get("protect.x.to"), "00:30", "is shown as written");
	is_int(conf->rules.block[0].days, 0x7f, "daily unless said");
	parse("[vesper]\ntimezone = Europe/Berlin\n");
	is_str(conf->timezone, "Europe/Berlin", "a zone");
	parse("[vesper]\ntimezone = Europe\n");
	is_str(conf->timezone, "", "a directory is no zone");
	is_int(problems.n, 1, "which is said");
}

static void
test_refused(void)
{
	static const struct {
		const char *section, *key, *value;
	} cases[] = {
		{"workday", "merge", "24:00"}, {"workday", "merge", "9:5"},
		{"workday", "merge", "18:60"}, {"workday", "merge", "1800"},
		{"stretch", "limit", "90"}, {"stretch", "limit", "-5m"},
		{"stretch", "limit", "1h90m"}, {"stretch", "limit", ""},
		{"stretch", "limit", "90 m"}, {"stretch", "limit", "0m"},
		{"stretch", "limit", "25h"}, {"workday", "extensions", "-1"},
		{"workday", "extensions", "1000"}, {"workday", "days", "Mo"},
		{"workday", "days", "Mon--Fri"}, {"git", "commits", "maybe"},
		{"notify", "sound", "maybe"}, {"notify", "hold", "phone"},
		{"git", "authors", "ada"}, {"privacy", "projects", "some"},
		{"rota", "start", "2026-02-30"}, {"rota", "start", "2026-2-3"},
		{"workday", "warn", "1m 2m 3m 4m 5m 6m 7m 8m 9m"},
		{"workday", "warn", "0m"}, {"vesper", "timezone", "Berlin"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		AUTO_BUF struct buf text = {0};

		buf_addf(&text, "[%s]\n%s = %s\n", cases[i].section,
			cases[i].key, cases[i].value);
		parse(text.data);
		ok(problems.n == 1 && problems.list[0].line == 2 &&
				!problems.list[0].warning,
			"%s", problem(0));
	}
}

static void
test_days_default(void)
{
	parse("[workday]\nmerge = 17:00\n");
	is_int(conf->rules.workday[0].days, 0x1f, "one workday: Mon-Fri");
	parse("[workday]\ndays = Mon-Fry\n");
	is_int(conf->rules.workday[0].days, 0x1f, "unreadable: as if not said");
	is_int(problems.n, 1, "%s", problem(0));
	parse("[workday]\ndays =\n");
	is_int(conf->rules.workday[0].days, 0, "empty: none were meant");
	parse("[workday \"a\"]\n[rota]\nstart = 2026-01-05\ncycle = a off\n");
	is_int(conf->rules.workday[0].days, 0, "with a rota: none");
	is_int(conf->rules.ncycle, 2, "the cycle");
	is_int(conf->rules.cycle[1], RULES_OFF, "with a day off");
	is_int(problems.n, 0, "without problems");
	parse("[workday \"a\"]\n[workday \"b\"]\ndays = Mon\n");
	is_int(conf->rules.workday[0].days, 0, "two workdays: none");
	ok(problems.n == 1 && problems.list[0].warning, "%s", problem(0));
	parse("[vesper]\n");
	is_int(conf->rules.nworkday, 1, "no workday: the default one");
	is_int(conf->rules.workday[0].days, 0x1f, "Mon-Fri");
}

static void
test_fallback(void)
{
	parse("[vesper]\nidle = 20m\nlull = 6m\n[stretch]\nbreak = 5m\n");
	is_int(conf->rules.idle, 300, "idle goes back to its default");
	is_int(conf->rules.brk, 600, "and break");
	is_int(conf->rules.lull, 60, "and lull, which does not fit any more");
	is_int(problems.n, 2, "two problems");
	is_int(problems.list[0].line, 3, "in the order of the file");
	is_int(problems.list[1].line, 5, "the pair at its later line");
	parse("[workday]\ndays = daily\nstart = 22:00\nmerge = 23:00\n"
	      "[workday \"n\"]\ndays = Tue\nstart = 12:00\nmerge = 11:00\n"
	      "[workday \"m\"]\ndays = Wed\nstart = 10:00\nmerge = 14:00\n");
	is_int(problems.n, 1, "an overlap: %s", problem(0));
	is_int(problems.list[0].line, 8, "at the merge that is too late");
	is_str(get("workday.n.merge"), "18:00", "goes back to the default");
	is_str(get("workday.m.start"), "09:00", "as does the next date's");
	is_str(get("workday.start"), "22:00", "the third stays");
}

static void
test_last_wins(void)
{
	parse("[stretch]\nlimit = 1h\nlimit = 2h\n");
	is_int(conf->rules.stretch_limit, 7200, "of two the last counts");
	ok(problems.n == 1 && problems.list[0].warning, "%s", problem(0));
	parse("[stretch]\nlimit = 1h\n[git]\n[stretch]\nlimit = x\n");
	is_int(conf->rules.stretch_limit, 5400, "even when it is refused");
	is_int(problems.n, 2, "both are said");
}

static void
test_many(void)
{
	AUTO_BUF struct buf text = {0};

	for (int i = 0; i <= RULES_WORKDAYS; i++)
		buf_addf(&text, "[workday \"w%d\"]\ndays = Mon\n", i);
	parse(text.data);
	is_int(conf->rules.nworkday, RULES_WORKDAYS, "32 workdays");
	is_str(problem(0),
		"t.ini:65: [workday \"w32\"]: there can be at most 32 "
		"[workday] sections",
		"the bound is named");
	is_int(problems.n, 1, "the keys of the one too many are skipped");
}

static void
test_get(void)
{
	parse("[workday \"night\"]\nstart = 22:00\nmerge = 06:00\n");
	is_str(get("workday.night.merge"), "06:00", "a named section");
	is_str(get("vesper.idel"),
		"vesper.idel: there is no such option; the nearest is "
		"vesper.idle",
		"a misspelt one");
	is_str(get("idle"),
		"idle: there is no such option; the nearest is vesper.idle",
		"one without its section");
}

/* What the history keeps of a config: what decides days, and no name. */
static void
test_excerpt(void)
{
	static const char text[] = "\xef\xbb\xbf; mine\n"
		"[vesper]\n  turn : 05:00 ; early\ntimezone = Asia/Kolkata\n"
		"[git]\nrepositories = ~/src/secret\nauthors = me@example.org\n"
		"[workday \"night\"] ; long\nstart = 22:00\nmerge = 06:00\n"
		"warn = 20m 5m\nno such key = 1\n"
		"[on merge]\nrun = tell --token 123\n"
		"[workdays]\nstart = 01:00\n[workday\nstart = 02:00\n"
		"[ rota ]\nstart = 2026-01-05\ncycle = night, off\n"
		"[protect \"choir\"]\nfrom = 19:00\nto = 20:00\n";
	AUTO_BUF struct buf kept = {0};
	struct config *whole;

	parse(text);
	whole = steal_ptr(&conf);
	config_excerpt(text, strlen(text), &kept);
	is_str(kept.data,
		"[vesper]\nturn=05:00\ntimezone=Asia/Kolkata\n"
		"[workday \"night\"]\nstart=22:00\nmerge=06:00\n"
		"warn=20m 5m\nno such key=1\n"
		"[ rota ]\nstart=2026-01-05\ncycle=night, off\n"
		"[protect \"choir\"]\nfrom=19:00\nto=20:00\n",
		"an excerpt has what decides days, and nothing else");
	parse(kept.data);
	ok(memcmp(&conf->rules, &whole->rules, sizeof conf->rules) == 0,
		"it makes the same rules");
	is_str(conf->timezone, whole->timezone, "and the same zone");
	config_free(whole);
}

int
main(void)
{
	parse("");
	same_rules(&conf->rules, &rules_default);
	test_table();
	test_round_trip();
	test_long_line();
	test_lines();
	test_broken_lines();
	test_cut();
	test_files();
	test_large();
	test_values();
	test_refused();
	test_days_default();
	test_fallback();
	test_last_wins();
	test_many();
	test_get();
	test_excerpt();
	forget();
	return tap_done();
}
