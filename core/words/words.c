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

/* Each notice by its name: what it is called, and the rule behind it. */
static const struct notice {
	const char *name, *called, *rule;
} notices[] = {
	{"warn", N_("a word before the end"),
		N_("before the end of the day, or of the hours set "
		   "for it: `warn` and `limit` in [workday]")},
	{"merge", N_("the end of the day"),
		N_("the end of the day: `merge` in "
		   "[workday], or where it was moved to")},
	{"late", N_("a word about the late hour"),
		N_("work went on after the end: `repeat` in "
		   "[vesper]")},
	{"stretch", N_("a break is offered"),
		N_("no break for as long as `limit` in [stretch]")},
	{"off", N_("a word about the day off"),
		N_("the first work on a day off")},
	{"protect", N_("protected time"), N_("work within a [protect] block")},
	{"protect-warn", N_("a word before protected time"),
		N_("a [protect] block begins: its `lead`")},
	{"morning", N_("the note of an earlier day"),
		N_("the first work of a day, with a note "
		   "waiting")},
};

static const struct notice *
find_notice(const char *name)
{
	for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++)
		if (strcmp(name, notices[i].name) == 0)
			return &notices[i];
	return NULL;
}

const char *
words_notice(const char *name)
{
	const struct notice *n = find_notice(name);

	return n ? words_text(n->called) : name;
}

const char *
words_count(const char *one, const char *many, long long n)
{
	return dngettext(DOMAIN, one, many, (unsigned long)n);
}

const char *
words_rule(const char *name)
{
	const struct notice *n = find_notice(name);

	return n ? words_text(n->rule) : "";
}
