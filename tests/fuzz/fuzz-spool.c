/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of the spool, read by a whole daemon.  A byte 1 stands
 * for the present and this boot, so that lines can be of an age that is
 * believed.
 */
#include "base/clock.h"
#include "daemon/spool.h"
#include "fuzz/daemon.h"

/* "1795010000,"boot":7200,"boot_id":"..."; the caller frees it. */
static char *
present(void)
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
	char id[64] = "";

	must(f && fgets(id, sizeof id, f));
	fclose(f);
	id[strcspn(id, "\n")] = '\0';
	return xasprintf("%lld,\"boot_id\":\"%s\"",
		(long long)(clock_real_ns() / NS_PER_S), id);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct daemon *d = fuzz_daemon(NULL);
	AUTO_FREE char *age = present();
	AUTO_FREE char *text = fuzz_fill(data, n, age);
	AUTO_FREE char *dir = xasprintf("%s/vesper/spool", fuzz_home);
	AUTO_FREE char *path = xasprintf("%s/attach-1.jsonl", dir);

	mkdir(dir, 0700);
	fuzz_write(path, text, strlen(text));
	spool_drain(d);
	fuzz_settle();
	must(access(path, F_OK) < 0);
	return 0;
}
