#include "export_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The fastest level: what is measured with these files is the tool that reads them. */
#define GZIP_MODE "wb1"

static void remember_error(struct export_file *file, int error)
{
    if (file->error == 0)
        file->error = error != 0 ? error : EIO;
}

static void open_gzip(struct export_file *file, const char *path)
{
    size_t size = strlen(path) + sizeof(".gz");
    char *name = malloc(size);
    if (name == NULL) {
        remember_error(file, ENOMEM);
        return;
    }
    snprintf(name, size, "%s.gz", path);
    errno = 0;
    file->gzip = gzopen(name, GZIP_MODE);
    if (file->gzip == NULL)
        remember_error(file, errno);
    free(name);
}

void export_file_open(struct export_file *file, const char *path, bool gzip)
{
    memset(file, 0, sizeof(*file));
    file->buffer = malloc(EXPORT_FILE_BUFFER);
    if (file->buffer == NULL) {
        remember_error(file, ENOMEM);
    } else if (gzip) {
        open_gzip(file, path);
    } else {
        file->plain = fopen(path, "wb");
        if (file->plain == NULL)
            remember_error(file, errno);
        else
            setvbuf(file->plain, NULL, _IONBF, 0);
    }
}

static void flush(struct export_file *file)
{
    size_t size = file->used;
    file->used = 0;
    if (file->error != 0 || size == 0)
        return;
    errno = 0;
    if (file->plain != NULL ? fwrite(file->buffer, 1, size, file->plain) != size
                            : gzwrite(file->gzip, file->buffer, (unsigned)size) != (int)size)
        remember_error(file, errno);
}

bool export_file_close(struct export_file *file)
{
    flush(file);
    errno = 0;
    if (file->plain != NULL && fclose(file->plain) != 0)
        remember_error(file, errno);
    if (file->gzip != NULL && gzclose(file->gzip) != Z_OK)
        remember_error(file, errno);
    free(file->buffer);
    errno = file->error;
    return file->error == 0;
}

void export_file_bytes(struct export_file *file, const char *at, size_t size)
{
    if (size > EXPORT_FILE_BUFFER - file->used)
        flush(file);
    if (file->error != 0 || size > EXPORT_FILE_BUFFER) {
        remember_error(file, EFBIG);
        return;
    }
    memcpy(file->buffer + file->used, at, size);
    file->used += size;
}

void export_file_text(struct export_file *file, const char *text)
{
    export_file_bytes(file, text, strlen(text));
}

void export_file_char(struct export_file *file, char byte)
{
    export_file_bytes(file, &byte, 1);
}

void export_file_cell(struct export_file *file, const char *text)
{
    export_file_text(file, text);
    export_file_char(file, ',');
}

void export_file_end_cell(struct export_file *file)
{
    export_file_char(file, ',');
}

void export_file_end_record(struct export_file *file)
{
    /* The comma still waits in the buffer: a flush happens only before something is added. */
    if (file->error == 0)
        file->buffer[file->used - 1] = '\n';
}

void export_file_number(struct export_file *file, uint64_t number, unsigned digits)
{
    char text[20];
    size_t at = sizeof(text);
    do {
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (at > 0 && sizeof(text) - at < digits)
        text[--at] = '0';
    export_file_bytes(file, text + at, sizeof(text) - at);
}
