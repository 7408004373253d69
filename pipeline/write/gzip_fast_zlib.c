#include "write/gzip_method.h"

const struct gzip_method *const gzip_method_fast = &gzip_method_zlib;
