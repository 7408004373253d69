#include "report/manifest_reader.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/read_at.h"
#include "report/manifest_words.h"

#define SIZE_LIMIT ((off_t)1 << 30)

/* What stands behind the bytes that are summed: this, the sum, and what ends the document. */
#define SEAL_HEAD ",\n  \"" MANIFEST_SEAL "\": \""
#define SEAL_TAIL "\"\n}\n"

enum { SUM_SIZE = 2 * CHECKSUM_SIZE, SEAL_SIZE = sizeof(SEAL_HEAD SEAL_TAIL) - 1 + SUM_SIZE };

/* A manifest that is being read. */
struct reading {
    const char *name;
    struct arena *arena;
    struct diagnostics *diagnostics;
    bool no_memory; /* the arena had none for an entry */
};

static enum status refuse(const struct reading *reading, const char *why)
{
    diagnostics_error(reading->diagnostics, (struct place){reading->name, 0, 0}, "%s", why);
    return STATUS_INPUT;
}

static enum status read_all(const struct reading *reading, int fd, struct span *text)
{
    struct stat about;
    char *bytes;
    ssize_t size;

    if (fstat(fd, &about) != 0)
        return diagnostics_system(reading->diagnostics, reading->name, "read", errno);
    if (about.st_size > SIZE_LIMIT)
        return refuse(reading, "larger than the limit of 1 GiB");
    bytes = arena_alloc(reading->arena, (size_t)about.st_size);
    if (!bytes)
        return diagnostics_no_memory(reading->diagnostics);
    size = read_at(fd, bytes, (size_t)about.st_size, 0);
    if (size < 0)
        return diagnostics_system(reading->diagnostics, reading->name, "read", errno);
    *text = (struct span){bytes, (size_t)size};
    return STATUS_OK;
}

static bool sum_of(struct span text, char digits[CHECKSUM_TEXT_SIZE])
{
    struct checksum checksum = CHECKSUM_INIT;
    unsigned char digest[CHECKSUM_SIZE];
    bool summed = checksum_start(&checksum) && checksum_add(&checksum, text) &&
                  checksum_finish(&checksum, digest);

    checksum_release(&checksum);
    if (summed)
        checksum_text(digest, digits);
    return summed;
}

static enum status check_seal(const struct reading *reading, struct span text)
{
    char digits[CHECKSUM_TEXT_SIZE];
    const char *seal = text.size >= SEAL_SIZE ? text.at + text.size - SEAL_SIZE : NULL;
    const size_t head = sizeof(SEAL_HEAD) - 1;

    if (!seal || memcmp(seal, SEAL_HEAD, head) != 0 ||
        memcmp(seal + head + SUM_SIZE, SEAL_TAIL, sizeof(SEAL_TAIL) - 1) != 0)
        return refuse(reading, "does not end with its own checksum: it was cut or edited");
    if (!sum_of((struct span){text.at, text.size - SEAL_SIZE}, digits))
        return diagnostics_no_memory(reading->diagnostics);
    if (memcmp(seal + head, digits, SUM_SIZE) != 0)
        return refuse(reading, "does not match its own checksum: it was edited");
    return STATUS_OK;
}

/*
 * The bytes that hexadecimal digits stand for, and a NUL: `size` of them, or where 0 as many as
 * there are, none of which is NUL.
 */
static char *hex_bytes(struct reading *reading, const char *digits, size_t size)
{
    const size_t length = digits ? strlen(digits) : 0;
    char *bytes;

    if (length == 0 || length % 2 != 0 || (size && length != 2 * size) ||
        strspn(digits, "0123456789abcdef") != length)
        return NULL;
    bytes = arena_alloc(reading->arena, length / 2 + 1);
    reading->no_memory |= !bytes;
    for (size_t i = 0; bytes && i < length; i += 2) {
        const char pair[] = {digits[i], digits[i + 1], '\0'};

        bytes[i / 2] = (char)strtoul(pair, NULL, 16);
    }
    return !bytes || size || strlen(bytes) == length / 2 ? bytes : NULL;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool take_count(const json_t *object, const char *key, uint64_t *count)
{
    const json_t *number = json_object_get(object, key);

    if (!json_is_integer(number) || json_integer_value(number) < 0)
        return false;
    *count = (uint64_t)json_integer_value(number);
    return true;
}

static bool take_path(struct reading *reading, const json_t *object, const char **path)
{
    const char *text = text_of(object, "path");
    const json_t *hex = json_object_get(object, "path_hex");

    if (hex) {
        *path = hex_bytes(reading, json_string_value(hex), 0);
    } else {
        *path = text ? arena_string(reading->arena, span_of(text)) : NULL;
        reading->no_memory |= text && !*path;
    }
    return *path != NULL;
}

static bool take_dialect(const json_t *object, struct dialect *dialect)
{
    const char *delimiter = text_of(object, "delimiter");
    const char *quoting = text_of(object, "quoting");

    if (!delimiter || !quoting)
        return false;
    if (strcmp(delimiter, MANIFEST_TAB) == 0)
        delimiter = "\t";
    dialect->delimiter = delimiter[0];
    dialect->quoting = strcmp(quoting, MANIFEST_LENIENT) == 0 ? QUOTING_LENIENT : QUOTING_STRICT;
    return strlen(delimiter) == 1 && strchr(",;\t|", delimiter[0]) &&
           (dialect->quoting == QUOTING_LENIENT || strcmp(quoting, MANIFEST_STRICT) == 0);
}

static bool take_file(struct reading *reading, const json_t *object, struct manifest_file *file)
{
    const char *entity = text_of(object, "entity"); /* only a report has none */
    const char *sum = hex_bytes(reading, text_of(object, "sha256_out"), CHECKSUM_SIZE);

    if (!sum || !take_path(reading, object, &file->path) ||
        !take_count(object, "size_out", &file->size))
        return false;
    memcpy(file->checksum, sum, CHECKSUM_SIZE);
    file->is_report = !entity;
    file->has_records = entity && *entity;
    return !file->has_records || (take_count(object, "records_out", &file->records) &&
                                  take_dialect(object, &file->dialect));
}

static enum status take_files(struct reading *reading, const json_t *array,
                              struct manifest *manifest)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!take_file(reading, json_array_get(array, i), &manifest->files[manifest->count++]))
            return reading->no_memory
                       ? diagnostics_no_memory(reading->diagnostics)
                       : refuse(reading, "an entry lacks a member, or has a value that can't be");
    return STATUS_OK;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct manifest_file *)a)->path, ((const struct manifest_file *)b)->path);
}

static enum status sort(const struct reading *reading, struct manifest *manifest)
{
    qsort(manifest->files, manifest->count, sizeof(*manifest->files), by_path);
    for (size_t i = 1; i < manifest->count; i++)
        if (by_path(&manifest->files[i - 1], &manifest->files[i]) == 0)
            return refuse(reading, "names a path twice");
    return STATUS_OK;
}

static enum status take_root(struct reading *reading, const json_t *root, struct manifest *manifest)
{
    const json_t *files = json_object_get(root, "files");
    const json_t *reports = json_object_get(root, "reports");
    const char *schema = text_of(root, "schema");
    uint64_t version;
    enum status status;

    if (!schema || strcmp(schema, MANIFEST_SCHEMA) != 0 || !json_is_array(files) ||
        !json_is_array(reports) || !take_count(root, "schema_version", &version))
        return refuse(reading, "is no manifest of efface");
    if (version != MANIFEST_VERSION)
        return refuse(reading, "was written by another version of efface, which must verify it");
    manifest->files = arena_array(reading->arena, json_array_size(files) + json_array_size(reports),
                                  sizeof(*manifest->files));
    if (!manifest->files)
        return diagnostics_no_memory(reading->diagnostics);
    status = take_files(reading, files, manifest);
    if (status == STATUS_OK)
        status = take_files(reading, reports, manifest);
    return status == STATUS_OK ? sort(reading, manifest) : status;
}

/*
 * jansson tells a failed allocation as a wrong token, or leaves out of a text what there was no
 * room for; so it is watched. One thread reads manifests.
 */
static bool memory_failed;

static void *watched_malloc(size_t size)
{
    void *memory = malloc(size);

    memory_failed |= memory == NULL;
    return memory;
}

/* The root; NULL where the text is no JSON, or memory failed. */
static json_t *parse(struct span text)
{
    json_error_t error;

    memory_failed = false;
    json_set_alloc_funcs(watched_malloc, free);
    return json_loadb(text.at, text.size, JSON_REJECT_DUPLICATES, &error);
}

enum status manifest_read(int fd, const char *name, struct arena *arena, struct manifest *manifest,
                          struct diagnostics *diagnostics)
{
    struct reading reading = {name, arena, diagnostics, false};
    struct span text = {NULL, 0};
    json_t *root;
    enum status status = read_all(&reading, fd, &text);

    *manifest = (struct manifest){NULL, 0};
    if (status == STATUS_OK)
        status = check_seal(&reading, text);
    if (status != STATUS_OK)
        return status;
    root = parse(text);
    if (memory_failed)
        status = diagnostics_no_memory(diagnostics);
    else if (root)
        status = take_root(&reading, root, manifest);
    else
        status = refuse(&reading, "is no JSON");
    json_decref(root);
    return status;
}
