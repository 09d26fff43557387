/* SPDX-License-Identifier: MIT */
/*
 * Remembers line and value of every key that was given, because what does not
 * fit together is only seen at the end, and is to be reported where it stands.
 */
#include "config/draft.h"

#include <stdio.h>

const struct given *
draft_given(const struct draft *d, enum section_kind section, int instance,
	const char *key)
{
	for (size_t i = 0; i < d->ngiven; i++) {
		const struct given *g = &d->given[i];

		if (g->option->section == section && g->instance == instance &&
			streq(g->option->key, key))
			return g;
	}
	return NULL;
}

const char *
draft_heading(const struct draft *d, enum section_kind section, int instance,
	char out[64])
{
	const char *name = "";

	if (section == SECTION_WORKDAY)
		name = d->config->rules.workday[instance].name;
	else if (section == SECTION_PROTECT)
		name = d->config->rules.block[instance].name;
	snprintf(out, 64, *name ? "%s \"%s\"" : "%s%s",
		sections[section].name, name);
	return out;
}

static int
heading_line(const struct draft *d, enum section_kind section, int instance)
{
	if (section == SECTION_WORKDAY)
		return d->workday_line[instance];
	if (section == SECTION_PROTECT)
		return d->block_line[instance];
	for (size_t i = 0; i < d->ngiven; i++)
		if (d->given[i].option->section == section)
			return d->given[i].line;
	return 0;
}

void
draft_refuse(struct draft *d, const struct option *o, int instance,
	const char *reason)
{
	const struct given *g = draft_given(d, o->section, instance, o->key);
	char heading[64];
	struct place at = {.key = o->key};

	at.section = draft_heading(d, o->section, instance, heading);
	at.line = g ? g->line : heading_line(d, o->section, instance);
	at.value = g ? g->value : o->value;
	problem_refuse(d->problems, &at, "%s", reason);
	option_reset(o, option_base(d->config, o->section, instance));
}
