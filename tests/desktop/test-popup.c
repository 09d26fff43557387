/* SPDX-License-Identifier: MIT */
/* The body of a notice: at most 300 characters, markup where the server reads
 * it, and nothing that is not text. */
#include <stdlib.h>

#include "base/alloc.h"
#include "desktop/popup.h"
#include "desktop/server.h"
#include "lib/tap.h"

static const struct server plain = {.markup = false};
static const struct server markup = {.markup = true};

static void
body(const char *given, const struct server *server, const char *want,
	const char *name)
{
	AUTO_FREE char *got = popup_body_text(given, server);

	is_str(got, want, "%s", name);
}

/* n times s, with end behind */
static char *
many(const char *s, int n, const char *end)
{
	char *text = xcalloc(strlen(s) * (size_t)n + strlen(end) + 1, 1);

	while (n--)
		strcat(text, s);
	return strcat(text, end);
}

static void
lengths(void)
{
	AUTO_FREE char *fits = many("ü", 300, "");
	AUTO_FREE char *longer = many("ü", 301, "");
	AUTO_FREE char *cut = many("ü", 299, "…");
	AUTO_FREE char *angles = many("<", 300, "");
	AUTO_FREE char *escaped = many("&lt;", 300, "");

	body(fits, &plain, fits, "300 characters stay");
	body(longer, &plain, cut, "the 301st is cut off, and it shows");
	body(angles, &markup, escaped, "what counts is what is seen");
}

int
main(void)
{
	body("", &plain, "", "nothing stays nothing");
	body("a <b> & \"c\" 'd'", &plain, "a <b> & \"c\" 'd'",
		"no markup: as it is");
	body("a <b> & c", &markup, "a &lt;b&gt; &amp; c", "markup: escaped");
	body("one\ntwo\n", &markup, "one\ntwo", "lines stay lines");
	body("\033[31mred\x07", &plain, "?[31mred?", "controls are shown");
	body("\xff<", &markup, "?&lt;", "so are bytes that are no text");
	body("a\xe2\x80\xae" "b", &plain, "a?b",
		"and what would turn the text around");
	body("Open: שלום… (1 changed), api (2 new).", &plain,
		"Open: \u2068שלום…\u2069 (1 changed), api (2 new).",
		"a cut name from right to left has its … at its own end");
	body("Until 18:30: ארוחת ערב 2", &plain,
		"Until 18:30: \u2068ארוחת ערב\u2069 2",
		"with its blanks, not with what is behind it");
	body("مشروع2, (3)", &plain, "\u2068مشروع2\u2069, (3)", "digits at it");
	body("é… x 1", &plain, "é… x 1", "nothing else is");
	lengths();
	return tap_done();
}
