/* SPDX-License-Identifier: MIT */
/*
 * The one table of commands.  Dispatch, usage errors, help and shell
 * completion are made from it; a command is one row and one function.
 */
#pragma once

#include "base/util.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_NO = 1,	/* no, or refused: the reason was printed */
	EXIT_USAGE = 2, /* usage or bad input */
	EXIT_NONE = 3,	/* no daemon could be reached or started */
};

#define OPTIONS_MAX 6

/* An option of a command: a flag, or with `value` what follows it. */
struct flag {
	const char *name; /* "--json", "-m" */
	/* what to call its value in help, or NULL; with "..." at its end the
	 * option can be given several times */
	const char *value;
};

struct call;

struct command {
	const char *name;
	const char *args;  /* as usage shows them, options included */
	const char *about; /* one line, not yet translated */
	struct flag flags[OPTIONS_MAX];
	int least, most; /* words after the options; most -1: any number */
	/* words that completion offers, separated by blanks, or NULL */
	const char *words;
	/* Prints what there is to print; returns the exit code. */
	int (*run)(const struct call *call);
	bool hidden;
};

/* An option as it was typed. */
struct given {
	const struct flag *flag;
	const char *value; /* "" when it takes none */
};

/* A command as it was typed. */
struct call {
	const struct command *command;
	struct given *given; /* in the order of typing */
	int ngiven;
	char **words; /* argv's own strings */
	int nwords;
};

extern const struct command commands[];
extern const size_t ncommands;

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* Says that there is none of that name; EXIT_USAGE. */
int command_unknown(const char *name);

/* The (last) value of a flag, "" when it takes none, or NULL when not given. */
const char *call_flag(const struct call *call, const char *name);

/* All words joined by blanks; the caller frees it. */
char *call_text(const struct call *call);

/* Runs argv[1..] and returns the exit code. */
int commands_run(int argc, char **argv);

/* Prints what is wrong with a call and how it is used; EXIT_USAGE. */
int call_usage(const struct call *call, const char *what);

/* --- the functions of the table, one file for each family ----------------- */

/* status.c */
int status_command(const struct call *call);

/* orders.c: everything that tells the daemon to do something */
int order_command(const struct call *call);
int stop_command(const struct call *call);
int start_command(const struct call *call);

/* merge.c */
int merge_command(const struct call *call);
int note_command(const struct call *call);

/* morning.c */
int morning_command(const struct call *call);

/* day.c: a day put right */
int day_command(const struct call *call);

/* export.c */
int export_command(const struct call *call);
int forget_command(const struct call *call);

/* import.c */
int import_command(const struct call *call);

/* report.c */
int report_command(const struct call *call);

/* ask.c: questions whose answer is a text of the daemon's */
int plan_command(const struct call *call);
int why_command(const struct call *call);

/* doctor.c */
int doctor_command(const struct call *call);

/* config.c */
int config_command(const struct call *call);

/* replay.c */
int replay_command(const struct call *call);

/* hooks.c */
int hooks_command(const struct call *call);

/* attach.c */
int attach_command(const struct call *call);

/* help.c */
int help_command(const struct call *call);
int complete_command(const struct call *call);
