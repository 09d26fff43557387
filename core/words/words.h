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

/* --- the engine's refusals; replay prints them untranslated ------------------ */

#define W_REFUSED_DAY_OFF N_("a day off has no end to move")
#define W_REFUSED_NONE_LEFT N_("no extensions left today")
#define W_REFUSED_PAST N_("not after now and the end in force")
#define W_REFUSED_TOO_LONG N_("more than extension_max at once")
#define W_REFUSED_NEXT_DAY N_("reaches into the next day")
#define W_REFUSED_OVERLAP N_("working windows would overlap")
#define W_REFUSED_TOO_MANY N_("more exceptions than can be kept")

/* --- replay ------------------------------------------------------------------ */

/* TRANSLATORS: the first %s is a JSON key, the second one of the next ones */
#define W_REPLAY_FIELD _("\"%s\" must be %s")
#define W_REPLAY_INSTANT                                                       \
	_("seconds of UTC or a time such as 2026-11-18T17:58:00+01:00")
#define W_REPLAY_LENGTH _("a length such as \"90m\"")
#define W_REPLAY_TIME _("a time of day such as \"09:00\"")
#define W_REPLAY_DATES                                                         \
	_("a date or two, such as \"2026-12-24..2026-12-26\"")
#define W_REPLAY_FLAG _("true or false")
#define W_REPLAY_TEXT _("a string")
#define W_REPLAY_EXTEND _("extend takes either \"until\" or \"for\"")
#define W_REPLAY_UNKNOWN _("there is no event \"%s\"")
#define W_REPLAY_JSON _("not JSON: %s")
#define W_REPLAY_OBJECT _("not a JSON object")
#define W_REPLAY_ZONE _("%s is not a time zone of this system")
#define W_REPLAY_ORDER _("out of order: %lld comes after %lld")
#define W_REPLAY_UNTIL                                                         \
	_("--until takes seconds of UTC or a time such as "                    \
	  "2026-11-18T17:58:00+01:00")

/* --- client: usage and help --------------------------------------------------- */

#define W_CLIENT_OUTPUT _("cannot write the output: %s")
#define W_CLIENT_USAGE _("usage: vesper %s %s\n")
#define W_CLIENT_USAGE_PLAIN _("usage: vesper %s%s\n")
#define W_CLIENT_NO_OPTION _("there is no option %s")
#define W_CLIENT_NO_VALUE _("%s needs a value: %s")
#define W_CLIENT_FEW _("an argument is missing")
#define W_CLIENT_MANY _("too many arguments")
#define W_CLIENT_UNKNOWN                                                       \
	_("there is no command \"%s\": see vesper --help")
#define W_CLIENT_UNKNOWN_NEAR                                                  \
	_("there is no command \"%s\"; the nearest is %s: see vesper --help")

#define W_HELP_HEAD                                                            \
	_("usage: vesper [COMMAND] [ARGUMENT...]\n"                            \
	  "\n"                                                                 \
	  "Without a command: vesper status.\n"                                \
	  "\n")
#define W_HELP_FOOT                                                            \
	_("\n"                                                                 \
	  "vesper help COMMAND shows its arguments; man vesper says more.\n")
#define W_HELP_STATUS N_("where the day stands")
#define W_HELP_MERGE N_("the mental merge: note what is open, close the day")
#define W_HELP_NOTE N_("print a day's note")
#define W_HELP_MORNING N_("hand back the last note")
#define W_HELP_EXTEND N_("move the end of today")
#define W_HELP_CARRY N_("carry on knowingly: no late notices until then")
#define W_HELP_SNOOZE N_("hold back stretch notices")
#define W_HELP_BREAK N_("take a break now")
#define W_HELP_ONCALL N_("be on call: no end of the day until then")
#define W_HELP_OFF N_("make dates days off, or undo that")
#define W_HELP_TODAY N_("give today another window")
#define W_HELP_REPORT N_("what a day held")
#define W_HELP_PLAN N_("the coming days: windows, warnings, ends")
#define W_HELP_WHY N_("which rule spoke last, what waits, what comes next")
#define W_HELP_START N_("start the daemon when none runs")
#define W_HELP_STOP N_("end the daemon")
#define W_HELP_RELOAD N_("let the daemon read the config again")
#define W_HELP_ATTACH N_("an editor's helper: JSON lines to the daemon and back")
#define W_HELP_DOCTOR N_("check every part, and say how to mend it")
#define W_HELP_CONFIG N_("check, list or look up options")
#define W_HELP_REPLAY N_("run the rules over recorded events")
#define W_HELP_HELP N_("this list, or one command")
#define W_HELP_COMPLETE N_("print a completion script")
#define W_COMPLETE_SHELL _("completion is there for bash, zsh and fish")

/* --- client: config ------------------------------------------------------------ */

#define W_CONFIG_WARNING _("%s (a warning)\n")
#define W_CONFIG_FINE _("%s: no problems\n")
#define W_CONFIG_SEE_CHECK                                                     \
	_("%s has values that are not used: see vesper config check")
#define W_CONFIG_WHICH_KEY _("get needs a key, such as vesper.idle")
#define W_CONFIG_WHAT _("config takes check, list, get or path")

/* --- client: talking to the daemon ---------------------------------------------- */

#define W_LINK_NONE _("no daemon runs: start it with vesper start")
#define W_LINK_READ _("cannot read from the daemon")
#define W_LINK_WRITE _("cannot write to the daemon")
#define W_LINK_SILENT                                                          \
	_("the daemon did not answer within %d seconds: try vesper doctor, "   \
	  "or end it and run vesper start")
#define W_LINK_HUNG_UP                                                         \
	_("the daemon closed the connection: try again, or see vesper doctor")
#define W_LINK_LONG _("the daemon's answer is too long")
#define W_LINK_STRANGE                                                         \
	_("what answers on the socket is no vesperd that this program knows: " \
	  "run vesper stop, then vesper start")
#define W_LINK_PROTOCOL                                                        \
	_("the daemon speaks protocol %d, this program %d: run vesper stop, "  \
	  "then vesper start")
#define W_TALK_NOT_UTF8 _("an argument is not UTF-8")
#define W_LAUNCH _("cannot start %s")
#define W_LAUNCH_DIED                                                          \
	_("vesperd ended at once: vesperd --foreground says why")
#define W_LAUNCH_SLOW                                                          \
	_("vesperd did not answer within %d seconds: vesperd --foreground "    \
	  "says why")
#define W_STARTED _("vesperd was started")
#define W_RUNS _("vesperd runs already")
#define W_STOPPED _("vesperd was stopped")
#define W_ATTACH _("cannot run %s: %s: is Vesper installed whole?")
#define W_PLAN_DAYS _("--days takes a number from 1 to 366")

/* --- client: status ------------------------------------------------------------ */

#define W_STATUS_BOTH _("--json and --format exclude each other")
#define W_STATUS_OFF _("a day off")
#define W_STATUS_ENDS _(", ends at %s")
#define W_STATUS_CLOSED _(", closed")
/* TRANSLATORS: what stands in braces is filled in; leave it as it is */
#define W_STATUS_NOW _("now {now}, {regime}")
#define W_STATUS_LEFT _(", %s to the end")
#define W_STATUS_PAST _(", %s past the end")
#define W_STATUS_WORKED _("worked {worked}")
#define W_STATUS_STRETCH _(", without a break for %s of %s")
#define W_STATUS_NEXT _("next: {next} at {next_at}\n")
#define W_STATUS_TOOLTIP                                                       \
	_("{date}: {start}-{end}, {regime}, worked {worked}")
#define W_STATUS_ONCALL _("on call until")
#define W_STATUS_CARRY _("no late notices until")
#define W_STATUS_SNOOZE _("no stretch notices until")
#define W_STATUS_SOURCES _("last heard of: ")
#define W_STATUS_NOTE _("a note is waiting: vesper morning hands it back")
#define W_STATUS_PROBLEMS                                                      \
	_("the config has %lld problems: see vesper config check\n")
#define W_STATUS_CLOCK _("on a %s clock\n")

/* --- client: merge and notes ---------------------------------------------------- */

#define W_EDITOR_PLACE _("cannot make a place for the note")
#define W_EDITOR_RUN _("cannot run the editor %s")
#define W_EDITOR_FAILED _("the editor ended with an error: %s")
#define W_EDITOR_LARGE _("%s is larger than 1 MiB")
/* TRANSLATORS: %s is the reason */
#define W_MERGE_NOT _("%s; the day is not merged")
#define W_MERGE_EMPTY                                                          \
	_("the note is empty; the day is not merged (--no-edit merges without" \
	  " a note)")
#define W_MERGE_KEPT _("what you wrote is kept in %s")
#define W_MERGE_ONE _("-m, --no-edit and --undo exclude each other")

/* --- client: report ------------------------------------------------------------- */

#define W_REPORT_WHICH _("report takes day or a date (YYYY-MM-DD)")
#define W_REPORT_OFF _("%s: a day off\n")
#define W_REPORT_WORK _("%s: a working day")
#define W_REPORT_CLOSED _(", closed")
#define W_REPORT_NOTHING _("nothing was recorded\n")
/* TRANSLATORS: a length, then two times of day */
#define W_REPORT_WORKED _("worked         %s, from %s to %s\n")
#define W_REPORT_LONGEST _("longest        %s without a break\n")
#define W_REPORT_END _("end            %s\n")
#define W_REPORT_END_MOVED _("end            %s, moved to %s\n")
#define W_REPORT_BREAKS _("breaks         ")
#define W_REPORT_EXTENSION _("extended       at %s to %s")
#define W_REPORT_COMMITS _("commits        %lld")
#define W_REPORT_MACHINE _(", and %lld by programs")
#define W_REPORT_LATE _("late commit    %s %s")
#define W_REPORT_REPOSITORY                                                    \
	_("  %lld commits, +%lld -%lld lines")
#define W_REPORT_MERGES _(", %lld merges")
#define W_REPORT_REWRITTEN _(", %lld rewritten")
#define W_REPORT_UNREAD _("  not read: %s\n")
#define W_REPORT_OPEN _("  open: ")
#define W_REPORT_DIRTY _("%lld changed files")
#define W_REPORT_UNTRACKED _("%lld untracked")
#define W_REPORT_STASHES _("%lld stashed")
#define W_REPORT_UNPUSHED _("%lld commits of %s not pushed")

/* --- client: doctor -------------------------------------------------------------- */

#define W_DOCTOR_DAEMON _("daemon")
#define W_DOCTOR_CONFIG _("config")
#define W_DOCTOR_RUNS _("runs, version %s")
#define W_DOCTOR_START _("vesper start")
#define W_DOCTOR_CONFIG_OK _("%s: no problems")
#define W_DOCTOR_CONFIG_BAD _("%s: %zu problems")
#define W_DOCTOR_CONFIG_MEND _("vesper config check lists them")
#define W_DOCTOR_PRESENT _("%s is there")
#define W_DOCTOR_ABSENT _("%s cannot be run")
#define W_DOCTOR_INSTALL _("install Vesper whole, or set VESPER_LIBEXEC")
