/*
 * The text file of an `in_file`: one value a line, LF or CRLF.
 *
 * The file lies in the folder of the rules file that names it, or below; no part of its
 * path is a symbolic link. Blank lines say nothing. A BOM is dropped. Bytes are taken as they
 * stand.
 */
#ifndef EFFACE_RULESET_VALUE_FILE_H
#define EFFACE_RULESET_VALUE_FILE_H

#include "base/checksum.h"
#include "ruleset/name_index.h"
#include "ruleset/node_reader.h"

enum { VALUE_FILE_LIMIT_MIB = 64 };

/*
 * Reads the file that `path` names, relative to the rules file of its place. Reported there,
 * and the index is empty, where it can't be opened, is not regular, is writable by others, is
 * too large, is UTF-16, or holds no value. `digest` is chained with what it holds.
 */
struct name_index value_file_read(struct node_reader *reader, const struct name *path,
                                  unsigned char digest[CHECKSUM_SIZE]);

#endif
