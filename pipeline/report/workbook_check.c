/*
 * Zip as of PKWARE's APPNOTE 4.3, of the one form the library writes: deflated members,
 * no zip64, no comment. All offsets are looked at before they are followed.
 */
#include "report/workbook_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"
#include "read/gzip_members.h"

/* Sizes of the zip's records without their names, and of their fields' places. */
enum {
    END_SIZE = 22,
    END_MEMBERS = 10,
    END_DIRECTORY = 16,
    ENTRY_SIZE = 46,
    ENTRY_CRC = 16,
    ENTRY_PACKED = 20,
    ENTRY_UNPACKED = 24,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_LOCAL = 42,
    LOCAL_SIZE = 30,
    LOCAL_NAME = 26,
    LOCAL_EXTRA = 28,
};

/* Of a run through one member's XML. */
struct scan {
    struct workbook_contents found;
    uint64_t depth;  /* elements that are open */
    char head[2];    /* the first bytes of the tag at hand, or of the last one; then NULs */
    size_t tag_size; /* bytes of the tag at hand so far, without the '<' */
    char last;       /* the tag's byte before */
    bool in_tag, in_entity;
    bool is_torn; /* this is no XML */
};

static uint32_t number_at(const unsigned char *at, size_t size)
{
    uint32_t number = 0;

    for (size_t i = 0; i < size; i++)
        number |= (uint32_t)at[i] << (8 * i);
    return number;
}

static void end_tag(struct scan *scan)
{
    const bool is_closing = scan->head[0] == '/';
    const bool is_declaration = scan->head[0] == '?';

    scan->in_tag = false;
    scan->found.cells += scan->head[0] == 'c' && scan->head[1] == ' ';
    if (is_closing && scan->depth == 0)
        scan->is_torn = true;
    else if (is_closing)
        scan->depth--;
    else if (!is_declaration && scan->last != '/')
        scan->depth++;
}

/* How many bytes stand before the first of this one. */
static size_t length_before(struct span xml, char byte)
{
    const char *found = memchr(xml.at, byte, xml.size);

    return found != NULL ? (size_t)(found - xml.at) : xml.size;
}

/* Returns how many bytes it has taken: up to the tag's end. */
static size_t scan_tag(struct scan *scan, struct span xml)
{
    const size_t length = length_before(xml, '>');

    for (size_t i = 0; i < length && scan->tag_size + i < sizeof(scan->head); i++)
        scan->head[scan->tag_size + i] = xml.at[i];
    scan->tag_size += length;
    if (length_before((struct span){xml.at, length}, '<') < length)
        scan->is_torn = true;
    if (length > 0)
        scan->last = xml.at[length - 1];
    if (length == xml.size)
        return length;
    end_tag(scan);
    return length + 1;
}

/* Whether the bytes behind the last tag are a cell's text: it was <t> or <t xml:space=...>. */
static bool is_in_text(const struct scan *scan)
{
    return scan->head[0] == 't' && (scan->head[1] == '\0' || scan->head[1] == ' ');
}

/* An entity stands for one byte, as the library escapes nothing but & < > and quotes. */
static size_t text_size(struct scan *scan, struct span text)
{
    size_t size = 0;

    if (!scan->in_entity && length_before(text, '&') == text.size)
        return text.size;
    for (size_t i = 0; i < text.size; i++) {
        size += !scan->in_entity;
        if (text.at[i] == '&')
            scan->in_entity = true;
        else if (text.at[i] == ';')
            scan->in_entity = false;
    }
    return size;
}

/* Returns how many bytes it has taken: up to the next tag's first. */
static size_t scan_text(struct scan *scan, struct span xml)
{
    const size_t length = length_before(xml, '<');

    if (is_in_text(scan))
        scan->found.text_bytes += text_size(scan, (struct span){xml.at, length});
    if (length == xml.size)
        return length;
    scan->in_tag = true;
    scan->tag_size = 0;
    scan->last = '<';
    memset(scan->head, 0, sizeof(scan->head));
    return length + 1;
}

static void scan_xml(struct scan *scan, struct span xml)
{
    if (length_before(xml, '\0') < xml.size)
        scan->is_torn = true;
    while (xml.size > 0) {
        const size_t taken = scan->in_tag ? scan_tag(scan, xml) : scan_text(scan, xml);

        xml.at += taken;
        xml.size -= taken;
    }
}

/* The bytes of a deflated member as gzip has them: a header, the same deflate stream, a trailer. */
struct member {
    struct span parts[3];
    unsigned char trailer[8];
};

static const char gzip_header[10] = {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};

/* Finds the member of the directory's entry at *offset, which is moved on to the next. */
static bool find_member(struct span zip, size_t *offset, struct member *member)
{
    const unsigned char *bytes = (const unsigned char *)zip.at;
    const unsigned char *entry = bytes + *offset;
    if (*offset > zip.size - END_SIZE || zip.size - END_SIZE - *offset < ENTRY_SIZE)
        return false;

    const size_t local = number_at(entry + ENTRY_LOCAL, 4);
    const size_t packed = number_at(entry + ENTRY_PACKED, 4);
    if (local > *offset || *offset - local < LOCAL_SIZE)
        return false;
    const size_t data = local + LOCAL_SIZE + number_at(bytes + local + LOCAL_NAME, 2) +
                        number_at(bytes + local + LOCAL_EXTRA, 2);
    if (data > *offset || *offset - data < packed)
        return false;

    memcpy(member->trailer, entry + ENTRY_CRC, 4);
    memcpy(member->trailer + 4, entry + ENTRY_UNPACKED, 4);
    member->parts[0] = (struct span){gzip_header, sizeof(gzip_header)};
    member->parts[1] = (struct span){zip.at + data, packed};
    member->parts[2] = (struct span){(const char *)member->trailer, sizeof(member->trailer)};
    *offset += ENTRY_SIZE + number_at(entry + ENTRY_NAME, 2) + number_at(entry + ENTRY_EXTRA, 2) +
               number_at(entry + ENTRY_COMMENT, 2);
    return true;
}

static int scan_part(struct scan *scan, struct gzip_members *gzip, struct span part, bool is_last)
{
    static const int errors[] = {[STATUS_INPUT] = EIO, [STATUS_SYSTEM] = ENOMEM};
    char text[1 << 15];
    const struct gzip_problem *problem;
    size_t got;

    do {
        got = 0;
        const enum status status =
            gzip_members_inflate(gzip, &part, is_last, text, sizeof(text), &got, &problem);
        if (status != STATUS_OK)
            return errors[status];
        scan_xml(scan, (struct span){text, got});
    } while (got == sizeof(text));
    return 0;
}

static int scan_member(const struct member *member, struct workbook_contents *found)
{
    struct scan scan = {0};
    struct gzip_members *gzip = gzip_members_new(UINT64_MAX);
    int error = gzip != NULL ? 0 : ENOMEM;

    for (size_t i = 0; i < 3 && error == 0; i++)
        error = scan_part(&scan, gzip, member->parts[i], i == 2);
    gzip_members_free(gzip);
    found->cells += scan.found.cells;
    found->text_bytes += scan.found.text_bytes;
    if (error == 0 && (scan.is_torn || scan.in_tag || scan.depth > 0 || scan.tag_size == 0))
        error = EIO;
    return error;
}

static int scan_zip(struct span zip, struct workbook_contents *found)
{
    if (zip.size < END_SIZE || memcmp(zip.at + zip.size - END_SIZE, "PK\5\6", 4) != 0)
        return EIO;

    const unsigned char *end = (const unsigned char *)zip.at + zip.size - END_SIZE;
    const size_t members = number_at(end + END_MEMBERS, 2);
    size_t offset = number_at(end + END_DIRECTORY, 4);
    for (size_t i = 0; i < members; i++) {
        struct member member;
        if (!find_member(zip, &offset, &member))
            return EIO;
        const int error = scan_member(&member, found);
        if (error != 0)
            return error;
    }
    return 0;
}

int workbook_check(const char *path, const struct workbook_contents *expected)
{
    struct workbook_contents found = {0};
    struct stat about;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;

    const bool is_known = fstat(fd, &about) == 0;
    const size_t size = is_known ? (size_t)about.st_size : 0;
    void *zip = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    int error = zip != MAP_FAILED ? 0 : errno;
    close(fd);
    if (error != 0)
        return error;

    error = scan_zip((struct span){zip, size}, &found);
    munmap(zip, size);
    if (error == 0 && (found.cells != expected->cells || found.text_bytes != expected->text_bytes))
        error = EIO;
    return error;
}
