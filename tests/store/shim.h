/* SPDX-License-Identifier: MIT */
/*
 * A VFS between SQLite and the files: its n-th write, sync, truncation,
 * creation or removal fails, and what each file held when it was last synced
 * is remembered, so that the power can be cut; the disk itself is not waited
 * for.
 */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHIM_FILES 8

struct shim_image {
	char path[256];
	unsigned char *synced;
	long size;
	bool ever; /* was synced: its name is there, too */
};

static struct {
	sqlite3_vfs vfs, *real;
	long calls, fail_at; /* 0: nothing fails */
	bool for_ever;	     /* all that comes after it fails, too */
	int code;
	struct shim_image images[SHIM_FILES];
} shim;

struct shim_file {
	sqlite3_file base;
	sqlite3_file *real;
	struct shim_image *image;
};

static bool
shim_fails(void)
{
	long n = ++shim.calls;

	return shim.fail_at &&
		(n == shim.fail_at || (shim.for_ever && n > shim.fail_at));
}

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return ((struct shim_file *)f)->real;
}

static unsigned char *
shim_read_file(const char *path, long *size)
{
	unsigned char *bytes = NULL;
	FILE *f = fopen(path, "rb");

	*size = 0;
	if (!f)
		return NULL;
	fseek(f, 0, SEEK_END);
	*size = ftell(f);
	rewind(f);
	bytes = malloc((size_t)*size + 1);
	if (fread(bytes, 1, (size_t)*size, f) != (size_t)*size)
		abort();
	fclose(f);
	return bytes;
}

static int
shim_close(sqlite3_file *f)
{
	int r = real_of(f)->pMethods->xClose(real_of(f));

	sqlite3_free(real_of(f));
	return r;
}

static int
shim_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

/* A write that fails has written half. */
static int
shim_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	if (!shim_fails())
		return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
	real_of(f)->pMethods->xWrite(real_of(f), from, n / 2, at);
	return shim.code;
}

static int
shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return shim_fails() ? SQLITE_IOERR_TRUNCATE
			    : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
shim_sync(sqlite3_file *f, int flags)
{
	struct shim_image *image = ((struct shim_file *)f)->image;

	(void)flags;
	if (shim_fails())
		return SQLITE_IOERR_FSYNC;
	if (!image)
		return SQLITE_OK;
	free(image->synced);
	image->synced = shim_read_file(image->path, &image->size);
	image->ever = true;
	return SQLITE_OK;
}

static int
shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int
shim_lock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xLock(real_of(f), lock);
}

static int
shim_unlock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), lock);
}

static int
shim_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int
shim_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int
shim_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
shim_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int
shim_shm_map(sqlite3_file *f, int page, int size, int extend,
	void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend,
		out);
}

static int
shim_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void
shim_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int
shim_shm_unmap(sqlite3_file *f, int drop)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), drop);
}

static const sqlite3_io_methods shim_methods = {
	.iVersion = 2,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_reserved,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector,
	.xDeviceCharacteristics = shim_device,
	.xShmMap = shim_shm_map,
	.xShmLock = shim_shm_lock,
	.xShmBarrier = shim_shm_barrier,
	.xShmUnmap = shim_shm_unmap,
};

static struct shim_image *
shim_image_of(const char *path)
{
	for (int i = 0; path && i < SHIM_FILES; i++) {
		struct shim_image *image = &shim.images[i];

		if (!image->path[0])
			snprintf(image->path, sizeof image->path, "%s", path);
		if (strcmp(image->path, path) == 0)
			return image;
	}
	return NULL;
}

static int
shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *out, int flags,
	int *out_flags)
{
	struct shim_file *f = (struct shim_file *)out;
	int r;

	(void)vfs;
	f->base.pMethods = NULL;
	if (flags & SQLITE_OPEN_CREATE && shim_fails())
		return SQLITE_CANTOPEN;
	f->real = sqlite3_malloc(shim.real->szOsFile);
	r = shim.real->xOpen(shim.real, path, f->real, flags, out_flags);
	if (r != SQLITE_OK) {
		sqlite3_free(f->real);
		return r;
	}
	f->image = shim_image_of(path);
	f->base.pMethods = &shim_methods;
	return SQLITE_OK;
}

static int
shim_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	(void)vfs;
	(void)sync;
	return shim_fails() ? SQLITE_IOERR_DELETE
			    : shim.real->xDelete(shim.real, path, 0);
}

/* From here on every database is opened through it. */
static void
shim_register(void)
{
	shim.real = sqlite3_vfs_find(NULL);
	shim.vfs = *shim.real;
	shim.vfs.zName = "shim";
	shim.vfs.szOsFile = sizeof(struct shim_file);
	shim.vfs.xOpen = shim_open;
	shim.vfs.xDelete = shim_delete;
	sqlite3_vfs_register(&shim.vfs, 1);
}

/* From here on the n-th call fails, and those after it if so wished. */
static void
shim_arm(long n, bool for_ever, int code)
{
	shim.calls = 0;
	shim.fail_at = n;
	shim.for_ever = for_ever;
	shim.code = code;
}

static void
shim_forget(void)
{
	shim_arm(0, false, 0);
	for (int i = 0; i < SHIM_FILES; i++)
		free(shim.images[i].synced);
	memset(shim.images, 0, sizeof shim.images);
}

/* What a disk has of a file after a power cut: each sector as it was synced or
 * as it was written last, as it comes; and its length likewise. */
static void
shim_cut_power(const char *path, const char *to)
{
	struct shim_image *image = shim_image_of(path);
	long now, size;
	unsigned char *bytes = shim_read_file(path, &now);
	FILE *f;

	if (!bytes || (!image->ever && rand() % 2)) {
		free(bytes);
		return; /* not even its name */
	}
	size = image->ever && rand() % 2 ? image->size : now;
	bytes = realloc(bytes, (size_t)size + 512);
	if (size > now)
		memset(bytes + now, 0, (size_t)(size - now));
	for (long at = 0; at < size; at += 512)
		for (long i = at; rand() % 2 && i < at + 512 && i < size; i++)
			bytes[i] = i < image->size ? image->synced[i] : 0;
	f = fopen(to, "wb");
	if (fwrite(bytes, 1, (size_t)size, f) != (size_t)size)
		abort();
	fclose(f);
	free(bytes);
}
