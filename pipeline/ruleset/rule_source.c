#include "ruleset/rule_source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file_trust.h"
#include "base/folder.h"
#include "ruleset/node_reader.h"
#include "ruleset/spelling.h"

#define SUFFIX ".yaml"

enum { READ_SIZE = 64 * 1024 };

/* A file as the system knows it, whatever path leads to it. */
struct file_identity {
    dev_t device;
    ino_t number;
    bool finished; /* read and merged, with all that it extends */
};

struct source_loader {
    struct rule_source *source;
    const char *const *pack_folders;
    struct node_reader reader;
    struct checksum checksum;
    struct file_identity files[RULE_FILES_LIMIT];
    size_t file_count;
    size_t depth;
    bool incomplete; /* something is missing without which the rest would only seem wrong */
};

static enum status load_file(struct source_loader *loader, const char *path, int fd,
                             struct place origin);

static int open_file(const char *path)
{
    /* not blocking: a FIFO is opened without a wait, to be refused */
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static bool is_missing(int error_number)
{
    return error_number == ENOENT || error_number == ENOTDIR || error_number == ENAMETOOLONG;
}

static enum status check_file(struct source_loader *loader, const char *path, int fd,
                              struct stat *file)
{
    const struct place place = {path, 0, 0};

    if (fstat(fd, file) != 0)
        return diagnostics_system(loader->reader.diagnostics, path, "read", errno);
    if (!S_ISREG(file->st_mode))
        node_reader_error(&loader->reader, place, "not a regular file");
    else if (writable_by_others(file))
        node_reader_error(&loader->reader, place, "writable by others than its owner");
    else
        return STATUS_OK;
    return STATUS_RULES;
}

/* Reads no more than shows that the file is too large. */
static enum status read_text(struct source_loader *loader, const char *path, int fd,
                             struct buffer *text)
{
    while (text->size <= NODE_BYTES_LIMIT) {
        if (!buffer_reserve(text, READ_SIZE))
            return diagnostics_no_memory(loader->reader.diagnostics);
        const ssize_t size = read(fd, text->at + text->size, READ_SIZE);
        if (size == 0)
            break;
        if (size > 0)
            text->size += (size_t)size;
        else if (errno != EINTR)
            return diagnostics_system(loader->reader.diagnostics, path, "read", errno);
    }
    return STATUS_OK;
}

/* The part of a path up to and with its last '/'. */
static struct span folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return (struct span){path, slash != NULL ? (size_t)(slash - path) + 1 : 0};
}

static bool ends_with(struct span text, const char *end)
{
    const size_t size = strlen(end);

    return text.size > size && memcmp(text.at + text.size - size, end, size) == 0;
}

static bool is_path(struct span text)
{
    return ends_with(text, SUFFIX) || ends_with(text, ".yml");
}

/* Whether the path, relative to a folder, leads out of it. */
static bool leaves_folder(const char *path)
{
    if (*path == '/')
        return true;
    for (;;) {
        const size_t size = strcspn(path, "/");
        if (size == 2 && path[0] == '.' && path[1] == '.')
            return true;
        if (path[size] == '\0')
            return false;
        path += size + 1;
    }
}

/* A descriptor, with *path in the arena; or -1 with errno, which is 0 where memory ran out. */
static int open_beside(struct source_loader *loader, const char *extending, struct span file,
                       const char *suffix, const char **path)
{
    const struct span folder = folder_of(extending);

    *path = arena_printf(loader->reader.arena, "%.*s%s%s", (int)folder.size, folder.at, file.at,
                         suffix);
    errno = 0;
    return *path != NULL ? open_file(*path) : -1;
}

static int open_pack(struct source_loader *loader, const char *extending, struct span name,
                     const char **path)
{
    int fd = open_beside(loader, extending, name, SUFFIX, path);

    for (const char *const *folder = loader->pack_folders; *folder != NULL; folder++) {
        if (fd >= 0 || !is_missing(errno))
            break;
        *path = arena_printf(loader->reader.arena, "%s/%s" SUFFIX, *folder, name.at);
        errno = 0;
        fd = *path != NULL ? open_file(*path) : -1;
    }
    return fd;
}

/* Every file of the folder that could be a pack. */
static void consider_packs(struct source_loader *loader, const char *folder,
                           struct spelling *spelling)
{
    DIR *entries = folder_entries(AT_FDCWD, folder);

    for (const char *name; entries != NULL && (name = folder_next_entry(entries)) != NULL;) {
        struct span pack = span_of(name);

        if (!ends_with(pack, SUFFIX))
            continue;
        pack.size -= strlen(SUFFIX);
        pack = arena_span(loader->reader.arena, pack);
        if (pack.at != NULL)
            spelling_consider(spelling, pack);
    }
    folder_entries_close(entries);
}

static void report_no_pack(struct source_loader *loader, const struct node *item)
{
    struct spelling spelling = spelling_of(item->text);
    char hint[SPELLING_HINT_SIZE];

    for (const char *const *folder = loader->pack_folders; *folder != NULL; folder++)
        consider_packs(loader, *folder, &spelling);
    node_reader_error(&loader->reader, item->place, "no such rule pack '%.*s'%s", SHOWN(item->text),
                      spelling_hint(&spelling, hint));
}

static enum status report_unopened(struct source_loader *loader, const struct node *item,
                                   const char *path, int error_number)
{
    if (path == NULL)
        return diagnostics_no_memory(loader->reader.diagnostics);
    if (!is_missing(error_number))
        return diagnostics_system(loader->reader.diagnostics, path, "open", error_number);
    if (is_path(item->text))
        node_reader_error(&loader->reader, item->place, "no such file '%.*s'", SHOWN(item->text));
    else
        report_no_pack(loader, item);
    return STATUS_RULES;
}

static bool check_extended(struct source_loader *loader, const struct node *item)
{
    const struct span text = item->text;
    const char *problem = NULL;

    if (!node_expect(&loader->reader, item, NODE_SCALAR))
        return false;
    if (is_path(text) && leaves_folder(text.at))
        problem = "leads out of the folder of this file";
    else if (!is_path(text) &&
             (text.size == 0 || strchr(text.at, '/') != NULL || strstr(text.at, "..") != NULL))
        problem = "is neither a rule pack's name nor a path that ends in .yaml";
    if (problem != NULL)
        node_reader_error(&loader->reader, item->place, "'%.*s' %s", SHOWN(text), problem);
    return problem == NULL;
}

static enum status load_extended(struct source_loader *loader, const char *extending,
                                 const struct node *item)
{
    const char *path = NULL;

    if (!check_extended(loader, item))
        return STATUS_RULES;
    const int fd = is_path(item->text) ? open_beside(loader, extending, item->text, "", &path)
                                       : open_pack(loader, extending, item->text, &path);
    if (fd < 0)
        return report_unopened(loader, item, path, errno);
    loader->depth++;
    const enum status status = load_file(loader, path, fd, item->place);
    loader->depth--;
    close(fd);
    return status;
}

/* Goes on after a pack that fails, but not where the system does. */
static enum status load_all_extended(struct source_loader *loader, const char *path,
                                     const struct node *root)
{
    const struct node *list = node_get(root, "extends");
    enum status worst = STATUS_OK;

    if (list == NULL)
        return STATUS_OK;
    if (!node_expect(&loader->reader, list, NODE_LIST)) {
        loader->incomplete = true;
        return STATUS_RULES;
    }
    for (size_t i = 0; i < list->count && worst != STATUS_SYSTEM; i++) {
        const size_t added = loader->source->path_count;
        const enum status status = load_extended(loader, path, list->items[i]);
        if (status != STATUS_OK)
            worst = status;
        if (status != STATUS_OK && loader->source->path_count == added)
            loader->incomplete = true;
    }
    return worst;
}

static enum status check_head(struct source_loader *loader, const struct node *root)
{
    struct node_reader *reader = &loader->reader;
    const size_t errors = reader->diagnostics->errors;

    if (!node_expect(reader, root, NODE_MAP))
        return STATUS_RULES;
    const struct node *version = node_require(reader, root, "version");
    if (version != NULL && node_expect(reader, version, NODE_SCALAR) && !node_is(version, "1")) {
        node_reader_error(reader, version->place, "unknown version '%.*s' (expected 1)",
                          SHOWN(version->text));
        loader->incomplete = true; /* the rest is of a language not known here */
    }
    node_part(reader, root, "name", NODE_SCALAR);
    return reader->diagnostics->errors > errors ? STATUS_RULES : STATUS_OK;
}

/* Lays the file over those before it. */
static enum status add_file(struct source_loader *loader, const char *path, const struct node *root,
                            struct span text)
{
    struct rule_source *source = loader->source;
    const struct node *name = node_get(root, "name");

    source->name = name != NULL ? name->text : SPAN("");
    if (source->root != NULL)
        root = node_merge(source->root, root, loader->reader.arena);
    if (root == NULL || !checksum_add(&loader->checksum, text))
        return diagnostics_no_memory(loader->reader.diagnostics);
    source->root = root;
    source->paths[source->path_count++] = path;
    return STATUS_OK;
}

static enum status keep_text(struct source_loader *loader, const char *path, struct span text)
{
    struct rule_source *source = loader->source;
    const struct span kept = arena_span(loader->reader.arena, node_text(text));

    if (kept.at == NULL && kept.size > 0)
        return diagnostics_no_memory(loader->reader.diagnostics);
    source->texts[source->text_count++] = (struct rule_text){path, kept};
    return STATUS_OK;
}

/* A wrong head does not keep the rest of the file from being looked at. */
static enum status load_tree(struct source_loader *loader, const char *path,
                             const struct node *root, struct span text)
{
    const enum status head = check_head(loader, root);

    if (root->kind != NODE_MAP)
        return head;
    const enum status extended = load_all_extended(loader, path, root);
    if (extended == STATUS_SYSTEM)
        return extended;
    const enum status added = add_file(loader, path, root, text);
    if (added != STATUS_OK)
        return added;
    return head != STATUS_OK ? head : extended;
}

static enum status load_text(struct source_loader *loader, const char *path, int fd)
{
    struct buffer text = BUFFER_INIT;
    struct node *root = NULL;

    enum status status = read_text(loader, path, fd, &text);
    if (status == STATUS_OK)
        status = keep_text(loader, path, buffer_span(&text));
    if (status == STATUS_OK)
        status = node_parse(path, buffer_span(&text), loader->reader.arena, &root,
                            loader->reader.diagnostics);
    if (root != NULL)
        status = load_tree(loader, path, root, buffer_span(&text));
    buffer_release(&text);
    return status;
}

/* NULL where the file is new. */
static const struct file_identity *find_identity(const struct source_loader *loader,
                                                 const struct stat *file)
{
    for (size_t i = 0; i < loader->file_count; i++)
        if (loader->files[i].device == file->st_dev && loader->files[i].number == file->st_ino)
            return &loader->files[i];
    return NULL;
}

static enum status refuse(struct source_loader *loader, struct place origin, const char *what)
{
    node_reader_error(&loader->reader, origin, "%s", what);
    return STATUS_RULES;
}

/* `origin` is where the file was named: an item of `extends`. */
static enum status load_file(struct source_loader *loader, const char *path, int fd,
                             struct place origin)
{
    struct stat file;

    enum status status = check_file(loader, path, fd, &file);
    if (status != STATUS_OK)
        return status;
    const struct file_identity *known = find_identity(loader, &file);
    if (known != NULL)
        return known->finished ? STATUS_OK : refuse(loader, origin, "extends itself");
    if (loader->depth > EXTENDS_DEPTH_LIMIT)
        return refuse(loader, origin, "'extends' nested too deeply");
    if (loader->file_count == RULE_FILES_LIMIT)
        return refuse(loader, origin, "too many files");

    struct file_identity *identity = &loader->files[loader->file_count++];
    *identity = (struct file_identity){file.st_dev, file.st_ino, false};
    status = load_text(loader, path, fd);
    identity->finished = true;
    return status;
}

static enum status load_first(struct source_loader *loader, const char *path)
{
    const struct place place = {path, 0, 0};
    const int fd = open_file(path);

    if (fd < 0) {
        const int error_number = errno;
        diagnostics_system(loader->reader.diagnostics, path, "open", error_number);
        return is_missing(error_number) ? STATUS_RULES : STATUS_SYSTEM;
    }
    const enum status status = load_file(loader, path, fd, place);
    close(fd);
    return status;
}

enum status rule_source_load(const char *path, const char *const *pack_folders, struct arena *arena,
                             struct rule_source *source, struct diagnostics *diagnostics)
{
    struct source_loader loader = {.source = source,
                                   .pack_folders = pack_folders,
                                   .reader = {arena, diagnostics, false},
                                   .checksum = CHECKSUM_INIT};
    enum status status = STATUS_SYSTEM;

    *source = (struct rule_source){.root = NULL};
    const char *own_path = arena_string(arena, span_of(path));
    if (own_path == NULL || !checksum_start(&loader.checksum)) {
        diagnostics_no_memory(diagnostics);
        goto out;
    }
    status = load_first(&loader, own_path);
    if (status == STATUS_OK && !checksum_finish(&loader.checksum, source->digest))
        status = diagnostics_no_memory(diagnostics);
    if (loader.incomplete || rule_source_rank(source, own_path) == source->path_count)
        source->root = NULL;
out:
    checksum_release(&loader.checksum);
    return status;
}

size_t rule_source_rank(const struct rule_source *source, const char *path)
{
    size_t rank = 0;

    while (rank < source->path_count && (path == NULL || strcmp(source->paths[rank], path) != 0))
        rank++;
    return rank;
}

const struct rule_text *rule_source_text(const struct rule_source *source, const char *path)
{
    for (size_t i = 0; i < source->text_count && path != NULL; i++)
        if (strcmp(source->texts[i].path, path) == 0)
            return &source->texts[i];
    return NULL;
}

static int compare_paths(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* Whether `a` stands before `b` in the texts as they were read. */
static bool comes_before(const struct rule_source *source, const struct diagnostic *a,
                         const struct diagnostic *b)
{
    const size_t rank_a = rule_source_rank(source, a->path);
    const size_t rank_b = rule_source_rank(source, b->path);
    const int order = compare_paths(a->path, b->path);

    if (rank_a != rank_b)
        return rank_a < rank_b;
    if (order != 0)
        return order < 0;
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* By insertion: they are few (DIAGNOSTICS_LIMIT), and equal ones must stay in order. */
void rule_source_sort(const struct rule_source *source, struct diagnostics *messages)
{
    for (size_t i = 1; i < messages->count; i++) {
        const struct diagnostic moving = messages->items[i];
        size_t j = i;
        for (; j > 0 && comes_before(source, &moving, &messages->items[j - 1]); j--)
            messages->items[j] = messages->items[j - 1];
        messages->items[j] = moving;
    }
}
