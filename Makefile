# Builds efface, checks it, installs it. `make help` lists the targets.

# `make check` covers these variants: the one that is asked for, or both of these.
CHECKED_VARIANTS := $(or $(VARIANT),release asan)

VARIANT := $(or $(VARIANT),release)
VARIANTS := release debug asan tsan coverage fuzz
ifeq ($(filter $(VARIANTS),$(VARIANT)),)
$(error VARIANT is one of: $(VARIANTS))
endif

PREFIX ?= /usr/local
SEEDS ?= 200
TIME ?= 60
PKG_CONFIG ?= pkg-config
WERROR ?= -Werror

# Gzip is dealt with by ISA-L where pkg-config knows it, by zlib alone elsewhere or with HAVE_ISAL=.
HAVE_ISAL ?= $(shell $(PKG_CONFIG) --exists libisal && echo yes)

BUILD := build/$(VARIANT)
PROGRAM := $(BUILD)/efface
ARCHIVE := $(BUILD)/libefface.a
UNIT_TESTS := $(BUILD)/unit-tests
GENERATOR := $(BUILD)/generate-export
FRAMER_BENCH := $(BUILD)/framer-bench
TECHNIQUE_BENCH := $(BUILD)/technique-bench

# A Python of its own for what isn't in Debian.
READERS := build/load/venv

# Compiler flags. CPPFLAGS, CFLAGS and LDFLAGS are the user's and come last.

# What makes a flaw harder to use, as far as the compiler knows it: it is asked once, by the first
# recipe that compiles. tests/hardening looks for it in the program.

TAKEN = $(shell $(CC) -Werror $(1) -xc -S -o /dev/null /dev/null 2>/dev/null && echo $(1))
FORTIFIED = $(shell $(CC) -Werror -O1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(1) -include stdio.h \
	-xc -S -o /dev/null /dev/null 2>/dev/null && echo -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(1))
HARDENING = $(eval HARDENING := -fPIE -fstack-protector-strong \
	$(or $(call FORTIFIED,3),$(call FORTIFIED,2)) \
	$(call TAKEN,-fstack-clash-protection) $(call TAKEN,-fcf-protection))$(HARDENING)

VARIANT_CFLAGS_release = -O3 -g $(HARDENING)
VARIANT_LDFLAGS_release := -pie -Wl,-z,relro,-z,now
VARIANT_LDFLAGS_coverage := -Wl,--wrap=_exit
VARIANT_CFLAGS_debug := -O0 -g3
VARIANT_CFLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
VARIANT_CFLAGS_tsan := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
VARIANT_CFLAGS_coverage := -O0 -g --coverage
VARIANT_CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all \
	-fsanitize=fuzzer-no-link,address,undefined

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow $(WERROR)

# pkg-config is asked when a recipe runs, not when this file is read: the first `make check` on a
# bare machine installs the libraries between the two.
LIBRARIES := libcrypto libsodium libxxhash libutf8proc yaml-0.1 libpcre2-8 zlib xlsxwriter jansson \
	$(if $(HAVE_ISAL),libisal)
LIBRARY_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(LIBRARIES))
LIBRARY_LDLIBS = -lcsv $(shell $(PKG_CONFIG) --libs $(LIBRARIES)) -pthread
CHECK_LDLIBS = $(shell $(PKG_CONFIG) --libs check)

COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -Ipipeline $(WARNINGS) -MMD -MP -pthread \
	$(VARIANT_CFLAGS_$(VARIANT)) $(LIBRARY_CFLAGS) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
LINK = $(CC) $(VARIANT_CFLAGS_$(VARIANT)) $(VARIANT_LDFLAGS_$(VARIANT)) -Wl,--as-needed \
	$(CFLAGS) $(LDFLAGS)

# Files. Everything but main.c goes into the archive, which the program and the unit tests share.

MAIN := pipeline/cli/main.c
OTHER_GZIP := $(if $(HAVE_ISAL),read/gzip_members_zlib write/gzip_fast_zlib, \
	read/gzip_members_isal write/gzip_fast_isal)
SOURCES := $(filter-out $(OTHER_GZIP:%=pipeline/%.c),$(sort $(wildcard pipeline/*/*.c)))
GENERATOR_SOURCES := $(sort $(wildcard scripts/*.c))
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
TEST_SOURCES := $(sort $(wildcard tests/unit/*.c))
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/*.c))
FUZZ_NAMES := $(patsubst tests/fuzz/%_fuzz.c,%,$(filter %_fuzz.c,$(FUZZ_SOURCES)))
SUITES := $(patsubst tests/unit/%.c,%_suite,$(filter tests/unit/test_%,$(TEST_SOURCES)))

MAIN_OBJECT := $(MAIN:%.c=$(BUILD)/%.o)
COUNTED_EXIT := $(if $(filter coverage,$(VARIANT)),tests/coverage/exit_counted.c)
ARCHIVE_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(MAIN),$(SOURCES)) $(COUNTED_EXIT))
GENERATOR_OBJECTS := $(GENERATOR_SOURCES:%.c=$(BUILD)/%.o)
BENCH_OBJECTS := $(BENCH_SOURCES:%.c=$(BUILD)/%.o)
FAULT_LIBRARY := $(BUILD)/fault-library.so
FUZZ_TARGETS := $(FUZZ_NAMES:%=$(BUILD)/fuzz/%)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/unit_suites.o

.PHONY: all compile deps check-deps demo check check-unit check-golden check-property check-schema \
	check-rules check-samples check-readme check-terminal check-completion check-secrets \
	check-load check-hardening check-faults check-ledger check-nightly check-leaks \
	check-idempotence check-hostile check-fuzz check-analysis check-cases check-layers \
	check-format torture fuzz fuzz-targets coverage bench bench-quick install uninstall format \
	clean help FORCE
.DELETE_ON_ERROR:
.SUFFIXES:

all: $(PROGRAM) ## build the program (the default)

compile: $(PROGRAM) $(UNIT_TESTS) $(GENERATOR) $(FRAMER_BENCH) $(TECHNIQUE_BENCH) ## build the tests and tools too

$(PROGRAM): $(MAIN_OBJECT) $(ARCHIVE)
	$(LINK) -o $@ $^ $(LIBRARY_LDLIBS)

$(UNIT_TESTS): $(TEST_OBJECTS) $(ARCHIVE)
	$(LINK) -o $@ $^ $(CHECK_LDLIBS) $(LIBRARY_LDLIBS)

$(GENERATOR): $(GENERATOR_OBJECTS)
	$(LINK) -o $@ $^ $(LIBRARY_LDLIBS)

$(FRAMER_BENCH) $(TECHNIQUE_BENCH): $(BUILD)/%-bench: $(BUILD)/tests/bench/%_bench.o $(ARCHIVE)
	$(LINK) -o $@ $^ $(LIBRARY_LDLIBS)

# Fuzz targets are given their inputs by libFuzzer or, in any other variant, by replay.c. They use
# the fixtures of the unit tests, whose assertions abort here.
FUZZ_DRIVER := $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer,$(BUILD)/tests/fuzz/replay.o)
FIXTURE_OBJECTS := $(BUILD)/tests/fuzz/check_abort.o $(patsubst %.c,$(BUILD)/%.o, \
	$(filter-out tests/unit/test_% tests/unit/unit_runner.c,$(TEST_SOURCES)))
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.c=$(BUILD)/%.o)

$(FUZZ_OBJECTS): CPPFLAGS += -Itests/unit

$(FUZZ_TARGETS): $(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%_fuzz.o $(filter %.o,$(FUZZ_DRIVER)) \
		$(FIXTURE_OBJECTS) $(ARCHIVE)
	@mkdir -p $(@D)
	$(LINK) $(filter-out %.o,$(FUZZ_DRIVER)) -o $@ $^ $(LIBRARY_LDLIBS)

# Loaded by any program, so without the flags of a variant.
$(FAULT_LIBRARY): tests/fault/fault_library.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O2 -fPIC -shared -o $@ $<

$(ARCHIVE): $(ARCHIVE_OBJECTS) $(BUILD)/archive_members
	rm -f $@
	$(AR) rcsD $@ $(ARCHIVE_OBJECTS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(COMPILE)

$(BUILD)/unit_suites.o: $(BUILD)/unit_suites.c Makefile
	$(COMPILE) -Itests/unit

# Two lists made of file names. Each is looked at in every run and written only if it changes, so
# that a file added or removed is noticed and nothing else is rebuilt.

UPDATE = cat > $@.new; if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(BUILD)/archive_members: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(ARCHIVE_OBJECTS) | { $(UPDATE); }

$(BUILD)/unit_suites.c: FORCE
	@mkdir -p $(@D)
	@{ printf '#include "unit_suites.h"\n\n'; \
	   printf 'Suite *%s(void);\n' $(SUITES); \
	   printf '\nunit_suite *const unit_suites[] = {\n'; \
	   printf '    %s,\n' $(SUITES); \
	   printf '    NULL,\n};\n'; } | { $(UPDATE); }

-include $(patsubst %.o,%.d,$(MAIN_OBJECT) $(ARCHIVE_OBJECTS) $(TEST_OBJECTS) $(GENERATOR_OBJECTS) \
	$(BENCH_OBJECTS) $(FUZZ_OBJECTS))

deps: ## install the Debian packages that are missing
	@scripts/install-deps

check-deps: ## ... and what only `make check` needs
	@scripts/install-deps --checks

demo: deps ## build, then anonymize the sample export and show what came out
	+@$(MAKE) --no-print-directory -s VARIANT=release all
	@scripts/demo

# Checks. Each runs alone too, in the chosen VARIANT.

CHECKS := $(CHECKED_VARIANTS:%=compile/%) $(CHECKED_VARIANTS:%=check-unit/%) \
	$(CHECKED_VARIANTS:%=check-golden/%) \
	$(addsuffix /$(VARIANT),check-property check-schema check-rules check-samples check-readme \
		check-terminal check-completion check-reports check-load check-faults \
		check-ledger check-nightly check-leaks check-idempotence check-analysis check-cases \
		check-layers check-format) \
	check-secrets/release check-hardening/release check-hostile/release check-fuzz/asan

check: check-deps ## everything below, in release and asan or in the chosen VARIANT
	+@scripts/run-checks '$(MAKE)' $(CHECKS)

check-unit: $(UNIT_TESTS) ## the unit tests
	@CK_DEFAULT_TIMEOUT=120 $(UNIT_TESTS)

check-golden: $(PROGRAM) ## the golden cases
	@tests/golden/run-golden --efface $(PROGRAM)

check-property: $(PROGRAM) ## random exports, SEEDS of them
	@tests/property/run-property --efface $(PROGRAM) --seeds $(SEEDS)

check-schema: $(PROGRAM) ## rules/schema.json against the program
	@tests/schema/run-schema --efface $(PROGRAM)

check-rules: $(PROGRAM) ## the examples of rules/README.md
	@tests/rules/run-rules-readme --efface $(PROGRAM)

check-samples: $(PROGRAM) ## the samples against the results beside them
	@tests/samples/run-samples --efface $(PROGRAM)

check-readme: $(PROGRAM) ## the commands of README.md as printed
	@tests/readme/run-readme --efface $(PROGRAM)

check-secrets: $(PROGRAM) ## the key is nowhere but where it must be
	@tests/secrets/run-secrets --efface $(PROGRAM)

.PHONY: check-reports
check-reports: $(PROGRAM) ## the reports in Chromium and LibreOffice
	@tests/reports/run-reports --efface $(PROGRAM)

check-load: $(PROGRAM) $(GENERATOR) $(READERS)/installed ## outputs load into PostgreSQL and open elsewhere
	@$(READERS)/bin/python tests/load/run-load --efface $(PROGRAM) --generator $(GENERATOR)

$(READERS)/installed: tests/load/requirements.txt
	python3 -m venv $(READERS)
	$(READERS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

check-hardening: $(PROGRAM) ## how the compiler and linker protected the program
	@tests/hardening/run-hardening $(PROGRAM)

check-terminal: $(PROGRAM) ## the program on a terminal
	@tests/terminal/run-terminal --efface $(PROGRAM)

check-completion: $(PROGRAM) ## man pages and completions against the program's help
	@tests/completion/run-completion --efface $(PROGRAM)

check-ledger: $(PROGRAM) ## what a ledger is after a kill at any call that writes
	@tests/ledger/run-ledger-kills --efface $(PROGRAM)

check-nightly: $(PROGRAM) ## the nightly recipe, run, its units verified
	@tests/nightly/run-nightly --efface $(PROGRAM)

check-idempotence: $(PROGRAM) $(GENERATOR) ## what a run has published comes through the next as it is
	@tests/idempotence/run-idempotence --efface $(PROGRAM) --generator $(GENERATOR)

check-leaks: $(PROGRAM) $(GENERATOR) ## what the leak check finds in a large export, and what it doesn't
	@tests/leaks/run-leaks --efface $(PROGRAM) --generator $(GENERATOR)

check-faults: $(PROGRAM) $(FAULT_LIBRARY) ## what is left where a sample of all calls fails
	@tests/fault/run-torture --efface $(PROGRAM) --library $(FAULT_LIBRARY) \
		--stride 61 --allocation-factor 7

check-hostile: $(PROGRAM) ## bombs, endless cells, ten thousand files: refused, or done in little memory
	@tests/hostile/run-hostile --efface $(PROGRAM)

check-fuzz: $(FUZZ_TARGETS) ## the corpora of the fuzz targets
	@tests/fuzz/run-corpora $(BUILD)/fuzz $(FUZZ_NAMES)

check-analysis: ## gcc -fanalyzer, clang-tidy and cppcheck warn of nothing
	@scripts/check-analysis

check-cases: ## the tests that tests/CASES.md names exist
	@scripts/check-cases

check-layers: ## which folder may include which
	@scripts/check-layers

check-format: ## clang-format would change nothing
	@scripts/check-format

# Longer than a check may take.

torture: $(PROGRAM) $(FAULT_LIBRARY) ## fail every call, one after another, and look what is left
	@tests/fault/run-torture --efface $(PROGRAM) --library $(FAULT_LIBRARY)

fuzz: ## give each fuzz target, or TARGET="...", TIME seconds of libFuzzer (needs clang)
	+@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang WERROR= fuzz-targets
	@scripts/fuzz build/fuzz/fuzz $(TIME) $(or $(TARGET),$(FUZZ_NAMES))

fuzz-targets: $(FUZZ_TARGETS)

coverage: ## which lines of pipeline/ the tests reach: build/coverage/report
	+@scripts/measure-coverage '$(MAKE)'

# Against others that do the same work; scripts/install-bench-deps installs them.

bench: $(PROGRAM) $(FRAMER_BENCH) $(TECHNIQUE_BENCH) $(GENERATOR) ## measure against cp, igzip, pigz, DuckDB, Polars, Miller
	@scripts/bench

bench-quick: $(PROGRAM) $(FRAMER_BENCH) $(TECHNIQUE_BENCH) $(GENERATOR) ## the same in a minute: cp, igzip, DuckDB
	@scripts/bench --quick --contacts 50000 --rounds 3

# The program finds its rule packs relative to itself, in ../share/efface/rules.

COMPLETIONS := pipeline/cli/completion
BIN_FOLDER = $(DESTDIR)$(PREFIX)/bin
MAN_FOLDER = $(DESTDIR)$(PREFIX)/share/man/man1
SHARE_FOLDER = $(DESTDIR)$(PREFIX)/share/efface
RULES_FOLDER = $(SHARE_FOLDER)/rules
REPORT_SCHEMAS := $(wildcard pipeline/report/*.schema.json)
BASH_FOLDER = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH_FOLDER = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISH_FOLDER = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
COMPLETION_FOLDERS = $(BASH_FOLDER) $(ZSH_FOLDER) $(FISH_FOLDER)
MAN_PAGES := $(wildcard pipeline/cli/*.1)
RULES := $(wildcard rules/*.yaml rules/*.json rules/README.md)

install: $(PROGRAM) ## install program, man pages, completions and rule packs under DESTDIR PREFIX
	install -d $(BIN_FOLDER) $(MAN_FOLDER) $(RULES_FOLDER) $(COMPLETION_FOLDERS)
	install -m 755 $(PROGRAM) $(BIN_FOLDER)/efface
	install -m 644 $(MAN_PAGES) $(MAN_FOLDER)
	install -m 644 $(COMPLETIONS)/efface.bash $(BASH_FOLDER)/efface
	install -m 644 $(COMPLETIONS)/_efface $(ZSH_FOLDER)
	install -m 644 $(COMPLETIONS)/efface.fish $(FISH_FOLDER)
	install -m 644 $(RULES) $(RULES_FOLDER)
	install -m 644 $(REPORT_SCHEMAS) $(SHARE_FOLDER)

uninstall: ## remove what install put there
	rm -f $(BIN_FOLDER)/efface $(BASH_FOLDER)/efface $(ZSH_FOLDER)/_efface $(FISH_FOLDER)/efface.fish \
		$(MAN_PAGES:pipeline/cli/%=$(MAN_FOLDER)/%) $(RULES:rules/%=$(RULES_FOLDER)/%)
	rm -f $(REPORT_SCHEMAS:pipeline/report/%=$(SHARE_FOLDER)/%)
	-rmdir $(RULES_FOLDER) $(SHARE_FOLDER)

format: ## lay out the C files with clang-format
	@scripts/check-format --fix

clean: ## remove build/
	rm -rf build

help: ## this list
	@echo 'make [VARIANT=release|debug|asan|tsan|coverage] [TARGET]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-17s %s\n", $$1, $$2 }' Makefile
