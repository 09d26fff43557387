/* SPDX-License-Identifier: MIT */
/*
 * Options are parsed here and not by getopt(), because the table has to know
 * them anyway, for usage and completion, and so that every command reports a
 * mistake in the same words.
 */
#include "client/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "client/say.h"
#include "words/words.h"

#define NAMES_MAX 64

const struct command commands[] = {
	{"status", "[--json | --format FORMAT] [--watch [--notices]]",
		W_HELP_STATUS,
		{{"--json", NULL}, {"--format", "FORMAT"}, {"--watch", NULL},
			{"--notices", NULL}},
		0, 0, NULL, status_command, false},
	{"merge", "[-m TEXT | --no-edit | --undo] [--day DATE]", W_HELP_MERGE,
		{{"-m", "TEXT"}, {"--no-edit", NULL}, {"--undo", NULL},
			{"--day", "DATE"}},
		0, 0, NULL, merge_command, false},
	{"note", "[DATE]", W_HELP_NOTE, {{NULL, NULL}}, 0, 1, NULL,
		note_command, false},
	{"morning", "", W_HELP_MORNING, {{NULL, NULL}}, 0, 0, NULL,
		morning_command, false},
	{"extend", "UNTIL|LENGTH [-m WHY]", W_HELP_EXTEND, {{"-m", "WHY"}}, 1,
		-1, "until 15m 30m 1h", order_command, false},
	{"carry", "[UNTIL]", W_HELP_CARRY, {{NULL, NULL}}, 0, -1, "until",
		order_command, false},
	{"snooze", "LENGTH", W_HELP_SNOOZE, {{NULL, NULL}}, 1, -1,
		"15m 30m 1h", order_command, false},
	{"break", "[LENGTH]", W_HELP_BREAK, {{NULL, NULL}}, 0, -1,
		"10m 15m 30m", order_command, false},
	{"oncall", "UNTIL|LENGTH|off [-m WHY]", W_HELP_ONCALL, {{"-m", "WHY"}},
		1, -1, "until off", order_command, false},
	{"off", "DATE[..DATE] [--undo] | --undo", W_HELP_OFF,
		{{"--undo", NULL}}, 0, -1, "today tomorrow", order_command,
		false},
	{"today", "HH:MM-HH:MM", W_HELP_TODAY, {{NULL, NULL}}, 1, -1, NULL,
		order_command, false},
	{"report",
		"[day|week|month|year|DATE[..DATE]] [--project P] "
		"[--json | --csv | --html FILE]",
		W_HELP_REPORT,
		{{"--json", NULL}, {"--csv", NULL}, {"--html", "FILE"},
			{"--project", "P"}},
		0, 1, "day week month year", report_command, false},
	{"day",
		"edit DATE [--start HH:MM] [--end HH:MM] "
		"[--work HH:MM-HH:MM]... [--pause HH:MM-HH:MM]... | "
		"edit DATE --undo",
		W_HELP_DAY,
		{{"--start", "HH:MM"}, {"--end", "HH:MM"},
			{"--work", "HH:MM-HH:MM..."},
			{"--pause", "HH:MM-HH:MM..."}, {"--undo", NULL}},
		2, 2, "edit yesterday today", day_command, false},
	{"export", "[--json | --csv]", W_HELP_EXPORT,
		{{"--json", NULL}, {"--csv", NULL}}, 0, 0, NULL,
		export_command, false},
	{"import", "FILE...", W_HELP_IMPORT, {{NULL, NULL}}, 1, -1, NULL,
		import_command, false},
	{"forget", "--before DATE | --project PATH", W_HELP_FORGET,
		{{"--before", "DATE"}, {"--project", "PATH"}}, 0, 0, NULL,
		forget_command, false},
	{"plan", "[--days N] [--json]", W_HELP_PLAN,
		{{"--days", "N"}, {"--json", NULL}}, 0, 0, NULL, plan_command,
		false},
	{"why", "[--json]", W_HELP_WHY, {{"--json", NULL}}, 0, 0, NULL,
		why_command, false},
	{"start", "", W_HELP_START, {{NULL, NULL}}, 0, 0, NULL, start_command,
		false},
	{"stop", "", W_HELP_STOP, {{NULL, NULL}}, 0, 0, NULL, stop_command,
		false},
	{"reload", "", W_HELP_RELOAD, {{NULL, NULL}}, 0, 0, NULL,
		order_command, false},
	{"attach", "", W_HELP_ATTACH, {{NULL, NULL}}, 0, 0, NULL,
		attach_command, false},
	{"hooks", "install|uninstall|status|print [--repo PATH] [--strict]",
		W_HELP_HOOKS, {{"--repo", "PATH"}, {"--strict", NULL}}, 1, 1,
		"install uninstall status print", hooks_command, false},
	{"doctor", "[--json]", W_HELP_DOCTOR, {{"--json", NULL}}, 0, 0, NULL,
		doctor_command, false},
	{"config", "check [FILE] | list [--example | --keys] | get KEY | path",
		W_HELP_CONFIG,
		{{"--example", NULL}, {"--man", NULL}, {"--keys", NULL}}, 1,
		2, "check list get path", config_command, false},
	{"replay", "[--config FILE] [--until TIME] EVENTS.jsonl|-",
		W_HELP_REPLAY, {{"--config", "FILE"}, {"--until", "TIME"}}, 1,
		1, NULL, replay_command, false},
	{"help", "[COMMAND]", W_HELP_HELP, {{NULL, NULL}}, 0, 1, NULL,
		help_command, false},
	{"--complete", "bash|zsh|fish", W_HELP_COMPLETE, {{NULL, NULL}}, 1, 1,
		"bash zsh fish", complete_command, true},
};

const size_t ncommands = ARRAY_SIZE(commands);

const char *
call_flag(const struct call *call, const char *name)
{
	for (int i = call->ngiven - 1; i >= 0; i--)
		if (streq(call->given[i].flag->name, name))
			return call->given[i].value;
	return NULL;
}

char *
call_text(const struct call *call)
{
	struct buf text = {0};

	for (int i = 0; i < call->nwords; i++)
		buf_addf(&text, i ? " %s" : "%s", call->words[i]);
	return buf_steal(&text);
}

int
call_usage(const struct call *call, const char *what)
{
	const struct command *c = call->command;

	say_error("%s", what);
	fprintf(stderr, *c->args ? W_CLIENT_USAGE : W_CLIENT_USAGE_PLAIN,
		c->name, c->args);
	return EXIT_USAGE;
}

/* The option that arg is, with "=" and its value or without, or NULL. */
static const struct flag *
find_flag(const struct command *command, const char *arg)
{
	size_t len = strcspn(arg, "=");

	for (int f = 0; f < OPTIONS_MAX && command->flags[f].name; f++) {
		const struct flag *flag = &command->flags[f];

		if (strlen(flag->name) == len &&
			strncmp(arg, flag->name, len) == 0 &&
			(!arg[len] || flag->value))
			return flag;
	}
	return NULL;
}

/* What is wrong with an option and its value (NULL: none is left), or NULL.
 * An empty value is one that a script failed to fill in, but for a text. */
static char *
flag_mistake(
	const struct call *call, const struct flag *flag, const char *value)
{
	if (!flag->value)
		return NULL;
	if (!value || (!*value && !streq(flag->name, "-m")))
		return xasprintf(W_CLIENT_NO_VALUE, flag->name, flag->value);
	if (call_flag(call, flag->name) && !strstr(flag->value, "..."))
		return xasprintf(W_CLIENT_TWICE, flag->name);
	return NULL;
}

/* Takes the flag that argv[*i] is, with its value; false with a usage error
 * printed. */
static bool
take_flag(struct call *call, int argc, char **argv, int *i)
{
	const char *arg = argv[*i], *value = strchr(arg, '=');
	const struct flag *flag = find_flag(call->command, arg);
	AUTO_FREE char *what = NULL;

	if (value)
		value++;
	else if (flag && flag->value && *i + 1 < argc)
		value = argv[++*i];
	what = flag ? flag_mistake(call, flag, value)
		    : xasprintf(W_CLIENT_NO_OPTION, arg);
	if (!flag || what) {
		call_usage(call, what);
		return false;
	}
	call->given[call->ngiven++] =
		(struct given){flag, flag->value ? value : ""};
	return true;
}

/* Sorts argv[0..argc) into flags and words; false with an error printed. */
static bool
parse_call(struct call *call, int argc, char **argv)
{
	bool flags = true;

	call->words = argv;
	for (int i = 0; i < argc; i++) {
		if (flags && streq(argv[i], "--")) {
			flags = false;
		} else if (flags && argv[i][0] == '-' && argv[i][1]) {
			if (!take_flag(call, argc, argv, &i))
				return false;
		} else if (!*argv[i]) {
			call_usage(call, W_CLIENT_EMPTY);
			return false;
		} else {
			argv[call->nwords++] = argv[i];
		}
	}
	if (call->nwords < call->command->least)
		call_usage(call, W_CLIENT_FEW);
	else if (call->command->most >= 0 &&
		call->nwords > call->command->most)
		call_usage(call, W_CLIENT_MANY);
	else
		return true;
	return false;
}

static int
run(const struct command *command, int argc, char **argv)
{
	AUTO_FREE struct given *given = xcalloc((size_t)argc, sizeof *given);
	struct call call = {.command = command, .given = given};

	say_command(command->name);
	for (int i = 1; i < argc; i++) {
		if (streq(argv[i], "--"))
			break;
		if (streq(argv[i], "--help") || streq(argv[i], "-h")) {
			call.words = (char *[]){argv[0]};
			call.nwords = 1;
			return say_finish(help_command(&call));
		}
	}
	if (!parse_call(&call, argc - 1, argv + 1))
		return EXIT_USAGE;
	return say_finish(command->run(&call));
}

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < ncommands; i++)
		if (streq(commands[i].name, name))
			return &commands[i];
	return NULL;
}

int
command_unknown(const char *name)
{
	const char *names[NAMES_MAX];
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < ncommands && n < NAMES_MAX; i++)
		if (!commands[i].hidden)
			names[n++] = commands[i].name;
	near = text_nearest(name, names, n);
	if (near)
		say_error(W_CLIENT_UNKNOWN_NEAR, name, near);
	else if (*name == '-')
		say_error(W_CLIENT_UNKNOWN_OPTION, name);
	else
		say_error(W_CLIENT_UNKNOWN, name);
	return EXIT_USAGE;
}

int
commands_run(int argc, char **argv)
{
	/* `vesper` alone is `vesper status` */
	const char *name = argc < 2 ? "status" : argv[1];
	char *alone[] = {argc ? argv[0] : NULL, NULL};
	const struct command *command;

	if (streq(name, "--version") || streq(name, "-V")) {
		printf("vesper %s\n", VESPER_VERSION);
		return say_finish(EXIT_DONE);
	}
	if (streq(name, "--help") || streq(name, "-h")) {
		name = "help";
		argc = 1;
	}
	command = command_find(name);
	if (!command)
		return command_unknown(name);
	if (argc < 2)
		return run(command, 1, alone);
	return run(command, argc - 1, argv + 1);
}
