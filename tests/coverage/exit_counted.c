/*
 * In the coverage variant, whoever ends by _exit writes its counts of lines first; the linker has
 * calls of _exit come here (--wrap). Children that make workbooks end so.
 */
#include <unistd.h>

void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

_Noreturn void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}
