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

/* The same for a table: the text itself, to be translated where it is shown. */
#define N_(text) text

/* Chooses the language from the environment; once, at the start of main(). */
void words_init(void);

/* --- config: what is wrong in config.ini ------------------------------------ */

#define W_CONFIG_MORE _("more problems follow: only the first 200 are listed")
#define W_CONFIG_NO_BRACKET                                                    \
	_("the heading has no closing bracket; its keys are not used")
#define W_CONFIG_LONG_HEADING                                                  \
	_("the heading is longer than 49 bytes; its keys are not used")
#define W_CONFIG_AFTER_HEADING                                                 \
	_("something follows the closing bracket: a key goes on a line of "    \
	  "its own; the keys of this section are not used")
#define W_CONFIG_NOT_UTF8 _("the line is not UTF-8")
#define W_CONFIG_NO_EQUALS                                                     \
	_("neither a [section], nor key = value, nor a comment (; or #)")
#define W_CONFIG_LONG_LINE _("the line is longer than 198 bytes")
#define W_CONFIG_BEFORE _("stands before the first [section]")
#define W_CONFIG_SECTION _("there is no such section")
#define W_CONFIG_SECTION_NEAR                                                  \
	_("there is no such section; the nearest is [%s]")
#define W_CONFIG_NOTICE _("there is no such notice")
#define W_CONFIG_NOTICE_NEAR _("there is no such notice; the nearest is %s")
#define W_CONFIG_KEY _("there is no such key in this section")
#define W_CONFIG_KEY_NEAR                                                      \
	_("there is no such key in this section; the nearest is %s")
#define W_CONFIG_NO_NAME _("this section takes no name")
#define W_CONFIG_NAME_LONG _("the name is longer than %d bytes")
#define W_CONFIG_NAME_BLANK                                                    \
	_("the name has a blank or a comma, so no rota could name it")
#define W_CONFIG_NAME_OFF _("\"off\" means a day off in a rota")
/* TRANSLATORS: at most 32 [workday] sections */
#define W_CONFIG_TOO_MANY _("there can be at most %d [%s] sections")
#define W_CONFIG_AGAIN _("given before, in line %d; this line counts")
#define W_CONFIG_CUT                                                           \
	_("the value ends at \" ;\", where a comment begins")
/* TRANSLATORS: %s is the reason why a value was refused */
#define W_CONFIG_AND_COMMENT                                                   \
	_("%s (a comment behind a value begins with ;, not #)")

#define W_CONFIG_EMPTY _("the value is empty")
#define W_CONFIG_CONTROL _("the value has a control character")
#define W_CONFIG_LENGTH _("not a length; write 90m, 1h30m or 45s")
#define W_CONFIG_LENGTH_RANGE _("must be from %s to %s")
#define W_CONFIG_TIME _("not a time of day; write 00:00 to 23:59")
#define W_CONFIG_DATE _("not a date; write YYYY-MM-DD")
#define W_CONFIG_DAYS _("not days; write Mon-Fri, Mon, Wed or daily")
#define W_CONFIG_BOOL _("must be yes or no")
#define W_CONFIG_COUNT _("must be a whole number from %lld to %lld")
#define W_CONFIG_CHOICE _("must be one of: %s")
#define W_CONFIG_HOLD _("must be a list of: fullscreen, call")
#define W_CONFIG_WARNS _("there can be at most %d warnings")
#define W_CONFIG_ZONE                                                          \
	_("not a time zone of this system; write a name such as "              \
	  "Europe/Berlin")
#define W_CONFIG_AUTHOR _("not an e-mail address: %.*s")
#define W_CONFIG_PATH                                                          \
	_("a path must begin with / or ~/ (quote one that has blanks): %.*s")

#define W_CONFIG_LULL                                                          \
	_("[vesper] lull must be shorter than [vesper] idle; both are at "     \
	  "their defaults")
#define W_CONFIG_IDLE                                                          \
	_("[vesper] idle must not be longer than [stretch] break; both are "   \
	  "at their defaults")
#define W_CONFIG_WORKDAY _("no [workday \"%s\"] in this file; no rota holds")
#define W_CONFIG_WORKDAY_NEAR                                                  \
	_("no [workday \"%s\"] in this file, the nearest is %s; no rota holds")
#define W_CONFIG_CYCLE_LONG                                                    \
	_("there can be at most %d dates in a cycle; no rota holds")
#define W_CONFIG_CYCLE_EMPTY                                                   \
	_("a rota needs a cycle: workday names and off; no rota holds")
#define W_CONFIG_ROTA_START                                                    \
	_("a rota needs the date at which its cycle starts; no rota holds")
#define W_CONFIG_NO_DAYS                                                       \
	_("has no days and stands in no rota, so no date uses it")
/* TRANSLATORS: %s is the other section, such as: workday "night" */
#define W_CONFIG_OVERLAP                                                       \
	_("ends after [%s] of the next date starts; start and merge of both "  \
	  "are at their defaults")
#define W_CONFIG_BLOCK_OPEN                                                    \
	_("a protected block needs from and to; it is not used")
#define W_CONFIG_BLOCK_EMPTY                                                   \
	_("the block ends when it begins; it is not used")
#define W_CONFIG_RETURN                                                        \
	_("a phased return needs start, weeks, from and to; none holds")
#define W_CONFIG_RETURN_ORDER                                                  \
	_("is less than [return] from: a return grows; none holds")

#define W_CONFIG_FILE_LARGE                                                    \
	_("%s is larger than %d KiB, so it is no config of Vesper's")
#define W_CONFIG_FILE_BINARY                                                   \
	_("%s holds a NUL byte, so it is no config of Vesper's")
#define W_CONFIG_FILE_READ _("cannot read %s")
#define W_CONFIG_FILE_DIRECTORY _("%s is a directory, not a file")
#define W_CONFIG_GET _("%s: there is no such option: see vesper config list")
#define W_CONFIG_GET_NEAR                                                      \
	_("%s: there is no such option; the nearest is %s")

/* --- config: what sections and keys are for ---------------------------------- */

#define W_EXAMPLE_HEAD                                                         \
	N_("Vesper's options with their defaults. Copy what you want to "      \
	   "change to ~/.config/vesper/config.ini; everything has a default, " \
	   "so an empty file will do. Lengths are written 90m, 1h30m or 45s, " \
	   "times of day 18:00, days Mon-Fri, or Mon, Wed, or daily. A line "  \
	   "that begins with ; or # is a comment, and so is what follows a "   \
	   "blank and a semicolon.")

#define W_SECTION_VESPER N_("How Vesper tells work from rest.")
#define W_SECTION_WORKDAY                                                      \
	N_("A working day. There can be several, [workday \"night\"]; the "   \
	   "last one whose days name a date's weekday holds for it. Without "  \
	   "any, Monday to Friday, 09:00 to 18:00.")
#define W_SECTION_STRETCH N_("Work without a break.")
#define W_SECTION_ROTA                                                         \
	N_("A cycle of working days that goes before the days of the week.")
#define W_SECTION_PROTECT                                                      \
	N_("Time that is not for work at all. There can be several.")
#define W_SECTION_RETURN                                                       \
	N_("A phased return to work: the limit of a day grows over some "      \
	   "weeks, in place of the limit of its section.")
#define W_SECTION_GIT N_("What git commands of yours meet after the end.")
#define W_SECTION_NOTIFY N_("Where notices appear and what holds them back.")
#define W_SECTION_MERGE N_("The mental merge at the end of a day.")
#define W_SECTION_BOUNDARY N_("What Vesper may switch at the end of a day.")
#define W_SECTION_ON                                                           \
	N_("A command for a notice: protect, merge, late, off, stretch, "      \
	   "morning, warn or protect-warn.")
#define W_SECTION_PRIVACY N_("What is kept.")

#define W_OPTION_TURN                                                          \
	N_("When one day becomes the next, unless somebody is still at work.")
#define W_OPTION_IDLE                                                          \
	N_("Without activity for this long, nobody is taken to be there. "     \
	   "At most [stretch] break.")
#define W_OPTION_LULL                                                          \
	N_("A pause in typing that is long enough for a notice. Shorter than " \
	   "idle.")
#define W_OPTION_PATIENCE                                                      \
	N_("How long a notice waits for a lull before it is given anyway.")
#define W_OPTION_REPEAT                                                        \
	N_("The distance at which notices are repeated at first.")
#define W_OPTION_TIMEZONE                                                      \
	N_("The zone of all times of day; empty: the system's.")

#define W_OPTION_DAYS                                                          \
	N_("The days of the week it holds for. Without days it serves the "    \
	   "rota alone; when it is the only workday and there is no rota, "    \
	   "Mon-Fri.")
#define W_OPTION_START N_("When the working day starts.")
#define W_OPTION_MERGE                                                         \
	N_("When it ends, with the mental merge. Not after start: on the next " \
	   "date.")
#define W_OPTION_WARN                                                          \
	N_("How long before the end to warn: up to 8 lengths, or nothing.")
#define W_OPTION_LIMIT                                                         \
	N_("The day also ends when this much was worked. Without it, there "   \
	   "is no limit.")
#define W_OPTION_EXTENSIONS N_("How often a day's end can be moved.")
#define W_OPTION_EXTENSION_MAX N_("How far it can be moved at once.")

#define W_OPTION_STRETCH_LIMIT                                                 \
	N_("After this long without a break, a break is offered.")
#define W_OPTION_BREAK                                                         \
	N_("A pause of this length is a break and does not count as work.")

#define W_OPTION_ROTA_START N_("A date at which the cycle starts.")
#define W_OPTION_CYCLE                                                         \
	N_("Names of workdays, and off, one for each date; up to 128.")

#define W_OPTION_BLOCK_DAYS N_("The days of the week on which it begins.")
#define W_OPTION_BLOCK_FROM N_("When it begins.")
#define W_OPTION_BLOCK_TO                                                      \
	N_("When it ends. Before from: on the next date.")
#define W_OPTION_LEAD N_("How long before it to say that it comes.")
#define W_OPTION_PRIVATE                                                       \
	N_("Say that the time is protected, but not by what.")

#define W_OPTION_RETURN_START N_("The first date of the return.")
#define W_OPTION_RETURN_WEEKS N_("How many weeks it takes.")
#define W_OPTION_RETURN_FROM N_("The limit in the first week.")
#define W_OPTION_RETURN_TO N_("The limit after the last week. At least from.")

#define W_OPTION_COMMITS                                                       \
	N_("A commit after the end: off (nothing), nudge (a sentence), "       \
	   "confirm (asks for a reason) or refuse.")
#define W_OPTION_PUSHES N_("The same for a push.")
#define W_OPTION_AUTHORS                                                       \
	N_("The e-mail addresses that are you. Empty: git's user.email.")
#define W_OPTION_REPOSITORIES                                                  \
	N_("Repositories that are always watched, beside those that are "      \
	   "worked in. Paths from / or ~/; one with blanks in double quotes.")

#define W_OPTION_DESKTOP N_("Show notices on the desktop.")
#define W_OPTION_EDITOR N_("Show notices in attached editors.")
#define W_OPTION_HOLD                                                          \
	N_("What holds notices back: fullscreen, call, or nothing.")
#define W_OPTION_INSIST                                                        \
	N_("Let the third notice of a kind be critical: it stays on the "      \
	   "desktop until it is answered, and asks in the editor.")
#define W_OPTION_SOUND N_("Let notices make a sound.")

#define W_OPTION_PACER N_("Offer a breathing pacer before the merge.")
#define W_OPTION_QUIET                                                         \
	N_("Switch on the desktop's do-not-disturb from the end of a day to "  \
	   "the start of the next.")
#define W_OPTION_RUN                                                           \
	N_("A command that is started when the notice is given.")
#define W_OPTION_PROJECTS                                                      \
	N_("What is kept of a project: full (its path), name (the last part "  \
	   "of it) or none.")
