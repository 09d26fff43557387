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

/* One of two for a count n, or of as many as the language has. */
const char *words_count(const char *one, const char *many, long long n)
	__attribute__((format_arg(1), format_arg(2)));
#define P_(one, many, n) words_count(one, many, n)

/* For tables: the text itself, translated where it is shown. */
#define N_(text) text

/* A day of the week in short; 0 is Monday. */
const char *words_weekday(int i);

/* Chooses the language from the environment; once, at the start of main(). */
void words_init(void);

/* --- notices: buttons (at most 12 characters, the verb first) -------------- */
#define W_BUTTON_MERGE N_("Merge")
#define W_BUTTON_PLUS N_("+15 min")
#define W_BUTTON_SNOOZE N_("Later")
#define W_BUTTON_CARRY N_("Carry on")
#define W_BUTTON_READ N_("Read")

/* --- notices: titles (about 30 characters: servers cut longer ones; the name
 * of a block comes last, for it may be written from right to left) ----------- */
/* %s: a time of day; a length; a date */
#define W_TITLE_WARN _("%s: the day ends in %s")
#define W_TITLE_WARN_LIMIT _("%s of %s worked today")
#define W_TITLE_MERGE _("%s: the end of today's work")
#define W_TITLE_MERGE_LIMIT _("%s worked: the end of the day")
#define W_TITLE_LATE _("%s: %s past the end")
#define W_TITLE_STRETCH _("%s without a break")
#define W_TITLE_OFF _("Today is a day off")
#define W_TITLE_PROTECT _("Until %s: %s")
#define W_TITLE_PROTECT_PRIVATE _("Protected until %s")
#define W_TITLE_PROTECT_WARN _("%s, in %s: %s")
#define W_TITLE_PROTECT_WARN_PRIVATE _("%s: protected time in %s")
#define W_TITLE_MORNING _("There is a note from %s")
#define W_PROTECTED_TIME _("protected time")

/* --- notices: bodies -------------------------------------------------------- */
#define W_BODY_WARN _("`vesper extend 30m` moves the end, `vesper merge` closes the day.")
#define W_BODY_WORKED _("Worked %s, longest stretch %s, %s.")
#define W_BODY_NO_COMMITS _("no commits")
#define W_BODY_COMMITS(n) P_("%d commit", "%d commits", n)
#define W_BODY_OPEN _("Open: %s.")
#define W_BODY_NOTHING_OPEN _("Nothing uncommitted, nothing unpushed.")
#define W_BODY_NOTHING_DIRTY _("Nothing uncommitted; there is no remote to push to.")
#define W_BODY_LATE _("`vesper merge` closes the day, `vesper extend 30m` moves its end, `vesper carry` ends these words for today.")
/* the same without extensions, and on a day that is closed */
#define W_WAYS_NOT_EXTEND _("`vesper merge` closes the day, `vesper carry` ends these words for today.")
#define W_WAYS_CLOSED _("`vesper carry` ends these words for today.")
#define W_BODY_STRETCH _("`vesper snooze 15m` asks for quiet, `vesper break` begins a break.")
#define W_BODY_OFF _("`vesper today 10:00-14:00` makes it a working day.")
#define W_BODY_PROTECT _("`vesper carry` ends these words for today.")
#define W_BODY_MORNING _("`vesper morning` shows it.")
/* what a repository has open, joined by commas */
#define W_OPEN_CHANGED N_("%d changed")
#define W_OPEN_UNTRACKED N_("%d new")
#define W_OPEN_UNPUSHED N_("%d not pushed")
#define W_OPEN_STASHED N_("%d stashed")
#define W_OPEN_UNREAD _("not read: %s")

/* --- lengths ---------------------------------------------------------------- */
#define W_LENGTH_HM _("%lld h %lld min")
#define W_LENGTH_H _("%lld h")
#define W_LENGTH_M _("%lld min")
#define W_LENGTH_S _("%lld s")

/* --- after a commit or push, on the terminal -------------------------------- */
/* the second %s: how long; the last: W_BODY_WARN or what is left of it */
#define W_VERDICT_LATE _("vesper: %s, %s after the end of the day. %s")
#define W_VERDICT_OFF _("vesper: today is a day off. `vesper today HH:MM-HH:MM` makes it a working day.")
#define W_VERDICT_PROTECTED _("vesper: until %s this time is protected. `vesper carry` if it is meant.")

#define W_BLOCK_CONFIRM _("The commit waits for a reason: VESPER_REASON='why' git commit ... goes on.")
#define W_BLOCK_REFUSE _("The commit was not made; `git commit --no-verify` makes it all the same.")
#define W_BLOCK_CONFIRM_PUSH _("The push waits for a reason: VESPER_REASON='why' git push ... goes on.")
#define W_BLOCK_REFUSE_PUSH _("Nothing was pushed; `git push --no-verify` does it all the same.")

/* --- answers to orders ------------------------------------------------------ */
#define W_EXTENDED _("The day now ends at")
#define W_EXTENSIONS_LEFT _("Extensions left today: %d.")
#define W_MERGED_TITLE _("The day is closed")
#define W_NOTE_SAVED _("The note is in %s.")
#define W_NOTE_NOT_YET _("There is no note; one can be written in %s.")
#define W_NOT_MERGED _("the day is not closed, so there is nothing to undo")
#define W_DAY_OVER _("that day is over and stays closed: `vesper day edit` puts it right")
#define W_REOPENED _("The day is open again.")
#define W_END_IS _("It ends at")
#define W_CARRY_UNTIL _("Carrying on until")
#define W_CARRY_DAY _("No further word about the time today.")
#define W_ONCALL_UNTIL _("On call until")
#define W_ONCALL_OFF _("No longer on call.")
#define W_SNOOZED _("No word about breaks before")
#define W_BREAK _("A break, until")
#define W_OFF_ONE _("a day off.")
#define W_OFF_DONE _("days off.")
#define W_OFF_NONE _("no days off are left to undo here: name the dates, as in `vesper off Fri --undo`")
#define W_DATES_PAST _("those dates are over")
#define W_OFF_UNDONE _("as the config says.")
#define W_TODAY_IS _("Today is from %s to %s.")
#define W_RELOADED _("The config was read again.")
/* TRANSLATORS: behind the sentence before, with a blank in between */
#define W_RELOADED_PROBLEMS _(" Problems in it: %zu, `vesper config check` lists them.")
#define W_DAEMON_ENDS _("vesperd ends.")
#define W_REFUSED_TITLE _("Not possible")
#define W_NOTICE_GONE _("that notice is no longer up")
#define W_NO_DAY_OFF _("today is a day off and has no end to move: `vesper today HH:MM-HH:MM` makes it a working day")
#define W_NO_NONE_LEFT _("no extensions are left today: `vesper carry` carries on without one")
#define W_NO_PAST _("that is not after the end of the day.")
#define W_REFUSED_END_IS _("It ends at")
#define W_NO_TOO_LONG _("that is more than one extension may be.")
#define W_REFUSED_AT_MOST _("At most")
#define W_NO_NEXT_DAY _("that reaches into the next day.")
#define W_REFUSED_TURNS _("This one turns at")
#define W_NO_OVERLAP _("that would overlap the working time of a day beside it")
#define W_NO_TOO_MANY _("too many exceptions are stored: undo some with `vesper off --undo`")
#define W_WHEN_MISSING _("until when? Write a time (18:45) or a length (30m)")
#define W_WHEN_UNREADABLE _("that is neither a time (18:45, tomorrow 09:00, Fri) nor a length (30m, 1h30m)")
#define W_WHEN_PAST _("that time is over")
#define W_WHEN_TOMORROW _("tomorrow")
#define W_WHEN_YESTERDAY _("yesterday")
#define W_DATES_REVERSED _("the second date lies before the first")
#define W_DATES_MANY _("a range may be a year long: give the rest in a second command")
#define W_DATES_UNREADABLE _("which dates? Write today, tomorrow, Fri, 2026-12-24, or a range: Fri..Sun")
#define W_WINDOW_UNREADABLE _("from when to when? Write HH:MM-HH:MM, such as 09:00-17:00")

/* --- the line in the editor's status line ----------------------------------- */
#define W_LINE_NORMAL _("until %s")
#define W_LINE_OVER _("over since %s")
#define W_LINE_CLOSED _("closed")
#define W_LINE_OFF _("day off")
#define W_LINE_ONCALL _("on call until %s")
#define W_LINE_PROTECTED _("protected until %s")

/* --- notes ------------------------------------------------------------------- */
#define W_NOTE_READ _("cannot read %s")
#define W_NOTE_WRITE _("cannot write %s")
#define W_NOTE_BESIDE _("cannot write beside %s")
#define W_NOTE_NONE_YET _("there is no note yet")
#define W_NOTE_NONE _("there is no note of that day")
#define W_DRAFT_HELP _("# What is above becomes the note of %s, and saving it closes\n# the day. Lines that begin with '#' are left out. An empty note closes nothing.\n")
#define W_DRAFT_DONE _("Done")
#define W_DRAFT_OPEN _("Open")
#define W_DRAFT_OPEN_HELP _("# Behind an arrow: where, when and how it goes on. Delete what does not matter.")
#define W_DRAFT_FIRST _("First thing tomorrow")
#define W_DRAFT_ELSE _("Anything else on your mind")

#define W_DRAFT_PROMISED _("Extensions and on-call times")
/* TRANSLATORS: a time of day; a time of day; the reason or nothing */
#define W_DRAFT_EXTENDED _("- at %s: the end at %s%s%s\n")
#define W_DRAFT_ONCALL _("- at %s: on call until %s%s%s\n")
#define W_DRAFT_ENDED _("- last at work at %s\n")
/* TRANSLATORS: a list of files */
#define W_DRAFT_CHANGED _("changed: %s")
#define W_DRAFT_MORE _(", and %d more")
#define W_DRAFT_UNPUSHED _("%s: %lld not pushed")
#define W_DRAFT_NEVER_PUSHED(n)                                                \
	P_("%s: never pushed, %lld commit", "%s: never pushed, %lld commits", n)
#define W_DRAFT_STASHED _("stashed today: %d")
#define W_DRAFT_STATE _("%s in progress")
#define W_DRAFT_UNREAD _("could not be read: %s")
/* TRANSLATORS: an editor's name; a file and a line */
#define W_DRAFT_PLACE _("%s was at %s:%d")

/* --- the morning ---------------------------------------------------------------- */
#define W_MORNING_NOTHING _("there is no note of an earlier day")
/* TRANSLATORS: a date, a time of day */
#define W_MORNING_UNMERGED _("%s ended at %s")
#define W_MORNING_PUT_RIGHT _("There was no merge. `vesper day edit %s` puts it right, if it was otherwise.")
#define W_MERGE_EMPTIED _("the note is empty, so the day stays open; `vesper merge --no-edit` closes it without one")

/* --- export, forget ------------------------------------------------------------ */
#define W_FORGET_FAILED _("the history cannot be written: see `vesper doctor`")
#define W_FORGET_READ                                                          \
	_("it is out of the record, but not out of the log of the database "   \
	   "yet, because another program is reading it: close that one and "   \
	   "forget once more")
#define W_FORGET_PROJECT _("which project? Write its path, as vesper report shows it")
#define W_FORGET_TODAY _("only days before today can be forgotten")
#define W_FORGOTTEN(n)                                                         \
	P_("Forgotten: %lld event, and what was summed up of it. Notes are "   \
	   "your own files and stay.",                                         \
		"Forgotten: %lld events, and what was summed up of them. "     \
		"Notes are your own files and stay.",                          \
		n)
#define W_FORGOTTEN_NONE _("No event was recorded of %s; if that is not its path, nothing of the project is forgotten.")
/* TRANSLATORS: behind the sentence before, with a blank in between */
#define W_FORGOTTEN_ASIDE _(" Files that were set aside are gone as well: %d.")

#define W_IMPORT_BAD _("import: an interval is [start, end, project]")
#define W_IMPORTED _("Imported. Intervals of today and later are left out of reports until their day is over.")
#define W_IMPORT_LINE _("%s:%d: not a line of timewarrior's")
#define W_HELP_IMPORT N_("take over what timewarrior recorded")

/* --- vesper day edit ---------------------------------------------------------- */
/* TRANSLATORS: start, end, work and pause stay as they are */
#define W_CORRECT_HEAD _("# %s, as it was recorded:\n")
#define W_CORRECT_HEAD_NOTHING _("# %s: nothing was recorded.\n")
#define W_CORRECT_BEFORE _("# put right before (delete a line to take it back):\n")
#define W_CORRECT_HELP _("#\n# Change a word or a time, add a line, or delete one that was not so:\n#   start HH:MM, end HH:MM       when the day really began, ended\n#   work HH:MM-HH:MM             it was work: a meeting, a call\n#   pause HH:MM-HH:MM            it was none\n# Lines left as they are change nothing, and what was recorded is kept\n# beside what you say. Lines that begin with '#' are left out.\n")
#define W_CORRECT_LINE _("'%s' is not understood: write start 09:00, end 18:00, work 13:00-14:00 or pause 12:00-12:30")
#define W_CORRECT_AHEAD _("'%s' lies in the future")
#define W_CORRECT_PAST _("'%s' does not end after it begins")
#define W_CORRECT_MANY _("a day takes at most 200 corrections")
#define W_CORRECT_STORE _("the history cannot be written: see `vesper doctor`")
#define W_CORRECT_FUTURE _("that day has not begun")
/* TRANSLATORS: a date, a number */
#define W_CORRECT_DONE _("%s: corrections kept beside the record: %d.")
#define W_CORRECT_NONE _("%s is as it was recorded.")

/* --- the daemon's own state --------------------------------------------------- */
#define W_DAEMON_RUNS _("Vesper runs. `vesper status` says where the day stands; Ctrl-C ends it.")
#define W_DAEMON_USAGE                                                         \
	_("usage: vesperd [--foreground] [--clock INSTANT[,xN|,step]]\n"       \
	  "\n"                                                                 \
	  "  --foreground     notices also go to this terminal\n"              \
	  "  --clock INSTANT  begin at an instant (2026-11-18T17:58:00+01:00) " \
	  "and\n"                                                              \
	  "                   go N times as fast (,xN) or only when told "     \
	  "(,step)\n"                                                          \
	  "  --version, --help\n")
#define W_CLOCK_PACE _("--clock: '%s' is neither xN nor step")
#define W_CLOCK_START                                                          \
	_("--clock: '%s' is no instant: write it as "                          \
	  "2026-11-18T17:58:00+01:00")
#define W_CLOCK_TIMER _("cannot make a timer")
#define W_ROOT _("running as root: the record will be root's, not yours")
#define W_SUDO _("vesperd belongs to one user: run it without sudo")
#define W_CONFIG_UNUSABLE_TITLE _("The config could not be read")
#define W_CONFIG_DEFAULTS _("%s; the defaults hold until it is mended")
#define W_CONFIG_STAYS _("%s; the config in force stays")
#define W_CONFIG_TITLE _("Some config lines are not used")
#define W_TROUBLE_TITLE _("Vesper needs a look")
#define W_STORE_ASIDE _("the history could not be read as a database and was set aside as %s; a new one was begun")
#define W_NO_ANSWER _("the answer holds a name that is not UTF-8")
#define W_UNKNOWN_EVENT _("unknown event: activity, away, back, busy and free are known")
#define W_NOT_KEPT _("not written down: see `vesper doctor`")
#define W_STORE_NEWER _("the history was written by a newer Vesper: install that one again; until then what happens is kept beside it, in %s")
#define W_STORE_HELD _("the history cannot be written (%s): what happens is kept in %s and read back when it can")
#define W_STORE_NOWHERE _("neither the history nor %s can be written: free some space or look at the permissions; what happens is kept in memory, orders are refused")
#define W_STORE_BACK _("the history can be written again; nothing is missing")
#define W_STORE_RESTARTED _("the history was found damaged while running and was set aside as %s; a new one was begun")
#define W_SECOND _("a vesperd runs already")
#define W_STORE_TAKEN _("the history in %s is kept by another vesperd (process %d), which listens at another socket: end it, or set XDG_RUNTIME_DIR or VESPER_SOCKET as it has them")
#define W_SOCKET_AGAIN _("the socket was taken away; vesperd listens at %s again")
#define W_SOCKET_LOST _("the socket was taken away, and cannot be made anew (%s): vesperd ends")
#define W_DESKTOP_ENDED _("the desktop helper ended: it is started again")
#define W_DESKTOP_NO_START _("the desktop helper could not be started: notices go to the editors and the terminal")
#define W_DESKTOP_NOT_SHOWN _("the notice could not be shown: %s")
#define W_DESKTOP_SILENT _("the desktop helper does not answer: it is started again")
#define W_DIGEST_BUSY _("not asked: too many questions at once")

/* --- vesper why, vesper plan ---------------------------------------------------- */
#define W_HOLD_ABSENT _("nobody is typing")
#define W_HOLD_AWAY _("the screen is locked or a break was taken")
#define W_HOLD_BUSY _("held by %s")
#define W_HOLD_REGIME _("not now: %s")
#define W_HOLD_SEAM _("waits for a pause or a commit,")
#define W_HOLD_CARRY _("you carry on")
#define W_HOLD_SNOOZE _("you asked for quiet")
#define W_HOLDER_FULLSCREEN _("a full screen")
#define W_HOLDER_CALL _("a call")
#define W_HOLDER_UNKNOWN _("do-not-disturb")
#define W_UNTIL _("until %s")
#define W_UNTIL_TURN _("until the day turns")
#define W_REGIME_NORMAL N_("working time")
#define W_REGIME_OVER N_("the day is over")
#define W_REGIME_OFF N_("a day off")
#define W_REGIME_ONCALL N_("on call")
#define W_REGIME_PROTECTED N_("protected time")
#define W_WHY_DUE _("Due, and held back:")
#define W_WHY_NEXT _("Next:")
#define W_WHY_NEVER _("not today")
/* %s: the desktop or its notification server, such as dunst */
#define W_WHY_DND _("Do-not-disturb is on (%s): the desktop lists notices without showing them. Editors show them.")
/* %s: who holds notices back: a full screen, a call */
#define W_WHY_HELD _("Holds notices back: %s.")
#define W_HOLDER_SOMEBODY _("somebody")
#define W_WHY_NOTHING_SAID _("Nothing was said yet.")
#define W_WHY_LAST _("Said last:")
#define W_WHY_REGIME _("Now: %s")
#define W_WHY_NOTHING_DUE _("Nothing is due.")
#define W_PLAN_LIMIT _(", at most %s of work")
#define W_PLAN_MOVED _(", moved to %s")
#define W_PLAN_WARN _(", warnings at ")
#define W_PLAN_EXCEPTION _("(an exception you made)")
#define W_PLAN_CLOCK_CHANGE _("(the clock changes)")
/* What a notice is called, and the rule behind it, by its name; see words.c.
 * One that is not known is called by its name. */
const char *words_notice(const char *name);
const char *words_rule(const char *name);

/* --- wire: what a line that cannot be used is answered ----------------------------- */
#define W_HELLO_FIRST _("say hello first: {\"hello\":1,\"as\":\"...\"}")
#define W_OTHER_PROTOCOL _("this vesperd speaks another protocol: install the same version of vesper and vesperd, then run `vesper stop`")
#define W_UNKNOWN_VERB _("unknown verb: a line has event, do, get or clock")
#define W_UNKNOWN_QUESTION _("unknown question: this vesperd may be older than its client; run `vesper stop` and try again")
#define W_UNKNOWN_ORDER _("unknown order: this vesperd may be older than its client; run `vesper stop` and try again")
#define W_ANSWER_HOW _("answer: give n and action")
#define W_CLOCK_SET _("the clock was set by %+lld s")
#define W_CLOCK_NO_STEP _("only a clock started with --clock ...,step is moved")
#define W_CLOCK_HOW _("write a length such as +10m, or an instant that is not past")
#define W_CLOCK_ZONE _("that is no time zone of this system; write one such as Europe/Berlin")
#define W_EXPORT_FROM _("\"from\" must be the \"next\" of the page before")
#define W_PLAN_SPAN _("days: from 1 to 366")
#define W_DAY_UNREADABLE _("which day? Write today, yesterday, Fri or 2026-11-18")

/* --- quiet, commands for notices ---------------------------------------------- */
#define W_QUIET_UNWRITTEN _("what do-not-disturb was could not be written down")
/* %s: why */
#define W_QUIET_NOT _("do-not-disturb could not be switched: %s")
/* %s: a notice; why */
#define W_ON_NOT_STARTED _("[on %s] run: cannot be started: %s")
#define W_ON_UNREADABLE _("[on %s] run: a quote is not closed, or there is no command")
#define W_ON_SAYS _("[on %s] run: %s")
#define W_ON_FAILED _("[on %s] run: ended with status %d")
#define W_ON_SIGNAL _("[on %s] run: ended by signal %d")
#define W_ON_SLOW _("[on %s] run: ended after %d seconds; what takes longer puts itself into the background")

/* --- vesper doctor ------------------------------------------------------------------ */
#define W_DOCTOR_MEND_CONFIG _("mend the line; it is read again when the file is saved")
#define W_DOCTOR_MEND_FILE _("mend the file; until it can be read the config from before it holds")
#define W_DOCTOR_MEND_ASIDE _("what was set aside stays where it is; if it happens again, look after the health of the disk")
#define W_DOCTOR_MEND_HISTORY _("look after the disk (its room, its permissions, its health), then `vesper stop` and `vesper start`")
#define W_DOCTOR_SPOOL_REFUSED _("events that found no daemon and were not taken, in the future, too far back or not readable: %d")
#define W_DOCTOR_DESKTOP_OFF _("switched off: `desktop = no` in [notify]")
#define W_DOCTOR_NO_SERVER _("no notification server: notices go to editors and to the terminal of vesperd")
#define W_DOCTOR_MEND_SERVER _("start one, such as dunst or mako, in the session of vesperd")
#define W_DOCTOR_MEND_QUIET _("switch it by hand, or leave `quiet` out of [boundary]")
#define W_DOCTOR_NO_EDITOR _("no editor is attached")
#define W_DOCTOR_MEND_EDITOR _("type something in Vim or Neovim with the plugin installed: see the README")
#define W_DOCTOR_EDITORS _("%d attached")
#define W_SIGHT_SILENT _("%s: not heard of since %s %s, while others are")
#define W_SIGHT_SILENT_MEND _("where it is still in use, start it anew, or install its part of Vesper again")
#define W_SIGHT_HOOK _("%s: the last %d commits came without the hook that told of those before")
#define W_SIGHT_HOOK_MEND _("`vesper hooks status` says what is there, `vesper hooks install` puts it back")
#define W_SIGHT_WATCH(n)                                                       \
	P_("%d repository is looked at only when a hook or an editor rings: "  \
	   "the system has no watches left",                                   \
		"%d repositories are looked at only when a hook or an editor " \
		"rings: the system has no watches left",                       \
		n)
#define W_SIGHT_WATCH_MEND _("raise fs.inotify.max_user_watches")
#define W_SIGHT_PROTOCOL _("%s, which speaks protocol %d, was turned away on %s at %s: this vesperd speaks %d")
#define W_SIGHT_PROTOCOL_MEND _("install the same version of both, then start it anew")
/* TRANSLATORS: a length such as 2h5m, a date, a time */
#define W_SIGHT_CLOCK_BACK _("the clock was set back by %s on %s at %s; the record goes on as if it had not been")
#define W_SIGHT_CLOCK_ON _("the clock was set forward by %s on %s at %s; the record goes on from there")
#define W_DOCTOR_SOURCE _("%s: last heard of %s %s")
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
#define W_CONFIG_QUOTE _("a quote is not closed, or nothing follows the last \\")
#define W_CONFIG_LENGTH _("not a length; write 90m, 1h30m or 45s")
#define W_CONFIG_LENGTH_RANGE _("must be from %s to %s")
#define W_CONFIG_TIME _("not a time of day; write 00:00 to 23:59, the hour with two digits")
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
#define W_CONFIG_AUTHOR _("an e-mail address has an @ within")
#define W_CONFIG_PATH                                                          \
	_("a path must begin with / or ~/ (quote one that has blanks)")

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
	_("is less than [return] from; no phased return holds")

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
	N_("How long before the end to warn: up to 8 lengths; empty: no "   \
	   "warnings.")
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
	N_("Names of workdays, and off, one for each date, as many as the "   \
	   "line holds.")

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
	N_("The e-mail addresses that are you. Git's user.email is you, too.")
#define W_OPTION_REPOSITORIES                                                  \
	N_("Repositories that are always watched, beside those that are "      \
	   "worked in. Paths from / or ~/; one with blanks in double quotes.")

#define W_OPTION_DESKTOP N_("Show notices on the desktop.")
#define W_OPTION_EDITOR N_("Show notices in attached editors.")
#define W_OPTION_HOLD                                                          \
	N_("What holds notices back: fullscreen, call; empty: neither.")
#define W_OPTION_INSIST                                                        \
	N_("Let the third notice of a kind be critical: it stays on the "      \
	   "desktop until it is answered, and asks in the editor.")
#define W_OPTION_SOUND N_("Let notices make a sound.")

#define W_OPTION_PACER                                               \
	N_("Offer three slow breaths before a day's second extension, and "    \
	   "each later one.")
#define W_OPTION_QUIET                                                         \
	N_("Switch on the desktop's do-not-disturb from the end of a day to "  \
	   "the start of the next.")
#define W_OPTION_RUN                                                           \
	N_("A command that is started when the notice is given.")
#define W_OPTION_PROJECTS                                                      \
	N_("What is kept of a project: full (its path), name (the last part "  \
	   "of it) or none. Only with full are repositories read for reports "  \
	   "and notes.")

/* --- the engine's refusals; replay prints them untranslated ------------------ */

#define W_REFUSED_DAY_OFF N_("a day off has no end to move")
#define W_REFUSED_NONE_LEFT N_("no extensions left today")
#define W_REFUSED_PAST N_("not after now and the end in force")
#define W_REFUSED_TOO_LONG N_("more than extension_max at once")
#define W_REFUSED_NEXT_DAY N_("reaches into the next day")
#define W_REFUSED_OVERLAP N_("working windows would overlap")
#define W_REFUSED_TOO_MANY N_("more exceptions than can be kept")

/* --- members of a line, from the socket or a replay file --------------------- */

/* TRANSLATORS: the first %s is a JSON key, the second one of the next ones */
#define W_FIELD_WRONG _("\"%s\" must be %s")
#define W_FIELD_FLAG _("true or false")
#define W_FIELD_TEXT _("a string")
#define W_FIELD_NUMBER _("a whole number")
#define W_FIELD_NUMBER_OR_TEXT _("a whole number or a string")
#define W_FIELD_LIST _("a list")
#define W_REPLAY_INSTANT                                                       \
	_("seconds of UTC or a time such as 2026-11-18T17:58:00+01:00")
#define W_REPLAY_LENGTH _("a length such as \"90m\"")
#define W_REPLAY_TIME _("a time of day such as \"09:00\"")
#define W_REPLAY_DATES                                                         \
	_("a date or two, such as \"2026-12-24..2026-12-26\"")

/* --- replay ------------------------------------------------------------------ */
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
#define W_CLIENT_TWICE _("%s is given twice")
#define W_CLIENT_EMPTY _("an argument is empty")
#define W_CLIENT_FEW _("an argument is missing")
#define W_CLIENT_MANY _("too many arguments")
#define W_CLIENT_UNKNOWN                                                       \
	_("there is no command \"%s\": see vesper --help")
#define W_CLIENT_UNKNOWN_OPTION                                                \
	_("there is no option %s before a command: see vesper --help")
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
#define W_HELP_REPORT N_("what a day, a week, a month, a year held")
#define W_HELP_DAY N_("put a day right: start, end, work, a pause")
#define W_HELP_EXPORT N_("print everything that was recorded")
#define W_HELP_FORGET N_("delete what was recorded, for good")
#define W_HELP_PLAN N_("the coming days: windows, warnings, ends")
#define W_HELP_WHY N_("which rule spoke last, what waits, what comes next")
#define W_HELP_START N_("start the daemon when none runs")
#define W_HELP_STOP N_("end the daemon")
#define W_HELP_RELOAD N_("let the daemon read the config again")
#define W_HELP_ATTACH N_("an editor's helper: JSON lines to the daemon and back")
#define W_HELP_HOOKS N_("git hooks: put them in, take them out, see who owns them")
#define W_HELP_DOCTOR N_("check every part, and say how to mend it")
#define W_HELP_CONFIG N_("check, list or look up options")
#define W_HELP_REPLAY N_("run the rules over recorded events")
#define W_HELP_HELP N_("this list, or one command")
#define W_HELP_COMPLETE N_("print a completion script")
#define W_COMPLETE_SHELL _("completion is there for bash, zsh and fish")

/* --- client: config ------------------------------------------------------------ */

#define W_CONFIG_WARNING _("%s (a warning)\n")
#define W_CONFIG_FINE _("%s: no problems\n")
#define W_CONFIG_ABSENT                                                        \
	_("%s: there is no such file, and everything has its default\n")
#define W_CONFIG_SEE_CHECK                                                     \
	_("%s has values that are not used: see vesper config check")
#define W_CONFIG_WHICH_KEY _("get needs a key, such as vesper.idle")
#define W_CONFIG_LIST_ONLY _("--example and --keys go with list, one of them")
#define W_CONFIG_WHAT _("write check, list, get or path")

/* --- client: talking to the daemon ---------------------------------------------- */

#define W_LINK_NONE _("no daemon runs: start it with vesper start")
#define W_LINK_READ _("cannot read from the daemon")
#define W_LINK_WRITE _("cannot write to the daemon")
#define W_LINK_SILENT                                                          \
	_("the daemon did not answer within %d seconds; pkill -9 -u $USER "    \
	  "vesperd ends it, vesper start begins anew, and nothing is lost")
#define W_LINK_HUNG_UP                                                         \
	_("the daemon closed the connection: try again, or see vesper doctor")
#define W_LINK_LONG _("the daemon's answer is too long")
#define W_LINK_STRANGE                                                         \
	_("what answers on the socket is no vesperd that this program knows: " \
	  "run vesper stop, then vesper start")
#define W_LINK_PROTOCOL                                                        \
	_("the daemon speaks protocol %d, this program %d: run vesper stop, "  \
	  "then vesper start")
#define W_TALK_LARGE _("that is more than the %d KiB the daemon takes at once")
#define W_TALK_NOT_UTF8 _("an argument is not UTF-8")
#define W_LAUNCH _("cannot start %s")
#define W_LAUNCH_NO _("cannot start %s: %s")
#define W_LAUNCH_WHY _("vesperd could not start: %s")
#define W_LAUNCH_DIED                                                          \
	_("vesperd ended at once: vesperd --foreground says why")
#define W_LAUNCH_SLOW                                                          \
	_("vesperd did not answer within %d seconds: vesperd --foreground "    \
	  "says why")
#define W_STARTED _("vesperd was started")
#define W_RUNS _("vesperd runs already")
#define W_STOP_SLOW                                                            \
	_("vesperd said that it ends, but still holds the connection")
#define W_STOPPED _("vesperd was stopped")
#define W_ATTACH _("cannot run %s: %s: is Vesper installed whole?")
#define W_PLAN_DAYS _("--days takes a number from 1 to 366")

/* --- client: status ------------------------------------------------------------ */

#define W_STATUS_BOTH _("--json and --format exclude each other")
#define W_STATUS_OFF _("a day off")
#define W_STATUS_ENDS _(", ends at %s")
#define W_STATUS_CLOSED _(", closed")
/* TRANSLATORS: what stands in braces is filled in; leave it as it is */
#define W_STATUS_NOW _("now {now}")
#define W_STATUS_LEFT _(", %s to the end")
#define W_STATUS_PAST _(", %s past the end")
#define W_STATUS_WORKED _("worked {worked}")
#define W_STATUS_STRETCH _(", %s without a break")
/* TRANSLATORS: what comes next, such as: a break is offered */
#define W_STATUS_NEXT _("next: %s")
#define W_STATUS_HELD _("held by: {held}")
#define W_WATCH_NONE _("no daemon")
#define W_STATUS_NOTICES _("--notices goes with --watch")
#define W_STATUS_ONCALL _("on call until")
#define W_STATUS_CARRY _("no late notices until")
#define W_STATUS_SNOOZE _("no stretch notices until")
#define W_STATUS_SOURCES _("last heard of: ")
#define W_STATUS_NOTE _("a note is waiting: vesper morning hands it back")
#define W_STATUS_PROBLEMS                                                      \
	_("problems in the config: %lld; see vesper config check\n")
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

/* --- client: day, export, forget, morning, pacer ------------------------------------ */

#define W_DAY_WHAT _("write edit and a date: vesper day edit 2026-11-18")
#define W_DAY_UNDO _("--undo goes without other options: it takes all corrections back")
#define W_DAY_EMPTY _("the text is empty; nothing was changed (--undo takes corrections back)")
#define W_DAY_NOT _("%s; nothing was changed")
#define W_FORGET_WHICH _("name either --before DATE or --project PATH")
/* TRANSLATORS: the code of your language, as in <html lang="en"> */
#define W_HTML_LANGUAGE _("en")
#define W_EXPORT_BOTH _("--json and --csv exclude each other")
/* TRANSLATORS: a file, a number (its line) */
#define W_MORNING_PLACE _("\nWork ended at %s:%d\n")
#define W_MORNING_OPEN _("\n%s ended at %s, without a merge. `vesper day edit %s` puts it right, if it was otherwise.\n")
#define W_PACER_ASK _("What is in your hands in the next ten minutes?")
#define W_PACER_IN _("breathe in ")
#define W_PACER_OUT _("breathe out")
#define W_PACER_KEY _("any key goes on")

/* --- client: report ------------------------------------------------------------- */

#define W_REPORT_WHICH _("\"%s\" is neither day, week, month nor year, nor a day (today, yesterday, Fri, 2026-11-18), nor two days with .. between")
#define W_REPORT_ONE _("--json, --csv and --html exclude each other")
/* TRANSLATORS: two times of day; the reason or nothing */
#define W_REPORT_ONCALL _("on call        at %s until %s%s%s\n")
#define W_REPORT_KEPT _("last at work   %s\n")
#define W_REPORT_CORRECTED _("put right      ")
/* TRANSLATORS: a length, two times of day */
#define W_REPORT_RECORDED_NONE _("\nrecorded       nothing\n")
#define W_REPORT_RECORDED _("\nrecorded       %s, from %s to %s\n")

/* --- client: report of many days ------------------------------------------------- */
#define W_HISTORY_NOTHING _("Nothing was recorded.\n")
#define W_HISTORY_WORKED(n) P_("worked %s on %d day", "worked %s on %d days", n)
#define W_HISTORY_OFF(n) P_(", %d of them a day off", ", %d of them days off", n)
#define W_HISTORY_LONGEST _("longest stretch %s; stretches %d, breaks %d")
#define W_HISTORY_MEAN_BREAK _(", on average %s")
#define W_HISTORY_COMMITS _("commits %d, after the end %d")
/* TRANSLATORS: what counts is the second number */
#define W_HISTORY_ENDS(n)                                                      \
	P_("last at work after the planned end on %d of %d day",               \
		"last at work after the planned end on %d of %d days", n)
#define W_HISTORY_AFTER _(", together %s")
/* TRANSLATORS: what counts is the first number */
#define W_HISTORY_EXTENSIONS(n)                                                \
	P_("ends moved %d time, days merged %d",                               \
		"ends moved %d times, days merged %d", n)
#define W_HISTORY_PROJECTS _("Projects")
#define W_HISTORY_WEEKDAYS _("Days of the week")
#define W_HISTORY_CALENDAR _("Calendar")
#define W_HISTORY_DAYS _("Days")
#define W_HISTORY_PROMISED _("Extensions and on-call times")
/* TRANSLATORS: a date; times of day; the reason or nothing */
#define W_HISTORY_EXTENDED _("%s: at %s, the end at %s; last at work %s%s%s")
#define W_HISTORY_ONCALL _("%s: at %s, on call until %s; ended %s%s%s")
#define W_HISTORY_NO_PROJECT _("(no project)")
#define W_HISTORY_KEY _("%s work  %s after the end  %s commit  %s end\n")
#define W_HISTORY_TITLE _("Work, %s")
/* TRANSLATORS: a project, a date or two */
#define W_HISTORY_TITLE_OF _("Work on %s, %s")
#define W_HISTORY_LESS _("less")
#define W_HISTORY_MORE _("more")
/* TRANSLATORS: for screen readers: a date, a length, two times of day */
#define W_HISTORY_ARIA _("%s: worked %s, from %s to %s")
#define W_HISTORY_ARIA_NOTHING _("%s: nothing recorded")
#define W_HISTORY_COL_DAY _("Day")
#define W_HISTORY_COL_WORKED _("Worked")
#define W_HISTORY_COL_FROM _("From")
#define W_HISTORY_COL_TO _("To")
#define W_HISTORY_COL_END _("Planned end")
#define W_HISTORY_COL_STRIP _("The day")
#define W_HISTORY_COL_COMMITS _("Commits")
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
#define W_REPORT_MACHINE _(", by programs %lld")
#define W_REPORT_LATE _("late commit    %s %s")
#define W_REPORT_LATE_PUSH _("late push      %s %s")
#define W_REPORT_REASON _("               reason: %s\n")
#define W_REPORT_THROUGH _(" (commits %lld)")
#define W_REPORT_REPOSITORY                                                    \
	_("  commits %lld, lines +%lld -%lld")
#define W_REPORT_MERGES _(", merges %lld")
#define W_REPORT_REWRITTEN _(", rewritten %lld")
#define W_REPORT_SHARED _(", co-authored %lld")
#define W_REPORT_SQUASHED _(", also in a squash %lld")
#define W_REPORT_STRAYS _(", on no branch %lld")
#define W_REPORT_UNREAD _("  not read: %s\n")
#define W_REPORT_OPEN _("  open: ")
#define W_REPORT_DIRTY _("changed files %lld")
#define W_REPORT_UNTRACKED _("untracked %lld")
#define W_REPORT_STASHES _("stashes %lld")
#define W_REPORT_UNPUSHED _("not pushed %lld of %s")

/* --- client: doctor -------------------------------------------------------------- */

#define W_DOCTOR_NONE_RUNS _("none runs")
#define W_DOCTOR_START _("vesper start")
#define W_DOCTOR_CONFIG_OK _("%s: no problems")
#define W_DOCTOR_CONFIG_BAD _("%s: problems: %zu")
#define W_DOCTOR_CONFIG_MEND _("vesper config check lists them")
#define W_DOCTOR_NOT_ENABLED _("systemd does not start the daemon at log-in; an order such as vesper merge does")
#define W_DOCTOR_ENABLE _("systemctl --user enable --now vesperd.socket")
#define W_DOCTOR_NO_AUTOSTART _("nothing starts the daemon at log-in; an order such as vesper merge does")
#define W_DOCTOR_MAKE_INSTALL _("make install puts units and autostart in place")
#define W_DOCTOR_PRESENT _("%s is there")
#define W_DOCTOR_ABSENT _("%s cannot be run")
#define W_DOCTOR_INSTALL _("install Vesper whole, or set VESPER_LIBEXEC")
/* --- hook: what git runs --- */

#define W_HOOK_NO_ANSWER                                                       \
	_("vesper: the daemon gave no answer in time; git goes on without it")
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
/* --- digest: what repositories say about a day ------------------------- */

#define W_DIGEST_USAGE                                                         \
	_("usage: digest --since T --until T [--author EMAIL]... "             \
	  "REPOSITORY...\n"                                                    \
	  "       digest --job <JOBS\n"                                        \
	  "Prints one JSON object a line for each repository. T is in "       \
	  "seconds of UTC or\nlike 2026-11-18T08:00:00+01:00. A job is one "  \
	  "line: {\"repository\":PATH,\n\"since\":T,\"until\":T,"              \
	  "\"authors\":[EMAIL],\"known\":[OID]}.\n"                            \
	  "  --deadline MS  for each repository (2000)\n"                      \
	  "  --workers N    repositories read at once (one a processor)\n")
#define W_DIGEST_BAD_VALUE _("%s: cannot read \"%s\"")
#define W_DIGEST_STDIN _("cannot read the jobs: %s")
#define W_DIGEST_BAD_JSON _("the job is not JSON: %s")
#define W_DIGEST_BAD_JOB _("the job needs \"repository\", \"since\", \"until\"")
#define W_DIGEST_NO_WORKER _("cannot start a process to read repositories")
/* the number of repositories read, and of all */
#define W_DIGEST_PROGRESS _("reading repositories: %zu of %zu")
/* reasons, after a repository's name: "not read: ..." */
#define W_DIGEST_NO_ANSWER _("did not answer")
#define W_DIGEST_SLOW _("did not answer within %g s")
#define W_DIGEST_CRASHED _("its reader ended too early (signal %d)")
#define W_DIGEST_GONE _("not there any more")
#define W_DIGEST_LOOK _("cannot look at %s")
#define W_DIGEST_NO_REPOSITORY _("not a git repository")
#define W_DIGEST_NO_COMMON _("its common directory is not there")
#define W_DIGEST_OWNER _("owned by %s; not read")
#define W_DIGEST_OWNER_ID _("owned by user %u; not read")
#define W_DIGEST_GIT _("cannot run git")
#define W_DIGEST_GIT_SAYS _("git says: %s")
#define W_DIGEST_AUTHOR _("no author known here")
#define W_DIGEST_NO_AUTHOR _("git names no author here: set user.email")
#define W_DIGEST_MISSING _("commits are missing in it")
#define W_DIGEST_MALFORMED _("it holds commits that cannot be read")
#define W_DIGEST_STATUS _("state of its files")
#define W_DIGEST_STASHES _("stashes")
#define W_DIGEST_FILTERS                                                       \
	_("its own config sets filter commands, which are not run: changed "   \
	  "files not counted")

/* --- hooks: vesper hooks --- */

#define W_HOOKS_WHAT _("write install, uninstall, status or print")
#define W_HOOKS_NO_GIT _("git is not there, or does not say its version")
#define W_HOOKS_NO_PROGRAM                                                     \
	_("%s is missing: install Vesper, or build it with make")
#define W_HOOKS_NO_REPOSITORY _("%s is in no git repository")
#define W_HOOKS_FILE_READ _("cannot read %s")
#define W_HOOKS_FILE_WRITE _("cannot write %s")
#define W_HOOKS_NUL _("the git config holds NUL bytes; nothing was changed")
#define W_HOOKS_EDITED                                                         \
	_("the lines of Vesper in the git config were changed by hand; "       \
	  "nothing was touched. Remove them by hand: they begin with "         \
	  "\"# vesper hooks\"")
/* %s: git's version */
#define W_HOOKS_TOO_OLD                                                        \
	_("git %s runs hooks from repositories only. The watch sees commits "  \
	  "without a hook; \"vesper hooks install --repo PATH\" adds hooks "   \
	  "to one repository, git 2.54 or later has them for all")
#define W_HOOKS_NONE_MADE                                                      \
	_("no hook was written in %s; the watch sees its commits all the same")
/* %s: the user's git config, our file */
#define W_HOOKS_CONFIGURED _("%s includes %s\n")
#define W_HOOKS_UNCONFIGURED _("%s is as it was\n")
/* %s: a hook's name, its file */
#define W_HOOKS_FILE_MADE _("%s: written, %s\n")
#define W_HOOKS_FILE_THERE _("%s: there already, %s\n")
#define W_HOOKS_FILE_GONE _("%s: removed, %s\n")
/* %s: a hook's name, a tool's name */
#define W_HOOKS_FILE_THEIRS _("%s: belongs to %s; this line can be added:\n")
#define W_HOOKS_ADD_LINE _("    %s")
/* %s: a file, a hook's name */
#define W_HOOKS_FILE_EDITED _("%s was changed by hand and stays (%s)\n")
/* %s: a directory, a tool's name */
#define W_HOOKS_DIR_THEIRS                                                     \
	_("hooks run from %s here (%s); these lines can be added to them:\n")
#define W_HOOKS_DIR _("hooks run from %s (%s)\n")
/* %s: a hook's name, whose it is */
#define W_HOOKS_FILE_OWNER _("  %s: %s\n")
#define W_HOOKS_SOMEBODY _("a hook of its own")
#define W_HOOKS_NOBODY _("none")
#define W_HOOKS_KEPT_FOR_LFS _("none, kept free for git-lfs")
#define W_HOOKS_STRICT_YES                                                     \
	_("a commit can be refused here, where the config says so\n")
#define W_HOOKS_STRICT_NOT_ASKED                                               \
	_("no commit is refused here; --strict adds the hook for it\n")
#define W_HOOKS_STRICT_NO                                                      \
	_("no commit is refused here: pre-commit is somebody else's\n")

/* --- doctor: a repository's line ----------------------------------------- */
/* TRANSLATORS: in the place of a repository's name, see [privacy] */
#define W_DOCTOR_PRIVATE _("one whose name is kept nowhere")
#define W_DOCTOR_SEEN _("%s: seen by the watch")
#define W_DOCTOR_SEEN_PARTLY _("%s: looked at when a hook or an editor rings, there are no watches left")
#define W_DOCTOR_UNSEEN _("%s: not seen by the watch (%s)")
#define W_DOCTOR_UNSEEN_MEND _("hooks tell its commits, too: vesper hooks install")
#define W_DOCTOR_HOOKS_CONFIG _("; hooks from git's configuration")
#define W_DOCTOR_HOOKS_OFF _("; hooks switched off here")
#define W_DOCTOR_HOOKS_FILES _("; hooks as files: %d")
#define W_DOCTOR_HOOKS_NONE _("; no hooks of Vesper")
#define W_DOCTOR_STRICT _("; commits can be refused")
#define W_DOCTOR_STRICT_NOT_ASKED _("; commits could be refused (vesper hooks install --strict)")
#define W_DOCTOR_STRICT_NOT _("; commits cannot be refused: %s belongs to %s")

/* --- hooks: git's side -------------------------------------------------------- */
/* %s: git's version */
#define W_HOOKS_GIT_NEW _("git %s: runs hooks from its configuration\n")
#define W_HOOKS_GIT_OLD _("git %s: runs hooks from repositories only\n")
/* %s: the user's git config */
#define W_HOOKS_STATE_ABSENT _("%s: no hooks of Vesper\n")
#define W_HOOKS_STATE_THERE _("%s: includes Vesper's hooks\n")
#define W_HOOKS_STATE_EDITED _("%s: has lines of Vesper, changed by hand\n")
#define W_HOOKS_PRINT_LINES                                                    \
	_("# To be added to hooks that exist already, one line each:\n")
#define W_HOOKS_PRINT_CONFIG                                                   \
	_("# For git 2.54 or later, in the git config:\n")
