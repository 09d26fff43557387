/* SPDX-License-Identifier: MIT */
/* gettext, behind one function, so that no other room knows about it. */
#include "words/words.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "vesper"

/* Beside the running program in the build tree, below its prefix when it is
 * installed; the place it was built for is the last resort. */
static const char *
find_catalogues(char place[PATH_MAX])
{
	static const char *const relative[] = {"locale/.", "../locale/.",
		"../share/locale/.", "../../share/locale/."};
	char self[PATH_MAX / 2];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	const char *given = getenv("VESPER_LOCALEDIR");
	char *slash;

	if (given && *given == '/')
		return given;
	self[n > 0 ? n : 0] = '\0';
	slash = strrchr(self, '/');
	if (!slash)
		return DATADIR "/locale";
	*slash = '\0';
	for (size_t i = 0; i < sizeof relative / sizeof relative[0]; i++) {
		snprintf(place, PATH_MAX, "%s/%s", self, relative[i]);
		if (access(place, F_OK) == 0)
			return place;
	}
	return DATADIR "/locale";
}

/* Not LC_NUMERIC: what programs read, such as SVG, has points in numbers. */
void
words_init(void)
{
	char place[PATH_MAX];

	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	bindtextdomain(DOMAIN, find_catalogues(place));
	bind_textdomain_codeset(DOMAIN, "UTF-8");
}

const char *
words_text(const char *text)
{
	return dgettext(DOMAIN, text);
}

const char *
words_weekday(int i)
{
	/* TRANSLATORS: two or three letters, as many for each day */
	static const char *const names[7] = {N_("Mon"), N_("Tue"), N_("Wed"),
		N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")};

	return words_text(names[i]);
}

const char *
words_rule(const char *notice)
{
	static const struct {
		const char *notice, *rule;
	} rules[] = {
		{"warn", N_("before the end of the day, or of the hours set "
			    "for it: `warn` and `limit` in [workday]")},
		{"merge", N_("the end of the day: `merge` in "
			     "[workday], or where it was moved to")},
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
