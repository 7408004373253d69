#include "ruleset/value_file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/contained_open.h"
#include "base/file_trust.h"
#include "base/folder.h"

enum { READ_SIZE = 64 * 1024 };

#define VALUE_FILE_LIMIT ((size_t)VALUE_FILE_LIMIT_MIB << 20)

static void report(struct node_reader *reader, const struct name *path, const char *what)
{
    node_reader_error(reader, path->place, "'%.*s' %s", SHOWN(path->text), what);
}

static void report_system(struct node_reader *reader, const struct name *path, const char *verb,
                          int error_number)
{
    node_reader_error(reader, path->place, "cannot %s '%.*s': %s", verb, SHOWN(path->text),
                      strerror(error_number));
}

static void report_unopened(struct node_reader *reader, const struct name *path, int error_number)
{
    if (error_number == EXDEV)
        report(reader, path, "leads out of the folder of the rules");
    else if (error_number == ELOOP)
        report(reader, path, "is, or leads through, a symbolic link");
    else
        report_system(reader, path, "open", error_number);
}

/* -1 where it can't be had, which is reported. */
static int open_file(struct node_reader *reader, const struct name *path)
{
    struct parent_folder folder;
    int fd = -1;

    if (path->text.size == 0) {
        node_reader_error(reader, path->place, "the path is empty");
        return -1;
    }
    if (parent_folder_open(path->place.path, &folder, reader->diagnostics) == STATUS_OK) {
        fd = contained_open(folder.fd, path->text.at);
        if (fd < 0)
            report_unopened(reader, path, errno);
    }
    parent_folder_close(&folder);
    return fd;
}

static bool check_file(struct node_reader *reader, const struct name *path, int fd)
{
    struct stat file;

    if (fstat(fd, &file) != 0)
        report_system(reader, path, "read", errno);
    else if (!S_ISREG(file.st_mode))
        report(reader, path, "is not a regular file");
    else if (writable_by_others(&file))
        report(reader, path, "is writable by others");
    else
        return true;
    return false;
}

/* Reads no more than shows that the file is too large. */
static bool read_text(struct node_reader *reader, const struct name *path, int fd,
                      struct buffer *text)
{
    while (text->size <= VALUE_FILE_LIMIT) {
        if (!buffer_reserve(text, READ_SIZE)) {
            reader->no_memory = true;
            return false;
        }
        const ssize_t size = read(fd, text->at + text->size, READ_SIZE);
        if (size == 0)
            return true;
        if (size > 0) {
            text->size += (size_t)size;
        } else if (errno != EINTR) {
            report_system(reader, path, "read", errno);
            return false;
        }
    }
    node_reader_error(reader, path->place, "'%.*s' is larger than %d MiB", SHOWN(path->text),
                      VALUE_FILE_LIMIT_MIB);
    return false;
}

static bool begins_with(struct span text, struct span head)
{
    return text.size >= head.size && memcmp(text.at, head.at, head.size) == 0;
}

static struct span without_mark(struct span text)
{
    const struct span mark = SPAN("\xEF\xBB\xBF");

    return begins_with(text, mark) ? (struct span){text.at + mark.size, text.size - mark.size}
                                   : text;
}

/* Takes the next line off `rest`, without its end. */
static struct span take_line(struct span *rest)
{
    const char *end = memchr(rest->at, '\n', rest->size);
    struct span line = {rest->at, end != NULL ? (size_t)(end - rest->at) : rest->size};
    const size_t taken = line.size + (end != NULL);

    rest->at += taken;
    rest->size -= taken;
    if (line.size > 0 && line.at[line.size - 1] == '\r')
        line.size--;
    return line;
}

static size_t count_values(struct span text)
{
    size_t count = 0;

    while (text.size > 0)
        count += take_line(&text).size > 0;
    return count;
}

/* `text` lives in the arena. */
static struct name_index index_values(struct node_reader *reader, const struct name *path,
                                      struct span text)
{
    struct name_index values = {NULL, 0};
    size_t position = 0;

    if (begins_with(text, SPAN("\xFF\xFE")) || begins_with(text, SPAN("\xFE\xFF"))) {
        report(reader, path, "is UTF-16, not UTF-8");
        return values;
    }
    text = without_mark(text);
    const size_t count = count_values(text);
    if (count == 0)
        report(reader, path, "holds no value");
    if (!name_index_init(&values, count, reader->arena))
        reader->no_memory = true;
    while (text.size > 0 && position < values.count) {
        const struct span line = take_line(&text);
        if (line.size == 0)
            continue;
        values.items[position] = (struct indexed_name){line, position};
        position++;
    }
    name_index_sort(&values);
    return values;
}

struct name_index value_file_read(struct node_reader *reader, const struct name *path,
                                  unsigned char digest[CHECKSUM_SIZE])
{
    struct name_index values = {NULL, 0};
    struct buffer text = BUFFER_INIT;
    const int fd = open_file(reader, path);

    if (fd < 0)
        return values;
    if (check_file(reader, path, fd) && read_text(reader, path, fd, &text)) {
        const struct span kept = arena_span(reader->arena, buffer_span(&text));
        if ((kept.at == NULL && text.size > 0) || !checksum_chain(digest, kept))
            reader->no_memory = true;
        else
            values = index_values(reader, path, kept);
    }
    buffer_release(&text);
    close(fd);
    return values;
}
