#include "match_fixture.h"

#include <check.h>
#include <string.h>

#define SECRET "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

void match_fixture_open(struct match_fixture *fixture, const char *rules)
{
    static const struct fingerprint_key key = {"fifteen letters", {1}};

    memset(fixture, 0, sizeof *fixture);
    rules_fixture_enter(&fixture->rules);
    rules_fixture_load_valid(&fixture->rules, rules, &fixture->ruleset);
    ck_assert_int_eq(
        resolution_init(&fixture->resolution, &fixture->ruleset, &fixture->diagnostics), STATUS_OK);
    resolution_use_key(&fixture->resolution, &key);
    ck_assert_int_eq(secret_parse(SPAN(SECRET), "test", &fixture->secret, &fixture->diagnostics),
                     STATUS_OK);
    fixture->finder.tagger = tagger_new(fixture->secret);
    ck_assert_ptr_nonnull(fixture->finder.tagger);
}

void match_fixture_close(struct match_fixture *fixture)
{
    findings_release(&fixture->findings);
    record_view_release(&fixture->finder.view);
    value_sieve_release(&fixture->finder.sieve);
    ownership_release(&fixture->finder.ownership);
    tagger_free(fixture->finder.tagger);
    secret_free(fixture->secret);
    resolution_release(&fixture->resolution);
    ruleset_release(&fixture->ruleset);
    arena_release(&fixture->arena);
    diagnostics_release(&fixture->diagnostics);
    rules_fixture_leave(&fixture->rules);
}

void match_file_open(struct match_fixture *fixture, struct match_file *file, const char *entity,
                     struct span text)
{
    csv_text_open(&file->csv, text);
    const struct file_columns columns = csv_text_columns(&file->csv);
    ck_assert_int_eq(file_binding_make(&columns, entity_named(&fixture->ruleset, entity),
                                       &fixture->resolution, &fixture->arena, &file->binding,
                                       &fixture->diagnostics),
                     STATUS_OK);
}

void match_file_close(struct match_file *file)
{
    csv_text_close(&file->csv);
}

void match_fixture_target(struct match_fixture *fixture, const char *value, enum mode mode)
{
    ck_assert_int_eq(target_list_add_value(&fixture->resolution.list, &fixture->resolution.key,
                                           span_of(value), mode, &fixture->diagnostics),
                     STATUS_OK);
}

void match_fixture_collect(struct match_fixture *fixture, enum search search,
                           const struct match_file *file, const struct batch *batch)
{
    findings_clear(&fixture->findings);
    record_view_open(&fixture->finder.view, batch, &file->csv.dialect, &fixture->resolution.key);
    ck_assert(findings_collect(search, &file->binding, &fixture->resolution, &fixture->finder,
                               &fixture->findings));
}

void match_fixture_search(struct match_fixture *fixture, enum search search,
                          const struct match_file *file)
{
    match_fixture_collect(fixture, search, file, &file->csv.batch);
    ck_assert_int_eq(
        findings_merge(&fixture->findings, &fixture->resolution, &fixture->diagnostics), STATUS_OK);
}

/* Searches the files of the subject, or those of all others. */
static void search_files(struct match_fixture *fixture, enum search search,
                         struct match_file *const *files, bool of_subject)
{
    for (; *files != NULL; files++)
        if (((*files)->binding.entity == fixture->ruleset.subject) == of_subject)
            match_fixture_search(fixture, search, *files);
}

static void fill_conditions(struct match_fixture *fixture, struct match_file *const *files)
{
    struct resolution *resolution = &fixture->resolution;

    for (size_t i = 0; i < resolution->condition_count; i++)
        resolution->conditions[i].state = CONDITION_FILLING;
    search_files(fixture, SEARCH_CONDITIONS, files, true);
    search_files(fixture, SEARCH_CONDITIONS, files, false);
    for (size_t i = 0; i < resolution->condition_count; i++)
        resolution->conditions[i].state = CONDITION_READY;
}

static uint64_t growth(const struct resolution *resolution)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < resolution->set_count; i++)
        sum += resolution->sets[i].generation;
    return sum;
}

static void search_until_nothing_grows(struct match_fixture *fixture, enum search search,
                                       struct match_file *const *files)
{
    uint64_t before;

    do {
        before = growth(&fixture->resolution);
        search_files(fixture, search, files, false);
    } while (growth(&fixture->resolution) != before);
}

void match_fixture_resolve(struct match_fixture *fixture, struct match_file *const *files)
{
    ck_assert(resolution_expect(&fixture->resolution, SIZE_MAX));
    fill_conditions(fixture, files);
    search_files(fixture, SEARCH_TARGETS, files, true);
    search_files(fixture, SEARCH_SAME_KEY, files, true);
    search_until_nothing_grows(fixture, SEARCH_OWNED, files);
    ck_assert_int_eq(resolution_seal(&fixture->resolution, &fixture->diagnostics), STATUS_OK);
    search_until_nothing_grows(fixture, SEARCH_DROPPED, files);
    ck_assert_uint_eq(fixture->diagnostics.count, 0);
}

struct record_view *match_fixture_view(struct match_fixture *fixture, const struct match_file *file,
                                       size_t record)
{
    struct record_view *view = &fixture->finder.view;

    record_view_open(view, &file->csv.batch, &file->csv.dialect, &fixture->resolution.key);
    ck_assert(record_view_at(view, record));
    return view;
}

struct value_set *match_fixture_set(struct match_fixture *fixture, const char *entity,
                                    const char *column, enum match_kind match)
{
    const struct name name = {.text = span_of(column)};
    struct value_set *set = resolution_set(
        &fixture->resolution, entity_named(&fixture->ruleset, entity), &name, 1, match);

    ck_assert_ptr_nonnull(set);
    return set;
}

size_t match_fixture_slot(struct match_fixture *fixture, const struct value_set *set,
                          const char *value)
{
    struct fingerprint fingerprint;

    fixture->finder.view.key = &fixture->resolution.key;
    ck_assert_int_eq(
        view_fingerprint_value(&fixture->finder.view, span_of(value), set->match, &fingerprint),
        NAMES_VALUE);
    return key_map_find(&set->map, fingerprint);
}

void match_fixture_put(struct match_fixture *fixture, struct value_set *set, const char *value,
                       uint32_t owner, uint8_t flags)
{
    struct record_view *view = &fixture->finder.view;
    struct fingerprint fingerprint;

    view->key = &fixture->resolution.key;
    ck_assert_int_eq(view_fingerprint_value(view, span_of(value), set->match, &fingerprint),
                     NAMES_VALUE);
    key_map_admit(&set->map, view_quick(view));
    ck_assert(value_set_add(set, &fixture->resolution.owners, fingerprint, owner, flags, 0));
}

static bool same_owner(const struct resolution *a, uint32_t owner_a, const struct resolution *b,
                       uint32_t owner_b)
{
    uint32_t single_a, single_b;
    const struct owner_members in_a = owner_members(&a->owners, owner_a, &single_a);
    const struct owner_members in_b = owner_members(&b->owners, owner_b, &single_b);

    return in_a.count == in_b.count &&
           (in_a.count == 0 ||
            memcmp(in_a.targets, in_b.targets, in_a.count * sizeof *in_a.targets) == 0);
}

static uint8_t flags_at(const struct key_map *map, size_t slot)
{
    return map->flags != NULL ? map->flags[slot] : 0;
}

/* Numbers are owners; a map without them is a set. */
static uint32_t owner_at(const struct key_map *map, size_t slot)
{
    return map->numbers != NULL ? map->numbers[slot] : OWNER_NOBODY;
}

static bool same_map(const struct resolution *a, const struct key_map *map_a,
                     const struct resolution *b, const struct key_map *map_b)
{
    if (map_a->count != map_b->count)
        return false;
    for (size_t i = 0; i < map_a->capacity; i++) {
        if (map_a->keys[i].high == 0 && map_a->keys[i].low == 0)
            continue;
        const size_t slot = key_map_find(map_b, map_a->keys[i]);
        if (slot == KEY_MAP_NONE || flags_at(map_a, i) != flags_at(map_b, slot) ||
            !same_owner(a, owner_at(map_a, i), b, owner_at(map_b, slot)))
            return false;
    }
    return true;
}

static bool same_target(const struct target *a, const struct target *b)
{
    return memcmp(a->digest, b->digest, sizeof a->digest) == 0 && a->name == b->name &&
           a->to_delete == b->to_delete && a->unmarked == b->unmarked && a->holder == b->holder &&
           a->restricted == b->restricted;
}

bool same_resolution(const struct resolution *a, const struct resolution *b)
{
    bool same = a->target_count == b->target_count && a->set_count == b->set_count &&
                a->condition_count == b->condition_count &&
                same_map(a, &a->keyless, b, &b->keyless);

    for (size_t i = 0; same && i < a->target_count; i++)
        same = same_target(&a->targets[i], &b->targets[i]);
    for (size_t i = 0; same && i < a->set_count; i++)
        same = same_map(a, &a->sets[i].map, b, &b->sets[i].map);
    for (size_t i = 0; same && i < a->condition_count; i++)
        same = same_map(a, &a->conditions[i].map, b, &b->conditions[i].map);
    return same;
}
