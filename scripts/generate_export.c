/*
 * Writes a synthetic export of the event platform, of any size: the files and columns of
 * samples/event-platform, so that its rules work on both. The same options give the same bytes.
 */
#include "export_file.h"
#include "export_people.h"
#include "export_records.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096, CONTACTS_MOST = 100000000, PARTS_MOST = 9999 };
enum { EXIT_USAGE = 2 };

struct settings {
    uint64_t contacts, seed, parts;
    double targets_percent, delete_percent;
    const char *targets_file; /* or NULL: none is written */
    const char *folder;
    bool gzip;
};

static const char usage_text[] =
    "usage: generate-export --contacts N --seed S [option]... DIR\n"
    "\n"
    "Writes a synthetic export of N contacts into DIR, which must be new or empty:\n"
    "about 1 GB for a million contacts. The same options give the same bytes.\n"
    "\n"
    "  --contacts N           number of contacts, up to 100000000\n"
    "  --seed S               which export of that size\n"
    "  --gzip                 gzip every file\n"
    "  --parts N              split each file outside events/ into N parts, name-0001.csv ...\n"
    "  --targets-file FILE    also write a list of erasure requests, in random order\n"
    "  --targets-percent P    percentage of the contacts in it (default 1)\n"
    "  --delete-percent D     percentage of the requests with mode delete; adds a mode column\n"
    "\n"
    "example: generate-export --contacts 10000 --seed 1 --targets-file /tmp/erase.csv "
    "/tmp/export\n";

/* ---- Options --------------------------------------------------------------------------------- */

static bool parse_count(const char *text, uint64_t least, uint64_t most, uint64_t *count)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *count = value;
    return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0' && value >= least &&
           value <= most;
}

static bool parse_percent(const char *text, double *percent)
{
    char *end;
    *percent = strtod(text, &end);
    return end != text && *end == '\0' && *percent >= 0 && *percent <= 100;
}

static bool take_option(struct settings *settings, int option, const char *value)
{
    switch (option) {
    case 'c':
        return parse_count(value, 1, CONTACTS_MOST, &settings->contacts);
    case 's':
        return parse_count(value, 0, UINT64_MAX, &settings->seed);
    case 'p':
        return parse_count(value, 1, PARTS_MOST, &settings->parts);
    case 't':
        return parse_percent(value, &settings->targets_percent);
    case 'd':
        return parse_percent(value, &settings->delete_percent);
    case 'f':
        settings->targets_file = value;
        return true;
    case 'z':
        settings->gzip = true;
        return true;
    default:
        return false;
    }
}

static bool parse_options(struct settings *settings, int argc, char **argv)
{
    static const struct option options[] = {
        {"contacts", required_argument, NULL, 'c'},
        {"seed", required_argument, NULL, 's'},
        {"parts", required_argument, NULL, 'p'},
        {"targets-percent", required_argument, NULL, 't'},
        {"delete-percent", required_argument, NULL, 'd'},
        {"targets-file", required_argument, NULL, 'f'},
        {"gzip", no_argument, NULL, 'z'},
        {NULL, 0, NULL, 0},
    };
    unsigned given = 0;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (!take_option(settings, option, optarg))
            return false;
        given |= option == 'c' ? 1U : option == 's' ? 2U : 0U;
    }
    settings->folder = argv[optind];
    return given == 3 && optind + 1 == argc;
}

/* ---- Folders and files ------------------------------------------------------------------------
 */

static bool make_folder(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

/* Makes the export's folder; one that holds anything is refused, with errno ENOTEMPTY. */
static bool make_export_folder(const char *path)
{
    if (!make_folder(path))
        return false;
    DIR *listing = opendir(path);
    if (listing == NULL)
        return false;
    size_t entries = 0;
    while (readdir(listing) != NULL)
        entries++;
    closedir(listing);
    errno = ENOTEMPTY;
    return entries <= 2;
}

static bool make_folders(const struct settings *settings, const struct export_world *world)
{
    char path[PATH_SIZE];
    if (strlen(settings->folder) > PATH_SIZE / 2) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (!make_export_folder(settings->folder))
        return false;
    snprintf(path, sizeof(path), "%s/surveys", settings->folder);
    if (!make_folder(path))
        return false;
    snprintf(path, sizeof(path), "%s/events", settings->folder);
    bool made = make_folder(path);
    for (uint64_t event = 0; made && event < world->events; event++) {
        snprintf(path, sizeof(path), "%s/events/%s", settings->folder, export_events[event]);
        made = make_folder(path);
    }
    return made;
}

/* The path of share `index` of `shares`, which are events or parts, without ".gz". */
static void share_path(char path[PATH_SIZE], const char *folder, const struct export_entity *entity,
                       uint64_t index, uint64_t shares)
{
    if (entity->per_event)
        snprintf(path, PATH_SIZE, "%s/events/%s/%s.csv", folder, export_events[index],
                 entity->name);
    else if (shares == 1)
        snprintf(path, PATH_SIZE, "%s/%s%s.csv", folder, entity->folder, entity->name);
    else
        snprintf(path, PATH_SIZE, "%s/%s%s-%04u.csv", folder, entity->folder, entity->name,
                 (unsigned)index + 1);
}

static bool write_share(const struct settings *settings, const struct export_world *world,
                        const struct export_entity *entity, uint64_t index, uint64_t shares)
{
    char path[PATH_SIZE];
    share_path(path, settings->folder, entity, index, shares);
    uint64_t records = export_entity_records(entity, world->contacts);
    uint64_t end = export_share_first(records, index + 1, shares);
    struct export_place at = {.event = entity->per_event ? index : 0};
    struct export_file file;
    export_file_open(&file, path, settings->gzip);
    export_file_text(&file, entity->header);
    for (at.number = export_share_first(records, index, shares); at.number < end; at.number++)
        entity->write(&file, world, at);
    return export_file_close(&file);
}

static bool write_export(const struct settings *settings, const struct export_world *world)
{
    for (size_t i = 0; i < EXPORT_ENTITIES; i++) {
        const struct export_entity *entity = &export_entities[i];
        uint64_t shares = entity->per_event ? world->events : settings->parts;
        for (uint64_t index = 0; index < shares; index++)
            if (!write_share(settings, world, entity, index, shares))
                return false;
    }
    return true;
}

/* At least one request: an empty list is an error to whoever gets it. */
static bool write_targets(const struct settings *settings, const struct export_world *world)
{
    uint64_t count = (uint64_t)((double)world->contacts * settings->targets_percent / 100);
    count = count == 0 ? 1 : count;
    uint64_t deleted = (uint64_t)((double)count * settings->delete_percent / 100);
    bool modes = settings->delete_percent > 0;

    struct export_file file;
    export_file_open(&file, settings->targets_file, false);
    export_file_text(&file, modes ? "ContactId,mode\n" : "ContactId\n");
    for (uint64_t i = 0; i < count; i++) {
        export_contact_key(&file, export_world_contact(world, i));
        if (modes)
            export_file_text(&file, i < deleted ? ",delete" : ",anonymize");
        export_file_char(&file, '\n');
    }
    return export_file_close(&file);
}

int main(int argc, char **argv)
{
    struct settings settings = {.parts = 1, .targets_percent = 1};
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage_text, stdout);
        return EXIT_SUCCESS;
    }
    if (!parse_options(&settings, argc, argv)) {
        fputs(usage_text, stderr);
        return EXIT_USAGE;
    }
    struct export_world world;
    export_world_init(&world, settings.seed, settings.contacts);
    if (!make_folders(&settings, &world) || !write_export(&settings, &world)) {
        fprintf(stderr, "generate-export: %s: %s\n", settings.folder, strerror(errno));
        return EXIT_FAILURE;
    }
    if (settings.targets_file != NULL && !write_targets(&settings, &world)) {
        fprintf(stderr, "generate-export: %s: %s\n", settings.targets_file, strerror(errno));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
