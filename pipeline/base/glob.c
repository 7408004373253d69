#include "base/glob.h"

#include <stddef.h>
#include <string.h>

#include "base/span.h"

/* The name at the beginning of a path, and what follows its slash: NULL behind the last name. */
static struct span first_name(const char *path)
{
    return (struct span){path, strcspn(path, "/")};
}

static const char *behind_first_name(const char *path)
{
    const char *end = path + strcspn(path, "/");

    return *end == '/' ? end + 1 : NULL;
}

static bool same_byte(char a, char b, bool any_case)
{
    return a == b || (any_case && lower_ascii(a) == lower_ascii(b));
}

/*
 * On a mismatch the last star takes one byte more. Stars before it need no second try: with what
 * they took, everything up to the last one matched as early as it can. So the time is at most the
 * product of both lengths.
 */
static bool name_matches(struct span pattern, struct span name, bool any_case)
{
    size_t p = 0;
    size_t n = 0;
    size_t behind_star = 0; /* 0: no star yet */
    size_t star_end = 0;    /* the last star takes the name up to here */

    while (n < name.size) {
        if (p < pattern.size && pattern.at[p] == '*') {
            behind_star = ++p;
            star_end = n;
        } else if (p < pattern.size &&
                   (pattern.at[p] == '?' || same_byte(pattern.at[p], name.at[n], any_case))) {
            p++;
            n++;
        } else if (behind_star != 0) {
            p = behind_star;
            n = ++star_end;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.at[p] == '*')
        p++;
    return p == pattern.size;
}

/* The same over whole names, with ** for the star. */
static bool path_matches(const char *pattern, const char *path, bool any_case)
{
    const char *behind_stars = NULL;
    const char *stars_end = NULL;

    while (path != NULL) {
        const struct span wanted = pattern != NULL ? first_name(pattern) : SPAN("");

        if (pattern != NULL && span_equal(wanted, SPAN("**"))) {
            behind_stars = behind_first_name(pattern);
            if (behind_stars == NULL)
                return true;
            pattern = behind_stars;
            stars_end = path;
        } else if (pattern != NULL && name_matches(wanted, first_name(path), any_case)) {
            pattern = behind_first_name(pattern);
            path = behind_first_name(path);
        } else if (behind_stars != NULL) {
            pattern = behind_stars;
            path = stars_end = behind_first_name(stars_end);
        } else {
            return false;
        }
    }
    return pattern == NULL;
}

bool glob_matches(const char *pattern, const char *path)
{
    return path_matches(pattern, path, false);
}

bool glob_matches_any_case(const char *pattern, const char *path)
{
    return path_matches(pattern, path, true);
}
