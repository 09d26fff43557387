# SPDX-License-Identifier: MIT
#
# Every room of core/ is compiled with only the flags it may use, so that a
# forbidden include fails to build.  `make help` lists what there is to make.

VERSION := 0.1.0

CC ?= gcc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
PKG_CONFIG ?= pkg-config
PROVE ?= prove

bindir = $(PREFIX)/bin
libexecdir = $(PREFIX)/libexec/vesper
datadir = $(PREFIX)/share

# DEV=1: strict warnings, AddressSanitizer and UBSan, in a build of its own.
ifdef DEV
O := build/dev
dev_flags := -O1 -g -Werror -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
else
O := build
dev_flags :=
endif

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wformat=2 -Wundef -Wvla -Wwrite-strings
common := -std=c11 -D_GNU_SOURCE -Icore $(warnings) -MMD -MP \
	-DVESPER_VERSION='"$(VERSION)"' -DLIBEXECDIR='"$(libexecdir)"' \
	-DDATADIR='"$(datadir)"'

# --- rooms: what each may include, see and link ----------------------------

rooms := base words wire engine config store reflog daemon desktop digest client

pkgs_base :=
pkgs_words :=
pkgs_wire := jansson
pkgs_engine :=
pkgs_config := inih
pkgs_store := sqlite3
pkgs_reflog :=
pkgs_daemon := glib-2.0 jansson
pkgs_desktop := gio-2.0 gio-unix-2.0 libnotify jansson
pkgs_digest := libgit2 jansson
pkgs_client := jansson

sees_base :=
sees_words :=
sees_wire := base
sees_engine := base
sees_config := engine words base
sees_store := base
sees_reflog := base
sees_daemon := config engine store reflog wire words base
sees_desktop := wire words base
sees_digest := words base
sees_client := config engine wire words base

# cflags ROOM, libs ROOM (its own archive, what it sees, and their packages)
pkg = $(if $(strip $(2)),$(shell $(PKG_CONFIG) $(1) $(2)))
cflags = $(call pkg,--cflags,$(pkgs_$(1)))
archives = $(patsubst %,$(O)/lib/%.a,$(1) $(sees_$(1)))
libs = $(call pkg,--libs,$(pkgs_$(1)) $(foreach r,$(sees_$(1)),$(pkgs_$(r))))

# What a room has for other systems than this one.
variants_reflog := $(if $(filter Linux,$(shell uname -s)),%-null.c,%-linux.c)

sources = $(filter-out %/main.c $(variants_$(1)),$(wildcard core/$(1)/*.c))
objects = $(patsubst core/%.c,$(O)/obj/%.o,$(call sources,$(1)))

guest_cc := $(if $(shell command -v musl-gcc 2>/dev/null),musl-gcc,$(CC))
hook_names := post-commit post-merge post-applypatch post-rewrite pre-push \
	pre-commit pre-merge-commit

programs := $(O)/vesperd $(O)/vesper $(O)/libexec/desktop $(O)/libexec/digest \
	$(O)/libexec/attach $(hook_names:%=$(O)/libexec/hooks/%)

# --- what people make ------------------------------------------------------

.PHONY: all run check demo bench nightly install uninstall clean help

all: $(programs)

## all        build everything into build/ (DEV=1: build/dev, sanitized)

define room
$(O)/lib/$(1).a: $(call objects,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^

$(O)/obj/$(1)/%.o: core/$(1)/%.c Makefile
	@mkdir -p $$(@D)
	$$(CC) $$(common) $$(CFLAGS) $$(dev_flags) $$(call cflags,$(1)) -c -o $$@ $$<
endef
$(foreach r,$(rooms),$(eval $(call room,$(r))))

# program PATH ROOM
define program
$(1): $(O)/obj/$(2)/main.o $(call archives,$(2))
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(dev_flags) $$(LDFLAGS) -o $$@ $$^ $$(call libs,$(2))
endef
$(eval $(call program,$(O)/vesperd,daemon))
$(eval $(call program,$(O)/vesper,client))
$(eval $(call program,$(O)/libexec/desktop,desktop))
$(eval $(call program,$(O)/libexec/digest,digest))

# The two programs that run inside other people's: static, never sanitized.
$(O)/libexec/%: core/guest/%.c $(wildcard core/guest/*.h) core/wire/wire.h core/words/words.h Makefile
	@mkdir -p $(@D)
	$(guest_cc) -std=c11 -D_GNU_SOURCE -Icore $(warnings) -Os -static \
		-DVESPER_VERSION='"$(VERSION)"' -s -o $@ $<

$(O)/libexec/hooks/%: $(O)/libexec/hook
	@mkdir -p $(@D)
	@ln -f $< $@

.SECONDARY:

## check      run the whole test suite (installs what it needs first)
## run        build, start the daemon in the foreground (installs first, too)

run:
	@core/setup.sh build
	@$(MAKE) --no-print-directory all
	@$(O)/vesperd --foreground

# Tests: tests/ROOM/test-*.c are linked with the room; tests/ROOM/*.t are
# scripts. Both print TAP. test_* variables say what a C test may use.
c_tests := $(foreach r,$(rooms),$(patsubst tests/%.c,$(O)/tests/%,$(wildcard tests/$(r)/test-*.c)))
scripts := $(wildcard tests/*/*.t)

define room_test
$(O)/tests/$(1)/test-%: tests/$(1)/test-%.c $(call archives,$(1)) tests/lib/tap.h
	@mkdir -p $$(@D)
	$$(CC) $$(common) -Itests $$(CFLAGS) $$(dev_flags) $$(call cflags,$(1)) \
		-o $$@ $$< $(call archives,$(1)) $$(call libs,$(1))
endef
$(foreach r,$(rooms),$(eval $(call room_test,$(r))))

check:
	@core/setup.sh check
	@$(MAKE) --no-print-directory all tests
	@O=$(abspath $(O)) tests/lib/run.sh $(PROVE) $(c_tests) $(scripts)

.PHONY: tests
tests: $(c_tests)

## demo       a working day in a minute, in a scratch home (installs first)

demo:
	@core/setup.sh demo
	@$(MAKE) --no-print-directory all
	@tests/demo/demo.sh $(abspath $(O))

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

clean:
	rm -rf build

-include $(shell find $(O) -name '*.d' 2>/dev/null)
