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

/* For tables: translated where it is shown. */
#define N_(text) text

/* --- notices: buttons (at most 12 characters, the verb first) -------------- */
#define W_BUTTON_MERGE N_("Merge")
#define W_BUTTON_PLUS N_("+15 min")
#define W_BUTTON_SNOOZE N_("Later")
#define W_BUTTON_CARRY N_("Carry on")
#define W_BUTTON_READ N_("Read")

/* --- notices: titles -------------------------------------------------------- */
/* %s: a time of day; a length; a date */
#define W_TITLE_WARN _("%s: the day ends in %s")
#define W_TITLE_WARN_LIMIT _("%s of today's %s are worked")
#define W_TITLE_MERGE _("%s: the end of today's work")
#define W_TITLE_MERGE_LIMIT _("%s worked: the end of today's work")
#define W_TITLE_LATE _("%s: %s after the end of the day")
#define W_TITLE_STRETCH _("%s without a break")
#define W_TITLE_OFF _("Today is a day off")
#define W_TITLE_PROTECT _("Until %s this time is for: %s")
#define W_TITLE_PROTECT_PRIVATE _("Until %s this time is protected")
#define W_TITLE_PROTECT_WARN _("%s: %s begins in %s")
#define W_TITLE_PROTECT_WARN_PRIVATE _("%s: protected time begins in %s")
#define W_TITLE_MORNING _("There is a note from %s")
#define W_PROTECTED_TIME _("protected time")

/* --- notices: bodies -------------------------------------------------------- */
#define W_BODY_WARN _("`vesper extend 30m` moves the end, `vesper merge` closes the day.")
#define W_BODY_WORKED _("Worked %s, longest stretch %s, %s.")
#define W_BODY_NO_COMMITS _("no commits")
#define W_BODY_ONE_COMMIT _("1 commit")
#define W_BODY_COMMITS _("%d commits")
#define W_BODY_OPEN _("Open: %s.")
#define W_BODY_NOTHING_OPEN _("Nothing uncommitted, nothing unpushed.")
#define W_BODY_LATE _("`vesper merge` closes the day, `vesper extend 30m` moves its end, `vesper carry` ends these words for today.")
#define W_BODY_STRETCH _("`vesper snooze 15m` asks for quiet, `vesper break` begins a break.")
#define W_BODY_OFF _("`vesper today 10:00-14:00` makes it a working day.")
#define W_BODY_PROTECT _("`vesper carry` ends these words for today.")
#define W_BODY_PROTECT_WARN ""
#define W_BODY_MORNING _("`vesper morning` or `:Vesper morning` shows it.")
/* what a repository has open, joined by commas */
#define W_OPEN_CHANGED _("%d changed")
#define W_OPEN_UNTRACKED _("%d new")
#define W_OPEN_UNPUSHED _("%d not pushed")
#define W_OPEN_STASHED _("%d stashed")
#define W_OPEN_UNREAD _("not readable")

/* --- lengths ---------------------------------------------------------------- */
#define W_LENGTH_HM _("%lld h %lld min")
#define W_LENGTH_H _("%lld h")
#define W_LENGTH_M _("%lld min")
#define W_LENGTH_S _("%lld s")

/* --- after a commit or push, on the terminal -------------------------------- */
#define W_VERDICT_LATE _("vesper: %s, %s after the end of the day. `vesper extend 30m` moves the end, `vesper merge` closes the day.")
#define W_VERDICT_OFF _("vesper: today is a day off. `vesper today HH:MM-HH:MM` makes it a working day.")
#define W_VERDICT_PROTECTED _("vesper: until %s this time is protected. `vesper carry` if it is meant.")

#define W_BLOCK_CONFIRM _("The commit waits for a reason: VESPER_REASON='why' git commit ... goes on, `vesper extend 30m` moves the end.")
#define W_BLOCK_REFUSE _("`vesper extend 30m` moves the end; `git commit --no-verify` goes on as it is.")

/* --- answers to orders ------------------------------------------------------ */
#define W_EXTENDED _("The day now ends at")
#define W_EXTENSIONS_LEFT _("Extensions left today: %d.")
#define W_MERGED_TITLE _("The day is closed")
#define W_MERGED _("The day is closed. The note is in %s.")
#define W_MERGED_NO_NOTE _("The day is closed. There is no note; one can be written in %s.")
#define W_NOTE_SAVED _("The note is in %s.")
#define W_NOT_MERGED _("the day is not closed, so there is nothing to undo")
#define W_REOPENED _("The day is open again.")
#define W_END_IS _("It ends at")
#define W_CARRY_UNTIL _("No word about the time before")
#define W_CARRY_DAY _("No further word about the time today.")
#define W_ONCALL_UNTIL _("On call until")
#define W_ONCALL_OFF _("No longer on call.")
#define W_SNOOZED _("No word about breaks before")
#define W_BREAK _("A break, until")
#define W_OFF_DONE _("days off.")
#define W_OFF_UNDONE _("as the config says.")
#define W_TODAY_IS _("Today is from %s to %s.")
#define W_RELOADED _("The config was read again.")
#define W_STOPPED _("vesperd ends.")
#define W_REFUSED_TITLE _("Not possible")
#define W_NOTICE_GONE _("that notice is no longer up")
#define W_REFUSED_DAY_OFF _("today is a day off and has no end to move: `vesper today HH:MM-HH:MM` makes it a working day")
#define W_REFUSED_NONE_LEFT _("no extensions are left today: `vesper carry` carries on without one")
#define W_REFUSED_PAST _("that is not after the end of the day.")
#define W_REFUSED_END_IS _("It ends at")
#define W_REFUSED_TOO_LONG _("that is more than one extension may be.")
#define W_REFUSED_AT_MOST _("At most")
#define W_REFUSED_NEXT_DAY _("that reaches into the next day")
#define W_REFUSED_OVERLAP _("that would overlap the working time of a day beside it")
#define W_REFUSED_TOO_MANY _("too many exceptions are stored: undo some with `vesper off --undo`")
#define W_WHEN_MISSING _("until when? Write a time (18:45) or a length (30m)")
#define W_WHEN_UNREADABLE _("that is neither a time (18:45, tomorrow 09:00, Fri) nor a length (30m, 1h30m)")
#define W_WHEN_PAST _("that time is over")
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
#define W_NOTE_NONE _("there is no note of that day")
#define W_DRAFT_HELP _("# What is above becomes the note of %s, and saving it closes\n# the day. Lines that begin with '#' are left out. An empty note closes nothing.\n")
#define W_DRAFT_DONE _("Done")
#define W_DRAFT_OPEN _("Open")
#define W_DRAFT_OPEN_HELP _("# For each: where, when, how.")
#define W_DRAFT_FIRST _("First thing next time")
#define W_DRAFT_ELSE _("Anything else on your mind")

/* --- the daemon's own state --------------------------------------------------- */
#define W_STARTED _("Vesper runs. `vesper status` says where the day stands; Ctrl-C ends it.")
#define W_ROOT _("running as root: the record will be root's, not yours")
#define W_SUDO _("vesperd belongs to one user: run it without sudo")
#define W_CONFIG_TITLE _("The config has lines that could not be read")
#define W_TROUBLE_TITLE _("Vesper needs a look")
#define W_STORE_ASIDE _("the history could not be read as a database and was set aside as %s; a new one was begun")
#define W_STORE_MEMORY _("the history cannot be written (%s): what happens now is kept in memory only")

/* --- vesper why, vesper plan ---------------------------------------------------- */
#define W_HOLD_ABSENT N_("nobody is typing")
#define W_HOLD_BUSY N_("held: full screen, a call or do-not-disturb")
#define W_HOLD_REGIME N_("not now: another rule holds")
#define W_HOLD_SEAM N_("waits for a pause or a commit, at the latest until")
#define W_HOLD_CARRY N_("you carry on")
#define W_HOLD_SNOOZE N_("you asked for quiet")
#define W_HOLD_NOT_DUE N_("comes then")
#define W_WHY_NOTHING_SAID _("Nothing was said yet.")
#define W_WHY_LAST _("Said last:")
#define W_WHY_REGIME _("Now: %s")
#define W_WHY_NOTHING_DUE _("Nothing is due.")
#define W_PLAN_LIMIT _(", at most %s of work")
#define W_PLAN_WARN _(", said at ")
#define W_PLAN_EXCEPTION _("(an exception you made)")
#define W_PLAN_CLOCK_CHANGE _("(the clock changes)")
/* the rule behind a notice, by its name; see words.c */
#define W_WHY_RULE(notice) words_rule(notice)
const char *words_rule(const char *notice);

/* --- wire: what a line that cannot be used is answered ----------------------------- */
#define W_HELLO_FIRST _("say hello first: {\"hello\":1,\"as\":\"...\"}")
#define W_OTHER_PROTOCOL _("this vesperd speaks another protocol: install the same version of vesper and vesperd, then run `vesper stop`")
#define W_UNKNOWN_VERB _("unknown verb: a line has event, do, get or clock")
#define W_UNKNOWN_QUESTION _("unknown question: this vesperd may be older than its client; run `vesper stop` and try again")
#define W_PLAN_DAYS _("days: from 1 to 366")
#define W_DAY_UNREADABLE _("which day? Write it as 2026-11-18, or yesterday")

/* --- vesper doctor ------------------------------------------------------------------ */
#define W_DOCTOR_MEND_CONFIG _("mend the line; it is read again when the file is saved")
#define W_DOCTOR_MEND_HISTORY _("free or mend the disk, then `vesper stop` and start again")
#define W_DOCTOR_SPOOL_REFUSED _("some events that found no daemon lie in the future or too far back; they were not taken")
#define W_DOCTOR_DESKTOP_OFF _("switched off: `desktop = no` in [notify]")
#define W_DOCTOR_NO_SERVER _("no notification server: notices go to editors and to the terminal of vesperd")
#define W_DOCTOR_MEND_SERVER _("start one, such as dunst or mako, in the session of vesperd")
#define W_DOCTOR_NO_EDITOR _("no editor is attached")
#define W_DOCTOR_MEND_EDITOR _("type something in Vim or Neovim with the plugin installed: see the README")
#define W_DOCTOR_EDITORS _("%d attached")
#define W_DOCTOR_SOURCE _("%s: last heard of %s %s")
