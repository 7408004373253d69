/*
 * Loaded before all other libraries (LD_PRELOAD), makes allocations fail: the n-th, or all from
 * the n-th on, of the program, of every library, and of the processes it forks. Calls are
 * counted in a file that these share, so the count is one, and outlives them.
 *
 *     FAULT_STATE=FILE   of three numbers of 8 bytes, 0 at first: how many allocations there were,
 *                        how many of them before the first fork, and how many calls failed or
 *                        were cut short
 *     FAULT_AT=N         the first that fails, from 1; absent: none does
 *     FAULT_FROM_THEN_ON=1
 *     FAULT_SHORT=1      no failure, but every read and write transfers one byte at most
 *
 * Where a sanitizer has its own allocator, that is the next in line and is asked.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

struct state {
    _Atomic unsigned long count;
    unsigned long before_fork;
    _Atomic unsigned long faults;
};

static struct state *shared; /* NULL until the library is set up */
static unsigned long first;
static bool from_then_on;
static bool transfers_short;
static _Thread_local bool exempt;

static __attribute__((constructor)) void set_up(void)
{
    const char *state = getenv("FAULT_STATE");
    const char *at = getenv("FAULT_AT");
    const int fd = state != NULL ? open(state, O_RDWR | O_CLOEXEC) : -1;

    transfers_short = getenv("FAULT_SHORT") != NULL;
    from_then_on = getenv("FAULT_FROM_THEN_ON") != NULL;
    first = at != NULL ? strtoul(at, NULL, 10) : 0;
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED)
        shared = map;
}

/* Counts a call and says whether it is to fail; errno is set then. */
static bool fails(void)
{
    if (shared == NULL || exempt)
        return false;
    const unsigned long number = ++shared->count;
    if (first == 0 || number < first || (number > first && !from_then_on))
        return false;
    shared->faults++;
    errno = ENOMEM;
    return true;
}

/* The function of the next library that has one of this name, in *pointer. */
static void find_next(const char *name, void *pointer)
{
    *(void **)pointer = dlsym(RTLD_NEXT, name);
    if (*(void **)pointer == NULL)
        abort();
}

#define NEXT(type, name, parameters)                                                               \
    static type(*next) parameters;                                                                 \
    if (next == NULL)                                                                              \
    find_next(name, &next)

void *malloc(size_t size)
{
    NEXT(void *, "malloc", (size_t));
    return fails() ? NULL : next(size);
}

void *calloc(size_t count, size_t size)
{
    NEXT(void *, "calloc", (size_t, size_t));
    return fails() ? NULL : next(count, size);
}

void *realloc(void *memory, size_t size)
{
    NEXT(void *, "realloc", (void *, size_t));
    return fails() ? NULL : next(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size)
{
    NEXT(void *, "reallocarray", (void *, size_t, size_t));
    return fails() ? NULL : next(memory, count, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    NEXT(void *, "aligned_alloc", (size_t, size_t));
    return fails() ? NULL : next(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    NEXT(int, "posix_memalign", (void **, size_t, size_t));
    return fails() ? ENOMEM : next(memory, alignment, size);
}

/*
 * LeakSanitizer asks what leaks are not to be told of: those of what libcrypto had begun, which it
 * loses where one of its own allocations fails. Without this library all are told.
 */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libcrypto.so\n";
}

/* A sanitizer asks so where the stack of a new thread is, and ends the program if it isn't told. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    NEXT(int, "pthread_getattr_np", (pthread_t, pthread_attr_t *));
    exempt = true;
    const int result = next(thread, attributes);
    exempt = false;
    return result;
}

pid_t fork(void)
{
    NEXT(pid_t, "fork", (void));
    if (shared != NULL && shared->before_fork == 0)
        shared->before_fork = shared->count;
    return next();
}

static size_t transferred(size_t size)
{
    if (!transfers_short || size <= 1)
        return size;
    if (shared != NULL)
        shared->faults++;
    return 1;
}

ssize_t read(int fd, void *to, size_t size)
{
    NEXT(ssize_t, "read", (int, void *, size_t));
    return next(fd, to, transferred(size));
}

ssize_t pread(int fd, void *to, size_t size, off_t at)
{
    NEXT(ssize_t, "pread", (int, void *, size_t, off_t));
    return next(fd, to, transferred(size), at);
}

ssize_t write(int fd, const void *from, size_t size)
{
    NEXT(ssize_t, "write", (int, const void *, size_t));
    return next(fd, from, transferred(size));
}

ssize_t writev(int fd, const struct iovec *vectors, int count)
{
    NEXT(ssize_t, "writev", (int, const struct iovec *, int));
    if (!transfers_short)
        return next(fd, vectors, count);
    while (count > 1 && vectors->iov_len == 0) {
        vectors++;
        count--;
    }
    return write(fd, vectors->iov_base, vectors->iov_len);
}
