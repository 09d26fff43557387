/* SPDX-License-Identifier: MIT */
/* gettext, behind one function, so that no other room knows about it. */
#include "words/words.h"

#include <libintl.h>
#include <locale.h>

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
