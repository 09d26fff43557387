/* SPDX-License-Identifier: MIT */
/* Help and shell completion, both walks over the command table. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "client/commands.h"
#include "config/show.h"
#include "words/words.h"

/* --- help ----------------------------------------------------------------- */

static void
help_all(void)
{
	fputs(W_HELP_HEAD, stdout);
	for (size_t i = 0; i < ncommands; i++)
		if (!commands[i].hidden)
			printf("  %-9s %s\n", commands[i].name,
				words_text(commands[i].about));
	fputs(W_HELP_FOOT, stdout);
}

int
help_command(const struct call *call)
{
	const struct command *c;

	if (!call->nwords) {
		help_all();
		return EXIT_DONE;
	}
	c = command_find(call->words[0]);
	if (!c)
		return command_unknown(call->words[0]);
	printf(*c->args ? "vesper %s %s\n" : "vesper %s%s\n", c->name,
		c->args);
	printf("  %s\n", words_text(c->about));
	return EXIT_DONE;
}

/* --- completion ----------------------------------------------------------- */

/* The option names for `config get`, separated by blanks; freed by caller. */
static char *
key_words(void)
{
	struct buf keys = {0};

	config_keys(&keys);
	for (size_t i = 0; i < keys.len; i++)
		if (keys.data[i] == '\n')
			keys.data[i] = i + 1 < keys.len ? ' ' : '\0';
	return buf_steal(&keys);
}

/* What may follow a command: its flags and words. */
static void
add_words(const struct command *c, struct buf *out)
{
	for (int f = 0; f < OPTIONS_MAX && c->flags[f].name; f++)
		buf_addf(out, "%s%s", out->len ? " " : "", c->flags[f].name);
	if (c->words)
		buf_addf(out, "%s%s", out->len ? " " : "", c->words);
	if (streq(c->name, "help"))
		for (size_t i = 0; i < ncommands; i++)
			if (!commands[i].hidden)
				buf_addf(out, "%s%s", out->len ? " " : "",
					commands[i].name);
}

static void
bash_or_zsh(void)
{
	AUTO_FREE char *keys = key_words();

	for (size_t i = 0; i < ncommands; i++) {
		AUTO_BUF struct buf words = {0};

		if (commands[i].hidden)
			continue;
		add_words(&commands[i], &words);
		if (words.len)
			printf("\t%s) words=\"%s\" ;;\n", commands[i].name,
				words.data);
	}
	printf("\tesac\n\tcase \"$before $last\" in\n"
	       "\t\"config get\") words=\"%s\" ;;\n\tesac\n",
		keys);
}

static void
print_names(const char *between)
{
	const char *separator = "";

	for (size_t i = 0; i < ncommands; i++) {
		if (commands[i].hidden)
			continue;
		printf("%s%s", separator, commands[i].name);
		separator = between;
	}
}

static void
complete_bash(void)
{
	puts("# made by: vesper --complete bash\n"
	     "_vesper() {\n"
	     "\tlocal current=${COMP_WORDS[COMP_CWORD]} words=\n"
	     "\tlocal last=${COMP_WORDS[COMP_CWORD-1]}\n"
	     "\tlocal before=${COMP_WORDS[COMP_CWORD-2]:-}\n"
	     "\tlocal command=${COMP_WORDS[1]}\n"
	     "\t[ \"$COMP_CWORD\" -eq 1 ] && command=\n"
	     "\tcase $command in");
	fputs("\t\"\") words=\"", stdout);
	print_names(" ");
	puts(" --help --version\" ;;");
	bash_or_zsh();
	puts("\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
	     "}\n"
	     "complete -o default -F _vesper vesper");
}

static void
complete_zsh(void)
{
	puts("#compdef vesper\n"
	     "# made by: vesper --complete zsh\n"
	     "_vesper() {\n"
	     "\tlocal words_=(${words[@]}) words=\n"
	     "\tlocal last=${words_[CURRENT-1]} before=\n"
	     "\t(( CURRENT > 2 )) && before=${words_[CURRENT-2]}\n"
	     "\tlocal command=${words_[2]}\n"
	     "\t(( CURRENT == 2 )) && command=\n"
	     "\tcase $command in");
	fputs("\t\"\") words=\"", stdout);
	print_names(" ");
	puts(" --help --version\" ;;");
	bash_or_zsh();
	puts("\tif [[ -n $words ]]; then\n"
	     "\t\tcompadd -- ${=words}\n"
	     "\telse\n"
	     "\t\t_files\n"
	     "\tfi\n"
	     "}\n"
	     "_vesper \"$@\"");
}

static void
complete_fish(void)
{
	AUTO_FREE char *keys = key_words();

	puts("# made by: vesper --complete fish\n"
	     "complete -c vesper -f");
	for (size_t i = 0; i < ncommands; i++) {
		const struct command *c = &commands[i];
		AUTO_BUF struct buf words = {0};

		if (c->hidden)
			continue;
		printf("complete -c vesper -n __fish_use_subcommand -a %s "
		       "-d '%s'\n",
			c->name, words_text(c->about));
		add_words(c, &words);
		if (words.len)
			printf("complete -c vesper -n "
			       "'__fish_seen_subcommand_from %s' -a '%s'\n",
				c->name, words.data);
	}
	printf("complete -c vesper -n '__fish_seen_subcommand_from config; "
	       "and __fish_seen_subcommand_from get' -a '%s'\n",
		keys);
	puts("complete -c vesper -n '__fish_seen_subcommand_from replay "
	     "config' -F");
}

int
complete_command(const struct call *call)
{
	static const struct {
		const char *shell;
		void (*print)(void);
	} shells[] = {
		{"bash", complete_bash},
		{"zsh", complete_zsh},
		{"fish", complete_fish},
	};

	for (size_t i = 0; i < ARRAY_SIZE(shells); i++)
		if (streq(call->words[0], shells[i].shell)) {
			shells[i].print();
			return EXIT_DONE;
		}
	return call_usage(call, W_COMPLETE_SHELL);
}
