/* SPDX-License-Identifier: MIT */
/*
 * Does any attribute or setting change how git counts lines?  A coarse
 * look at the words, never an evaluation of patterns: a needless yes costs
 * one child, a wrong no a wrong number.
 */
#include "digest/lines.h"

#include <git2.h>
#include <stdlib.h>

#include "base/alloc.h"

#define FILE_MAX (1024 * 1024)

static const char *const deciding[] = {
	"diff", "-diff", "!diff", "binary", "-binary", "!binary",
};

static bool
line_matters(const char *line, size_t len)
{
	AUTO_FREE char *text = xstrndup(line, len);
	char *rest = text, *word;

	if (starts_with(text, "[attr]"))
		return strstr(text, "diff") || strstr(text, "binary");
	if (text[0] == '#' || !strtok_r(rest, " \t\r", &rest))
		return false;
	while ((word = strtok_r(NULL, " \t\r", &rest)))
		for (size_t i = 0; i < ARRAY_SIZE(deciding); i++)
			if (streq(word, deciding[i]))
				return true;
	return false;
}

static bool
text_matters(const char *text)
{
	while (text && *text) {
		size_t len = strcspn(text, "\n");

		/* a quoted pattern may hold blanks: do not take it apart */
		if (text[0] == '"' || line_matters(text, len))
			return true;
		text += len + (text[len] == '\n');
	}
	return false;
}

static bool
file_matters(const char *dir, const char *name)
{
	AUTO_FREE char *text = dir ? place_read(dir, name, FILE_MAX) : NULL;

	return text_matters(text);
}

static bool
users_file_matters(struct scan *scan)
{
	AUTO_FREE char *home = NULL;
	git_buf path = {0};
	const char *xdg = getenv("XDG_CONFIG_HOME");
	bool matters;

	if (git_config_get_path(&path, scan->config, "core.attributesfile") ==
		0) {
		matters = file_matters("/", path.ptr);
		git_buf_dispose(&path);
		return matters;
	}
	if (!xdg || !*xdg) {
		home = xasprintf("%s/.config", getenv("HOME") ?: "/nonexistent");
		xdg = home;
	}
	return file_matters(xdg, "git/attributes");
}

static bool
settings_matter(struct scan *scan)
{
	git_config_iterator *all;
	git_config_entry *entry;
	bool matters = false;

	if (git_config_iterator_glob_new(&all, scan->config,
			"^(diff\\.(algorithm|.*\\.(binary|algorithm))|"
			"core\\.bigfilethreshold)$") < 0)
		return true;
	if (git_config_next(&entry, all) == 0)
		matters = true;
	git_config_iterator_free(all);
	return matters;
}

bool
attributes_matter(struct scan *scan)
{
	/* newer versions of git read a bare repository's from HEAD */
	return !scan->place.top || settings_matter(scan) ||
		file_matters(scan->place.common, "info/attributes") ||
		file_matters("/etc", "gitattributes") ||
		users_file_matters(scan);
}

bool
attributes_matter_in(struct scan *scan, const char *dir, bool in_tree)
{
	AUTO_FREE char *name = xasprintf("%s.gitattributes", dir);
	AUTO_FREE char *text = place_read(scan->place.top, name, FILE_MAX);

	/* not in the working tree: git takes the index's */
	return text ? text_matters(text) : in_tree;
}
