/* SPDX-License-Identifier: MIT */
/* Everything here is a walk over the option table, so that no list of options
 * is written by hand anywhere. */
#include "config/show.h"

#include <errno.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "config/options.h"
#include "engine/names.h"
#include "words/words.h"

#define WIDTH 74

/* How many instances of a section c has. */
static int
instances(const struct config *c, enum section_kind section)
{
	if (section == SECTION_WORKDAY)
		return c->rules.nworkday;
	if (section == SECTION_PROTECT)
		return c->rules.nblock;
	if (section == SECTION_ON)
		return NOTICE_KINDS;
	return 1;
}

static const char *
instance_name(const struct config *c, enum section_kind section, int i)
{
	if (section == SECTION_WORKDAY)
		return c->rules.workday[i].name;
	if (section == SECTION_PROTECT)
		return c->rules.block[i].name;
	if (section == SECTION_ON)
		return engine_notice_name((enum engine_notice)i);
	return "";
}

/* "vesper.idle" or "workday.night.start" */
static void
add_name(const struct config *c, const struct option *o, int i,
	struct buf *out)
{
	const char *name = instance_name(c, o->section, i);

	buf_addf(out, *name ? "%s.%s." : "%s%s.", sections[o->section].name,
		name);
	buf_adds(out, o->key);
}

/* Calls visit for each option of each instance until it returns true. */
static bool
each(const struct config *c,
	bool (*visit)(const struct config *, const struct option *, int,
		void *),
	void *data)
{
	size_t first, k;
	int i;

	for (first = 0; first < noptions; first = k) {
		enum section_kind section = options[first].section;

		for (i = 0; i < instances(c, section); i++)
			for (k = first; k < noptions &&
				options[k].section == section; k++)
				if (visit(c, &options[k], i, data))
					return true;
		for (k = first; k < noptions && options[k].section == section;)
			k++;
	}
	return false;
}

static void
add_value(const struct config *c, const struct option *o, int i,
	struct buf *out)
{
	/* option_base() hands out what may be written to; we do not */
	struct config *mutable;

	memcpy(&mutable, &c, sizeof mutable);
	option_format(o, option_base(mutable, o->section, i), out);
}

static bool
list_one(const struct config *c, const struct option *o, int i, void *data)
{
	AUTO_BUF struct buf value = {0};
	struct buf *out = data;

	add_value(c, o, i, &value);
	add_name(c, o, i, out);
	buf_addf(out, value.len ? " = %s\n" : " =%s\n",
		value.len ? value.data : "");
	return false;
}

void
config_list(const struct config *c, struct buf *out)
{
	each(c, list_one, out);
}

struct search {
	const char *name;
	struct buf *out;
	char **names;
	size_t n;
};

static bool
get_one(const struct config *c, const struct option *o, int i, void *data)
{
	AUTO_BUF struct buf name = {0};
	struct search *s = data;

	add_name(c, o, i, &name);
	if (streq(name.data, s->name)) {
		add_value(c, o, i, s->out);
		return true;
	}
	s->names = xrealloc(s->names, (s->n + 1) * sizeof *s->names);
	s->names[s->n++] = buf_steal(&name);
	return false;
}

/* The name that may have been meant: its last part alone, or one like it. */
static const char *
meant(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (streq(strrchr(s->names[i], '.') + 1, s->name))
			return s->names[i];
	return text_nearest(s->name, (const char *const *)s->names, s->n);
}

int
config_get(const struct config *c, const char *name, struct buf *out,
	struct err *err)
{
	struct search s = {.name = name, .out = out};
	bool found = each(c, get_one, &s);
	const char *near = found ? NULL : meant(&s);

	if (!found) {
		if (near)
			err_set(err, 0, W_CONFIG_GET_NEAR, name, near);
		else
			err_set(err, 0, W_CONFIG_GET, name);
	}
	for (size_t i = 0; i < s.n; i++)
		free(s.names[i]);
	free(s.names);
	return found ? 0 : -ENOENT;
}

static bool
key_one(const struct config *c, const struct option *o, int i, void *data)
{
	struct buf *out = data;

	add_name(c, o, i, out);
	buf_adds(out, "\n");
	return false;
}

void
config_keys(struct buf *out)
{
	struct config_problems none;
	struct config *c;

	if (config_parse("", "", 0, &c, &none, NULL) < 0)
		return;
	each(c, key_one, out);
	config_free(c);
	config_problems_free(&none);
}

/* Words of text after prefix, broken before WIDTH columns. */
static void
add_wrapped(struct buf *out, const char *prefix, const char *text)
{
	size_t column = 0, len;

	for (; *text; text += len + (text[len] == ' ')) {
		len = strcspn(text, " ");
		if (column && column + 1 + len > WIDTH) {
			buf_adds(out, "\n");
			column = 0;
		}
		buf_adds(out, column ? " " : prefix);
		column += column ? 1 : strlen(prefix);
		buf_add(out, text, len);
		column += len;
	}
	buf_adds(out, "\n");
}

static void
example_option(const struct option *o, bool optional, struct buf *out)
{
	buf_adds(out, "\n");
	add_wrapped(out, "; ", words_text(o->about));
	if (o->value && *o->value && !optional)
		buf_addf(out, "%s = %s\n", o->key, o->value);
	else
		buf_addf(out, ";%s = %s\n", o->key,
			o->value && *o->value ? o->value : o->sample);
}

void
config_example(struct buf *out)
{
	add_wrapped(out, "; ", W_EXAMPLE_HEAD);
	for (int s = 0; s < SECTION_KINDS; s++) {
		buf_adds(out, "\n\n");
		add_wrapped(out, "; ", words_text(sections[s].about));
		buf_addf(out, sections[s].optional ? ";[%s]\n" : "[%s]\n",
			sections[s].sample);
		for (size_t i = 0; i < noptions; i++)
			if (options[i].section == (enum section_kind)s)
				example_option(&options[i],
					sections[s].optional, out);
	}
}

/* mdoc: a sentence a line, no line longer than WIDTH. */
static void
add_man_text(struct buf *out, const char *text)
{
	size_t column = 0, len;

	for (; *text; text += len + (text[len] == ' ')) {
		bool ends;

		len = strcspn(text, " ");
		ends = strchr(".:", text[len - 1]) && text[len] &&
			text[len + 1] >= 'A' && text[len + 1] <= 'Z';
		if (column && column + 1 + len > WIDTH)
			column = 0, buf_adds(out, "\n");
		buf_adds(out, column ? " " : "");
		column += len + (column != 0);
		for (size_t i = 0; i < len; i++)
			buf_addf(out, text[i] == '-' ? "\\-" : "%c", text[i]);
		if (ends)
			column = 0, buf_adds(out, "\n");
	}
	buf_adds(out, "\n");
}

static void
man_option(const struct option *o, struct buf *out)
{
	buf_addf(out, ".It Ic %s\n", o->key);
	add_man_text(out, words_text(o->about));
	if (o->value && *o->value)
		buf_addf(out, "Default:\n.Ql %s .\n", o->value);
}

void
config_man(struct buf *out)
{
	for (int s = 0; s < SECTION_KINDS; s++) {
		buf_addf(out, ".Ss \"[%s%s]\\&\"\n", sections[s].name,
			sections[s].shape == SHAPE_NAMED ? " \\(dqNAME\\(dq"
			: sections[s].shape == SHAPE_NOTICE ? " NOTICE"
							    : "");
		add_man_text(out, words_text(sections[s].about));
		buf_adds(out, ".Bl -tag -width Ds\n");
		for (size_t i = 0; i < noptions; i++)
			if (options[i].section == (enum section_kind)s)
				man_option(&options[i], out);
		buf_adds(out, ".El\n");
	}
}
