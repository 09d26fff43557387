/* SPDX-License-Identifier: MIT */
/*
 * A file becomes a config in three steps: the defaults, then line by line what
 * it says, then what its keys say about each other (check.c).  A mistake costs
 * its own key and nothing else: somebody whose file has a typo still wants to
 * be told that the day is over.
 */
#include "config/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/text.h"
#include "config/draft.h"
#include "config/reader.h"
#include "engine/names.h"
#include "words/words.h"

#define NAMES_MAX 64

/* Gives every option of one instance of a section its default. */
static void
reset_instance(struct config *c, enum section_kind section, int instance)
{
	for (size_t i = 0; i < noptions; i++)
		if (options[i].section == section)
			option_reset(&options[i],
				option_base(c, section, instance));
}

static struct config *
config_new(void)
{
	struct config *c = xcalloc(1, sizeof *c);

	for (int s = 0; s < SECTION_KINDS; s++)
		if (sections[s].shape == SHAPE_ONE)
			reset_instance(c, (enum section_kind)s, 0);
	return c;
}

/* --- headings ------------------------------------------------------------- */

static void
unknown_section(struct draft *d, int line, const char *word)
{
	const char *names[SECTION_KINDS];
	const char *near;
	struct place at = {.line = line, .section = d->heading};

	for (int i = 0; i < SECTION_KINDS; i++)
		names[i] = sections[i].name;
	near = *word ? text_nearest(word, names, SECTION_KINDS) : NULL;
	if (!near) {
		problem_warn(d->problems, &at, W_CONFIG_SECTION);
		return;
	}
	problem_warn(d->problems, &at, W_CONFIG_SECTION_NEAR, near);
	for (int i = 0; i < SECTION_KINDS; i++)
		if (streq(near, sections[i].name))
			d->section = (enum section_kind)i;
	d->known = true;
}

static void
unknown_notice(struct draft *d, int line, const char *word)
{
	const char *names[NOTICE_KINDS];
	const char *near;
	struct place at = {.line = line, .section = d->heading};

	for (int i = 0; i < NOTICE_KINDS; i++)
		names[i] = engine_notice_name((enum engine_notice)i);
	near = text_nearest(word, names, NOTICE_KINDS);
	if (near)
		problem_warn(d->problems, &at, W_CONFIG_NOTICE_NEAR, near);
	else
		problem_warn(d->problems, &at, W_CONFIG_NOTICE);
}

/* Whether a workday or block may be called that; else refuses it. */
static bool
name_fits(struct draft *d, int line, enum section_kind section,
	const char *name)
{
	struct place at = {.line = line, .section = d->heading};

	if (strlen(name) >= RULES_NAME)
		problem_refuse(d->problems, &at, W_CONFIG_NAME_LONG,
			RULES_NAME - 1);
	else if (section == SECTION_WORKDAY && strpbrk(name, ", \t"))
		problem_refuse(d->problems, &at, W_CONFIG_NAME_BLANK);
	else if (section == SECTION_WORKDAY && streq(name, "off"))
		problem_refuse(d->problems, &at, W_CONFIG_NAME_OFF);
	else
		return true;
	return false;
}

/* The workday of that name, a new one when there is none; -1 when there are
 * too many. */
static int
workday_instance(struct draft *d, int line, const char *name)
{
	struct rules *rules = &d->config->rules;
	int i;

	for (i = 0; i < rules->nworkday; i++)
		if (streq(rules->workday[i].name, name))
			return i;
	if (i == RULES_WORKDAYS)
		return -1;
	rules->nworkday++;
	reset_instance(d->config, SECTION_WORKDAY, i);
	memcpy(rules->workday[i].name, name, strlen(name) + 1);
	d->workday_line[i] = line;
	return i;
}

static int
block_instance(struct draft *d, int line, const char *name)
{
	struct rules *rules = &d->config->rules;
	int i;

	for (i = 0; i < rules->nblock; i++)
		if (streq(rules->block[i].name, name))
			return i;
	if (i == RULES_BLOCKS)
		return -1;
	rules->nblock++;
	reset_instance(d->config, SECTION_PROTECT, i);
	memcpy(rules->block[i].name, name, strlen(name) + 1);
	d->block_line[i] = line;
	return i;
}

/* Begins a section of which there are several. */
static void
begin_named(struct draft *d, int line, const char *name)
{
	bool workday = d->section == SECTION_WORKDAY;
	struct place at = {.line = line, .section = d->heading};

	if (!name_fits(d, line, d->section, name))
		return;
	d->instance = workday ? workday_instance(d, line, name)
			      : block_instance(d, line, name);
	d->usable = d->instance >= 0;
	if (!d->usable)
		problem_refuse(d->problems, &at, W_CONFIG_TOO_MANY,
			/* NOLINTNEXTLINE(bugprone-branch-clone): now equal */
			workday ? RULES_WORKDAYS : RULES_BLOCKS,
			sections[d->section].name);
}

static void
begin_notice(struct draft *d, int line, const char *name)
{
	enum engine_notice notice;

	d->usable = engine_notice_kind(name, &notice);
	if (d->usable)
		d->instance = (int)notice;
	else
		unknown_notice(d, line, name);
}

/* Splits `workday "night"` in place: the word, and the name without quotes
 * ("" for none). */
static const char *
split_heading(char *text, const char **name)
{
	char *end, *rest;

	text += strspn(text, " \t");
	rest = text + strcspn(text, " \t\"");
	*name = "";
	if (!*rest)
		return text;
	if (*rest != '"')
		*rest++ = '\0';
	rest += strspn(rest, " \t");
	end = rest + strlen(rest);
	while (end > rest && strchr(" \t", end[-1]))
		*--end = '\0';
	if (*rest == '"') {
		*rest++ = '\0';
		if (end > rest && end[-1] == '"')
			end[-1] = '\0';
	}
	*name = rest;
	return text;
}

static void
on_section(void *data, int line, const char *heading)
{
	struct draft *d = data;
	char text[64];
	const char *word, *name;

	d->usable = d->known = false;
	d->instance = 0;
	snprintf(d->heading, sizeof d->heading, "%s",
		heading && *heading ? heading : "?");
	if (!heading)
		return;
	snprintf(text, sizeof text, "%s", heading);
	word = split_heading(text, &name);
	for (int s = 0; s < SECTION_KINDS; s++) {
		struct place at = {.line = line, .section = d->heading};

		if (!streq(word, sections[s].name))
			continue;
		d->section = (enum section_kind)s;
		d->known = true;
		if (sections[s].shape == SHAPE_NAMED)
			begin_named(d, line, name);
		else if (sections[s].shape == SHAPE_NOTICE)
			begin_notice(d, line, name);
		else if (*name)
			problem_refuse(d->problems, &at, W_CONFIG_NO_NAME);
		else
			d->usable = true;
		return;
	}
	unknown_section(d, line, word);
}

/* --- keys ----------------------------------------------------------------- */

static void
unknown_key(struct draft *d, const struct place *at)
{
	const char *names[NAMES_MAX];
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < noptions && n < NAMES_MAX; i++)
		if (options[i].section == d->section)
			names[n++] = options[i].key;
	near = text_nearest(at->key, names, n);
	if (near)
		problem_warn(d->problems, at, W_CONFIG_KEY_NEAR, near);
	else
		problem_warn(d->problems, at, W_CONFIG_KEY);
}

/* Remembers that the key was given here, and warns when it was before. */
static void
remember(struct draft *d, const struct option *o, const struct place *at)
{
	const struct given *old =
		draft_given(d, o->section, d->instance, o->key);
	struct given *g;

	if (old) {
		problem_warn(d->problems, at, W_CONFIG_AGAIN, old->line);
		g = &d->given[old - d->given];
		free(g->value);
	} else {
		d->given = xrealloc(
			d->given, (d->ngiven + 1) * sizeof *d->given);
		g = &d->given[d->ngiven++];
	}
	*g = (struct given){.option = o,
		.instance = d->instance,
		.line = at->line,
		.value = xstrdup(at->value)};
}

static void
parse(struct draft *d, const struct option *o, const struct place *at,
	void *base)
{
	struct err why;

	option_reset(o, base); /* of two values the last one counts, even
				* when it is refused */
	if (option_parse(o, at->value, base, &why))
		return;
	if (strstr(at->value, " #"))
		problem_refuse(d->problems, at, W_CONFIG_AND_COMMENT,
			why.text);
	else
		problem_refuse(d->problems, at, "%s", why.text);
}

/* In a section that cannot be used a mistake is one all the same, and would
 * only be found once the heading was put right. */
static void
judge(struct draft *d, const struct option *o, const struct place *at)
{
	struct config *nobody = xcalloc(1, sizeof *nobody);

	parse(d, o, at, option_base(nobody, o->section, 0));
	config_free(nobody);
}

static void
on_key(void *data, int line, const char *key, const char *value, bool cut)
{
	struct draft *d = data;
	const struct option *o;
	struct place at = {line, d->heading, key, value};

	if (!*d->heading) {
		at.section = NULL;
		problem_refuse(d->problems, &at, W_CONFIG_BEFORE);
		return;
	}
	if (!d->known)
		return;
	o = option_find(d->section, key);
	if (!o) {
		unknown_key(d, &at);
		return;
	}
	if (!d->usable) {
		judge(d, o, &at);
		return;
	}
	remember(d, o, &at);
	parse(d, o, &at, option_base(d->config, o->section, d->instance));
	if (cut && (o->type == TYPE_TEXT || o->type == TYPE_COMMAND ||
			   o->type == TYPE_PATHS))
		problem_warn(d->problems, &at, W_CONFIG_CUT);
}

static void
on_wrong(void *data, int line, const char *text, const char *reason)
{
	struct draft *d = data;
	struct place at = {.line = line, .value = text};

	if (d->usable && *text != '[')
		at.section = d->heading;
	problem_refuse(d->problems, &at, "%s", reason);
}

/* --- whole files ---------------------------------------------------------- */

static void
draft_free(struct draft *d)
{
	for (size_t i = 0; i < d->ngiven; i++)
		free(d->given[i].value);
	free(d->given);
}

int
config_parse(const char *name, const char *text, size_t n,
	struct config **out, struct config_problems *problems, struct err *err)
{
	static const struct reader_calls calls = {
		on_section, on_key, on_wrong};
	struct config_problems found = {.file = NULL};
	struct draft d = {.problems = &found};

	if (n > CONFIG_SIZE_MAX)
		return err_set(err, -EFBIG, W_CONFIG_FILE_LARGE, name,
			CONFIG_SIZE_MAX / 1024);
	if (memchr(text, '\0', n))
		return err_set(err, -EILSEQ, W_CONFIG_FILE_BINARY, name);
	found.file = xstrdup(name);
	d.config = config_new();
	reader_run(text, n, &calls, &d);
	draft_check(&d);
	draft_free(&d);
	*out = d.config;
	*problems = found;
	return 0;
}

int
config_load(const char *path, struct config **out,
	struct config_problems *problems, struct err *err)
{
	AUTO_BUF struct buf text = {0};
	AUTO_CLOSE int fd = -1;
	struct stat st;
	int r;

	/* O_NONBLOCK: a FIFO without a writer must not hold us up */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		return config_parse(path, "", 0, out, problems, err);
	if (fd < 0)
		return err_errno(err, errno, W_CONFIG_FILE_READ, path);
	if (fstat(fd, &st) < 0)
		return err_errno(err, errno, W_CONFIG_FILE_READ, path);
	if (S_ISDIR(st.st_mode))
		return err_set(err, -EISDIR, W_CONFIG_FILE_DIRECTORY, path);
	r = file_read_rest(fd, CONFIG_SIZE_MAX, &text);
	if (r < 0 && r != -EFBIG) /* that is for the parser to say */
		return err_errno(err, -r, W_CONFIG_FILE_READ, path);
	return config_parse(path, text.data ? text.data : "", text.len, out,
		problems, err);
}

struct config *
config_free(struct config *c)
{
	if (!c)
		return NULL;
	for (size_t i = 0; i < c->nauthors; i++)
		free(c->authors[i]);
	for (size_t i = 0; i < c->nrepositories; i++)
		free(c->repositories[i]);
	for (int i = 0; i < NOTICE_KINDS; i++)
		free(c->on_notice[i]);
	free(c->authors);
	free(c->repositories);
	free(c->timezone);
	free(c->cycle);
	free(c);
	return NULL;
}
