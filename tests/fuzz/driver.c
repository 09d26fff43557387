/* SPDX-License-Identifier: MIT */
/*
 * A fuzz target without a fuzzer: every file of its corpus once, so that what
 * was found stays found with any compiler.  What must not be ends the program.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/tap.h"

#define INPUT_MAX (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
feed(const char *name)
{
	char path[512];
	uint8_t *data;
	FILE *f;
	size_t n;

	snprintf(path, sizeof path, "%s/%.255s", CORPUS, name);
	f = fopen(path, "re");
	if (!f) {
		ok(false, "%s can be read", path);
		return;
	}
	data = malloc(INPUT_MAX);
	n = fread(data, 1, INPUT_MAX, f);
	fclose(f);
	/* as much memory as there is input, for a sanitizer to watch */
	data = realloc(data, n ? n : 1);
	ok(LLVMFuzzerTestOneInput(data, n) == 0, "%.255s", name);
	free(data);
}

int
main(void)
{
	DIR *dir = opendir(CORPUS);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			feed(entry->d_name);
	if (dir)
		closedir(dir);
	ok(tap_count > 0, "there is a corpus: %s", CORPUS);
	return tap_done();
}
