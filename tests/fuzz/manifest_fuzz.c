/*
 * Manifests. An input whose first byte is even is one as it stands; else what follows is a
 * document, to which its checksum is added. The byte after that chooses which one is changed then:
 * it must be noticed.
 */
#include <check.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz_input.h"
#include "report/manifest_reader.h"
#include "report_fixture.h"

static void check_file(const struct manifest_file *file)
{
    ck_assert_ptr_nonnull(file->path);
    ck_assert(!(file->is_report && file->has_records));
    if (!file->has_records)
        return;
    ck_assert_ptr_nonnull(strchr(",;\t|", file->dialect.delimiter));
    ck_assert(file->dialect.quoting == QUOTING_STRICT || file->dialect.quoting == QUOTING_LENIENT);
}

static void check_manifest(const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->count; i++) {
        check_file(&manifest->files[i]);
        ck_assert(i == 0 || strcmp(manifest->files[i - 1].path, manifest->files[i].path) < 0);
    }
}

static enum status judge(struct span bytes)
{
    struct arena arena = ARENA_INIT;
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct manifest manifest;
    const int fd = memfd_create("manifest", MFD_CLOEXEC);

    ck_assert_int_ge(fd, 0);
    if (bytes.size > 0)
        ck_assert_int_eq(write(fd, bytes.at, bytes.size), (ssize_t)bytes.size);
    const enum status status = manifest_read(fd, "manifest.json", &arena, &manifest, &diagnostics);
    ck_assert(status == STATUS_OK || status == STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.errors, status == STATUS_OK ? 0 : 1);
    if (status == STATUS_OK)
        check_manifest(&manifest);
    close(fd);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const bool sealed = fuzz_byte(&input) % 2 != 0;
    const size_t changed = fuzz_byte(&input);

    if (!sealed) {
        (void)judge(input);
        return 0;
    }
    struct buffer bytes = report_fixture_sealed(input);
    if (judge(buffer_span(&bytes)) == STATUS_OK) {
        bytes.at[changed % bytes.size] ^= 1;
        ck_assert_int_eq(judge(buffer_span(&bytes)), STATUS_INPUT);
    }
    buffer_release(&bytes);
    return 0;
}
