#include "base/confinement.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch_folder.h"

enum { VERSION_NETWORK = 4 };

static struct scratch_folder scratch;

static void make_file(const char *path)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    scratch_folder_enter(&scratch);
    ck_assert_int_eq(mkdir("in", 0700), 0);
    ck_assert_int_eq(mkdir("out", 0700), 0);
    ck_assert_int_eq(mkdir("place", 0700), 0);
    make_file("in/a.csv");
    make_file("place/theirs");
    make_file("elsewhere");
}

static void teardown(void)
{
    scratch_folder_leave(&scratch);
}

/* 0, or errno of opening it so. */
static int try_open(const char *path, int flags)
{
    const int fd = open(path, flags | O_CLOEXEC, 0600);

    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static int reason(int result)
{
    return result == 0 ? 0 : errno;
}

/* EACCES where the kernel forbids it; another reason, as nobody listens there, where it doesn't. */
static int try_connect(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int tried = reason(connect(fd, (const struct sockaddr *)&address, sizeof address));
    close(fd);
    return tried;
}

/* As a run does: reads `in`, writes below `out`, and lets `place` have new folders. */
static int confine(void)
{
    struct confinement confinement;

    confinement_begin(&confinement);
    confinement_allow(&confinement, AT_FDCWD, "in", ACCESS_READ);
    confinement_allow(&confinement, AT_FDCWD, "out", ACCESS_WRITE);
    confinement_allow(&confinement, AT_FDCWD, "place", ACCESS_FOLDER);
    confinement_allow(&confinement, AT_FDCWD, "not-there", ACCESS_READ);
    return confinement_enter(&confinement);
}

#define EXPECT(found, wanted)                                                                      \
    do {                                                                                           \
        const int what = (found);                                                                  \
        if (what != (wanted)) {                                                                    \
            fprintf(stderr, "%s: %d\n", #found, what);                                             \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static int try_all(int version)
{
    int failures = 0;

    EXPECT(try_open("in/a.csv", O_RDONLY), 0);
    EXPECT(try_open("in", O_RDONLY | O_DIRECTORY), 0);
    EXPECT(try_open("in/a.csv", O_WRONLY), EACCES);
    EXPECT(reason(unlink("in/a.csv")), EACCES);
    EXPECT(reason(mkdir("in/folder", 0700)), EACCES);

    EXPECT(try_open("out/b.csv", O_RDWR | O_CREAT | O_EXCL), 0);
    EXPECT(reason(mkdir("out/folder", 0700)), 0);
    EXPECT(reason(unlink("out/b.csv")), 0);
    EXPECT(reason(symlink("a", "out/link")), EACCES);

    EXPECT(reason(mkdir("place/new", 0700)), 0);
    EXPECT(reason(rename("place/new", "place/renamed")), 0);
    EXPECT(reason(rmdir("place/renamed")), 0);
    EXPECT(try_open("place/theirs", O_RDONLY), EACCES);
    EXPECT(try_open("place/theirs", O_WRONLY), EACCES);
    EXPECT(try_open("place/more", O_WRONLY | O_CREAT), EACCES);
    EXPECT(reason(unlink("place/theirs")), EACCES);

    EXPECT(try_open("elsewhere", O_RDONLY), EACCES);
    EXPECT(try_open("/etc/passwd", O_RDONLY), EACCES);
    EXPECT(execl("/bin/true", "true", NULL) == 0 ? 0 : errno, EACCES);
    if (version >= VERSION_NETWORK)
        EXPECT(try_connect(), EACCES);
    return failures;
}

/* Where the kernel has no Landlock nothing is given up, and it says so. */
static int try_unconfined(void)
{
    int failures = 0;

    EXPECT(try_open("elsewhere", O_RDONLY), 0);
    EXPECT(try_open("in/b.csv", O_WRONLY | O_CREAT), 0);
    return failures;
}

/* What a child of its own does, as there is no way back; its status is what the function gives. */
static void in_child(int (*tried)(void))
{
    int status = -1;
    const pid_t child = fork();

    if (child == 0)
        _exit(tried());
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static int confined(void)
{
    const int version = confine();

    return version > 0 ? try_all(version) : try_unconfined();
}

START_TEST(what_is_not_allowed_is_refused)
{
    in_child(confined);
}
END_TEST

static int confined_twice(void)
{
    struct confinement more;
    int failures = 0;

    if (confine() == 0)
        return 0;
    confinement_begin(&more);
    confinement_allow(&more, AT_FDCWD, "in", ACCESS_WRITE);
    confinement_allow(&more, AT_FDCWD, "elsewhere", ACCESS_READ);
    EXPECT(confinement_enter(&more) > 0, 1);
    EXPECT(try_open("in/a.csv", O_RDONLY), 0);
    EXPECT(try_open("in/a.csv", O_WRONLY), EACCES);
    EXPECT(try_open("out", O_RDONLY | O_DIRECTORY), EACCES);
    EXPECT(try_open("elsewhere", O_RDONLY), EACCES);
    return failures;
}

START_TEST(a_second_time_only_takes_away)
{
    in_child(confined_twice);
}
END_TEST

static int kept_descriptors(void)
{
    const int fd = open("elsewhere", O_RDWR | O_CLOEXEC);
    int failures = 0;

    confine();
    EXPECT(write(fd, "x", 1) == 1, 1);
    EXPECT(pread(fd, &(char){0}, 1, 0) == 1, 1);
    return failures;
}

START_TEST(what_is_open_stays_usable)
{
    in_child(kept_descriptors);
}
END_TEST

Suite *test_confinement_suite(void);

Suite *test_confinement_suite(void)
{
    Suite *suite = suite_create("confinement");
    TCase *cases = tcase_create("all");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_is_not_allowed_is_refused);
    tcase_add_test(cases, a_second_time_only_takes_away);
    tcase_add_test(cases, what_is_open_stays_usable);
    suite_add_tcase(suite, cases);
    return suite;
}
