/* SPDX-License-Identifier: MIT */
/*
 * Every sentence a person can read, in one file, ready for translation
 * (xgettext -k_).  They state facts, offer a way on, and neither scold nor
 * praise nor score.  A translator's hint stands above what needs one.
 *
 * Each is a macro, so that the compiler checks its arguments where it is used.
 */
#pragma once

/* The sentence in the user's language. */
const char *words_text(const char *text) __attribute__((format_arg(1)));
#define _(text) words_text(text)

/* Chooses the language from the environment; once, at the start of main(). */
void words_init(void);

/* --- desktop: what keeps notices from the screen, and what is on them ----- */

#define W_DESKTOP_NO_BUS _("there is no session bus: neither " \
	"DBUS_SESSION_BUS_ADDRESS nor $XDG_RUNTIME_DIR/bus names one")
#define W_DESKTOP_BUS_SILENT _("the bus does not answer")
#define W_DESKTOP_BUS_GONE _("the session bus closed the connection")
#define W_DESKTOP_REFUSED _("the notification server refused it twice")
#define W_DESKTOP_LEAVES _("the notification server ended over it each time")
#define W_DESKTOP_SERVER_SILENT _("the notification server does not answer")
/* What a click beside the buttons does, in servers that list it: up to 12
 * characters. */
#define W_DESKTOP_DEFAULT _("Show")
/* Why sleep waits a moment, as `systemd-inhibit --list` shows it. */
#define W_DESKTOP_SLEEP _("writes down the open stretch")
#define W_DESKTOP_DND_NOBODY _("there is no notification server")
/* %s is the name of a notification server. */
#define W_DESKTOP_DND_UNKNOWN _("%s offers no do-not-disturb that is known here")
#define W_DESKTOP_DND_OTHERS \
	_("do-not-disturb was switched on by somebody else, who switches it off")
#define W_DESKTOP_DND_UNREADABLE _("its answer could not be read")
#define W_DESKTOP_DND_LOCKED _("the setting is locked on this machine")
