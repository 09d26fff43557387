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
sees_words := base
sees_wire := engine words base
sees_engine := base
sees_config := engine words base
sees_store := base
sees_reflog := base
sees_daemon := config store reflog wire engine words base
sees_desktop := wire words base
sees_digest := words base
sees_client := config wire engine words base

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

# Sentences in other languages, where there is a msgfmt to compile them.
languages := $(notdir $(basename $(wildcard core/words/po/*.po)))
catalogues := $(if $(shell command -v msgfmt 2>/dev/null),\
	$(languages:%=$(O)/locale/%/LC_MESSAGES/vesper.mo))

# --- what people make ------------------------------------------------------

.PHONY: all run check demo bench nightly install uninstall clean help

## all        build everything into build/ (DEV=1: build/dev, sanitized)
all: $(programs) $(catalogues)
	@:

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

# The two programs that run inside other people's: static, never sanitized,
# of few pages, as git waits until they are mapped.
$(O)/libexec/%: core/guest/%.c $(wildcard core/guest/*.h) core/wire/wire.h core/words/words.h Makefile
	@mkdir -p $(@D)
	$(guest_cc) -std=c11 -D_GNU_SOURCE -Icore $(warnings) -Os -static \
		-Wl,-z,noseparate-code -DVESPER_VERSION='"$(VERSION)"' \
		-s -o $@ $<

$(O)/libexec/hooks/%: $(O)/libexec/hook
	@mkdir -p $(@D)
	@ln -f $< $@

$(O)/locale/%/LC_MESSAGES/vesper.mo: core/words/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

## pot        take new sentences into core/words/po/*, to be translated there
.PHONY: pot
pot:
	core/words/extract.sh | sed '/^"POT-Creation-Date/d' \
		>core/words/po/vesper.pot
	for l in $(languages); do \
		msgmerge -q --no-fuzzy-matching --backup=none --update \
			core/words/po/$$l.po core/words/po/vesper.pot || exit; \
	done

.SECONDARY:

## run        build, start the daemon in the foreground (installs first, too)
run:
	@core/setup.sh build
	@$(MAKE) --no-print-directory all
	@$(O)/vesperd --foreground

# --- tests -------------------------------------------------------------------

# tests/ROOM/test-*.c are linked with the room, tests/*/*.t are scripts; both
# print TAP.
c_tests := $(foreach r,$(rooms),$(patsubst tests/%.c,$(O)/tests/%,$(wildcard tests/$(r)/test-*.c)))
scripts := $(sort $(wildcard tests/*/*.t))

define room_test
$(O)/tests/$(1)/test-%: tests/$(1)/test-%.c $(call archives,$(1)) tests/lib/tap.h
	@mkdir -p $$(@D)
	$$(CC) $$(common) -Itests $$(CFLAGS) $$(dev_flags) $$(call cflags,$(1)) \
		-o $$@ $$< $(call archives,$(1)) $$(call libs,$(1))
endef
$(foreach r,$(rooms),$(eval $(call room_test,$(r))))

# --- fuzzing: tests/fuzz/fuzz-NAME.c throws bytes at the room NAME, or at the
# one named here.  What was found worth keeping is in tests/fuzz/corpus/NAME
# and part of the suite, compiled without a fuzzer.
fuzz_room_replay := client
fuzz_room_import := client
fuzz_room_show := client
fuzz_room_attach := wire
fuzz_room_hook := wire
fuzz_room_repository := digest
fuzz_room_spool := daemon
fuzz_room_note := daemon
fuzz_room_digest := daemon
fuzz_room_desktop := daemon

FUZZ_CC ?= clang
FUZZ_SECONDS ?= 60
FUZZ_NIGHT_SECONDS ?= 1800
fuzz_names := $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c))
fuzz_room = $(or $(fuzz_room_$(1)),$(1))
c_tests += $(fuzz_names:%=$(O)/tests/fuzz/%)

# A compiler given several files names the headers of the last one only.
fuzz_headers := $(wildcard core/*/*.h tests/*/*.h)

# fuzzer NAME ROOM
define fuzzer
$(O)/fuzz/$(1): tests/fuzz/fuzz-$(1).c $(fuzz_headers) $(foreach r,$(2) $(sees_$(2)),$(call sources,$(r)))
	@mkdir -p $$(@D)
	$$(FUZZ_CC) $$(common) -Itests -g -O1 -w \
		-fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=all $$(call cflags,$(2)) -o $$@ \
		$$(filter %.c,$$^) $$(call libs,$(2))

$(O)/tests/fuzz/$(1): tests/fuzz/fuzz-$(1).c tests/fuzz/driver.c $(fuzz_headers) $(call archives,$(2))
	@mkdir -p $$(@D)
	$$(CC) $$(common) -Itests $$(CFLAGS) $$(dev_flags) $$(call cflags,$(2)) \
		-DCORPUS='"tests/fuzz/corpus/$(1)"' -o $$@ \
		$$(filter %.c,$$^) $(call archives,$(2)) $$(call libs,$(2))
endef
$(foreach n,$(fuzz_names),$(eval $(call fuzzer,$(n),$(call fuzz_room,$(n)))))

## fuzz       every fuzz target for FUZZ_SECONDS=60; finds go to build/fuzz
fuzz:
	@core/setup.sh fuzz
	@$(MAKE) --no-print-directory $(fuzz_names:%=$(O)/fuzz/%)
	@for n in $(fuzz_names); do \
		echo "# $$n"; \
		mkdir -p $(O)/fuzz/corpus/$$n tests/fuzz/corpus/$$n; \
		$(O)/fuzz/$$n -max_total_time=$(FUZZ_SECONDS) -max_len=4096 \
			-timeout=10 -verbosity=0 -print_final_stats=1 \
			-artifact_prefix=$(O)/fuzz/$$n- \
			$(O)/fuzz/corpus/$$n tests/fuzz/corpus/$$n || exit; \
	done

.PHONY: tests fuzz lint coverage valgrind
tests: $(c_tests)

## check      run the whole test suite (installs what it needs first)
check:
	@core/setup.sh check
	@$(MAKE) --no-print-directory all tests
	@O=$(abspath $(O)) tests/lib/run.sh $(PROVE) $(c_tests) $(scripts)

## lint       gcc -fanalyzer, clang-tidy, cppcheck and shellcheck
lint:
	@core/setup.sh lint
	@LINT=all O=$(abspath $(O)) tests/rules/lint.t

## coverage   the lines of engine, config, wire and store that tests run
coverage:
	@COVERAGE=1 O=$(abspath $(O)) tests/rules/coverage.t

## valgrind   the suite with every program of ours under valgrind: hours
valgrind:
	@core/setup.sh nightly
	@$(MAKE) --no-print-directory all tests
	@VESPER_NIGHTLY=1 O=$(abspath $(O)) tests/nightly/valgrind.t

## bench      print the figures of speed and size, as ratios
bench:
	@core/setup.sh check
	@$(MAKE) --no-print-directory all tests
	@for b in $(sort $(wildcard tests/bench/*.sh) tests/bench/desktop); do \
		echo "# $$b"; O=$(abspath $(O)) $$b || exit; done

## nightly    what takes long: 30,000 kills, five minutes of a thousand editors,
##            every zone and date, hours of fuzzing
nightly:
	@core/setup.sh nightly
	@VESPER_NIGHTLY=1 $(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=$(FUZZ_NIGHT_SECONDS)

# --- installing ----------------------------------------------------------------

# share/vim/vimfiles and share/nvim/site hold packages that both editors load
# at start; set vimdir where your Vim looks elsewhere (:set packpath?), as that
# of Debian does for what is local.  With PREFIX=~/.local things go where
# programs look for what is one person's.
sysconfdir = $(if $(filter /usr,$(PREFIX)),/etc,$(PREFIX)/etc)
ifeq ($(abspath $(PREFIX)),$(HOME)/.local)
vimdir = $(HOME)/.vim
unitdir = $(datadir)/systemd/user
autostartdir = $(or $(XDG_CONFIG_HOME),$(HOME)/.config)/autostart
else
vimdir = $(if $(filter /usr/local,$(PREFIX)),$(or $(wildcard /etc/vim),$(datadir)/vim/vimfiles),$(datadir)/vim/vimfiles)
unitdir = $(PREFIX)/lib/systemd/user
autostartdir = $(sysconfdir)/xdg/autostart
endif
nvimdir = $(datadir)/nvim/site
pack = pack/vesper/start/vesper

# installed MODE SOURCE TARGET: the one list of what is installed where.
define files
755 $(O)/vesper $(bindir)/vesper
755 $(O)/vesperd $(bindir)/vesperd
755 $(O)/libexec/attach $(libexecdir)/attach
755 $(O)/libexec/desktop $(libexecdir)/desktop
755 $(O)/libexec/digest $(libexecdir)/digest
$(foreach h,$(hook_names),755 $(O)/libexec/hooks/$(h) $(libexecdir)/hooks/$(h)
)$(foreach m,$(wildcard core/man/*.[157]),644 $(m) $(datadir)/man/man$(subst .,,$(suffix $(m)))/$(notdir $(m))
)$(foreach d,$(vimdir) $(nvimdir),$(foreach f,plugin/vesper.vim $(shell find vim -type f ! -name tags | sort),644 $(f) $(d)/$(pack)/$(f)
)644 $(O)/tags $(d)/$(pack)/vim/doc/tags
)$(foreach l,$(if $(catalogues),$(languages)),644 $(O)/locale/$(l)/LC_MESSAGES/vesper.mo $(datadir)/locale/$(l)/LC_MESSAGES/vesper.mo
)644 config.example.ini $(datadir)/doc/vesper/config.example.ini
644 contrib/completions/vesper.bash $(datadir)/bash-completion/completions/vesper
644 contrib/completions/_vesper $(datadir)/zsh/site-functions/_vesper
644 contrib/completions/vesper.fish $(datadir)/fish/vendor_completions.d/vesper.fish
644 contrib/desktop/vesper.desktop $(datadir)/applications/vesper.desktop
644 contrib/desktop/vesper-autostart.desktop $(autostartdir)/vesper.desktop
644 contrib/systemd/vesperd.socket $(unitdir)/vesperd.socket
644 contrib/systemd/vesperd.service $(unitdir)/vesperd.service
endef
export files

# The plugin is often a link to a clone, this one perhaps: what lies behind it
# is not ours to write, and least of all to remove.
linked = [ -L "$(DESTDIR)$${target%%/$(pack)/*}/$(pack)" ]

# What :helptags would make, which nobody but root may do there.
$(O)/tags: vim/doc/vesper.txt
	@mkdir -p $(@D)
	grep -o '\*[^*[:space:]|]*\*' $< | tr -d '*' | LC_ALL=C sort | \
		sed 's|.*|&\tvesper.txt\t/*&*|' >$@

## install    PREFIX=/usr/local, DESTDIR=; uninstall removes the same files
install: all $(O)/tags
	@echo "$$files" | while read -r mode source target; do \
		$(linked) || \
		install -D -m $$mode "$$source" "$(DESTDIR)$$target" || exit; \
	done
	@sed -i 's|@bindir@|$(bindir)|' "$(DESTDIR)$(unitdir)/vesperd.service" \
		"$(DESTDIR)$(autostartdir)/vesper.desktop"

uninstall:
	@echo "$$files" | while read -r mode source target; do \
		$(linked) || rm -f "$(DESTDIR)$$target"; \
	done
	@rmdir -p "$(DESTDIR)$(libexecdir)/hooks" 2>/dev/null || true
	@rmdir "$(DESTDIR)$(datadir)/doc/vesper" 2>/dev/null || true
	@find "$(DESTDIR)$(vimdir)/pack/vesper" "$(DESTDIR)$(nvimdir)/pack/vesper" \
		-depth -type d -empty -delete 2>/dev/null || true
	@rmdir "$(DESTDIR)$(vimdir)/pack" "$(DESTDIR)$(nvimdir)/pack" \
		2>/dev/null || true

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
