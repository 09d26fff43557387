/* SPDX-License-Identifier: MIT */
/* gettext, behind one function, so that no other room knows about it. */
#include "words/words.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#define DOMAIN "vesper"

void
words_init(void)
{
	setlocale(LC_ALL, "");
	bindtextdomain(DOMAIN, DATADIR "/locale");
	bind_textdomain_codeset(DOMAIN, "UTF-8");
}

const char *
words_text(const char *text)
{
	return dgettext(DOMAIN, text);
}

const char *
words_rule(const char *notice)
{
	static const struct {
		const char *notice, *rule;
	} rules[] = {
		{"warn", N_("before the end of the day, or of the hours set "
			    "for it: `warn` and `limit` in [workday]")},
		{"merge", N_("the end of the day: `merge` in [workday], moved "
			     "by `vesper extend`")},
		{"late", N_("work went on after the end: `repeat` in "
			    "[vesper]")},
		{"stretch", N_("no break for as long as `limit` in [stretch]")},
		{"off", N_("the first work on a day off")},
		{"protect", N_("work within a [protect] block")},
		{"protect-warn", N_("a [protect] block begins: its `lead`")},
		{"morning", N_("the first work of a day, with a note "
			       "waiting")},
	};

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (strcmp(notice, rules[i].notice) == 0)
			return words_text(rules[i].rule);
	return "";
}
