/*
 * Free text without the emails, phones and numbers that stand in it (scrub_patterns.h).
 *
 *     scrub: {patterns: [email, phone], known: true, with: "[removed]"}
 *
 * All patterns are looked for in the value as it was. What any of them finds is replaced by
 * `with` ("***"), and where their findings overlap, all that they cover is replaced once. With
 * `known`, so is what the run knows of its targets: emails, phones and full names. Other
 * names and words stay: where they matter, clear the column.
 *
 * A value that takes a pattern more steps or memory than it may have is untaken.
 */
#include "deidentify/formula.h"
#include "deidentify/option_reader.h"
#include "deidentify/scrub_patterns.h"
#include "deidentify/technique.h"
#include "deidentify/text_pattern.h"

/* The known identifiers are found beside the patterns, as if by one more. */
enum { KNOWN = SCRUB_PATTERN_COUNT, SEARCH_COUNT };

struct scrub {
    const struct text_pattern *patterns[SCRUB_PATTERN_COUNT]; /* NULL: not looked for */
    bool known; /* the targets' own identifiers, too */
    struct span with;
    const char *text; /* the patterns' names */
};

/* The next finding of each pattern in one value. */
struct search {
    const struct scrub *scrub;
    const struct cell *cell;
    struct span value;
    struct text_scratch scratch;
    struct text_match next[SEARCH_COUNT]; /* start == value.size: there is none */
};

static const char *const option_names[] = {"patterns", "known", "with", NULL};

/* Which patterns the rules want; all, where they don't say. */
static void read_patterns(struct option_reader *reader, bool wanted[SCRUB_PATTERN_COUNT])
{
    const char *names[SCRUB_PATTERN_COUNT + 1] = {NULL};
    const struct node *list = option_list(reader, "patterns");

    for (size_t i = 0; i < SCRUB_PATTERN_COUNT; i++) {
        names[i] = scrub_patterns[i].name;
        wanted[i] = list == NULL;
    }
    if (list != NULL && list->count == 0)
        option_reject(reader, "patterns", "expected at least one pattern");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const int index = node_word(&reader->nodes, list->items[i], "pattern", names, -1);
        if (index >= 0)
            wanted[index] = true;
    }
}

static bool compile_patterns(struct scrub *scrub, const bool wanted[SCRUB_PATTERN_COUNT],
                             struct arena *arena)
{
    scrub->text = "";
    for (size_t i = 0; i < SCRUB_PATTERN_COUNT && scrub->text != NULL; i++) {
        if (!wanted[i])
            continue;
        scrub->patterns[i] = text_pattern_compile(scrub_patterns[i].expression, arena);
        if (scrub->patterns[i] == NULL)
            return false;
        scrub->text = arena_printf(arena, "%s%s%s", scrub->text, scrub->text[0] ? ", " : "",
                                   scrub_patterns[i].name);
    }
    if (scrub->known && scrub->text != NULL)
        scrub->text = arena_printf(arena, "%s, the targets' own", scrub->text);
    return scrub->text != NULL;
}

static enum status scrub_compile(const struct node *options,
                                 const struct technique_setting *setting, const void **state)
{
    struct scrub *scrub = arena_alloc(setting->arena, sizeof *scrub);
    if (scrub == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = scrub;

    bool wanted[SCRUB_PATTERN_COUNT];
    struct option_reader reader;
    option_reader_init(&reader, option_names, NULL, options, setting);
    read_patterns(&reader, wanted);
    scrub->known = option_flag(&reader, "known", false);
    scrub->with = option_text(&reader, "with", SPAN("***"));
    if (formula_starts(scrub->with))
        option_reject(&reader, "with", "text that would start a spreadsheet formula");
    if (option_reader_status(&reader) != STATUS_OK)
        return STATUS_RULES;
    return compile_patterns(scrub, wanted, setting->arena)
               ? STATUS_OK
               : diagnostics_no_memory(setting->diagnostics);
}

static bool is_inside_character(struct span text, size_t at)
{
    return at < text.size && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

/* Finds what the pattern has next from `from` on, in whole characters. */
static enum finding find_next(struct search *search, size_t pattern, size_t from)
{
    size_t (*accept)(struct span) = scrub_patterns[pattern].accept;
    struct text_match *next = &search->next[pattern];
    const struct span text = search->value;
    enum finding finding;

    while ((finding = text_pattern_find(search->scrub->patterns[pattern], text, from,
                                        &search->scratch, next)) == FINDING_MATCH) {
        const struct span found = {text.at + next->start, next->end - next->start};
        const size_t size = accept != NULL ? accept(found) : found.size;

        next->end = next->start + size;
        if (size > 0)
            break;
        from = next->start + 1;
    }
    if (finding != FINDING_MATCH)
        *next = (struct text_match){text.size, text.size};
    while (next->start > 0 && is_inside_character(text, next->start))
        next->start--;
    while (is_inside_character(text, next->end))
        next->end++;
    return finding;
}

/* The first of the known identifiers that ends behind `from`. */
static void find_known(struct search *search, size_t from)
{
    const struct cell *cell = search->cell;

    search->next[KNOWN] = (struct text_match){search->value.size, search->value.size};
    for (size_t i = 0; i < cell->known_count; i++) {
        if (cell->known[i].end <= from)
            continue;
        search->next[KNOWN] = (struct text_match){cell->known[i].start, cell->known[i].end};
        return;
    }
}

/* Fills in the first findings, or the one behind that of a single pattern. */
static enum treatment search_on(struct search *search, size_t pattern, size_t from)
{
    if (pattern == KNOWN) {
        find_known(search, from);
        return TREATMENT_REPLACED;
    }
    switch (find_next(search, pattern, from)) {
    case FINDING_LIMIT:
        return TREATMENT_UNTAKEN;
    case FINDING_FAILED:
        return TREATMENT_FAILED;
    case FINDING_MATCH:
    case FINDING_NONE:
        break;
    }
    return TREATMENT_REPLACED;
}

static size_t count_digits(struct span text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += text.at[i] >= '0' && text.at[i] <= '9';
    return count;
}

static bool has_any(struct span text, const char *signs)
{
    for (; *signs != '\0'; signs++)
        if (memchr(text.at, *signs, text.size) != NULL)
            return true;
    return false;
}

static bool can_match(const struct scrub_pattern *pattern, struct span text, size_t digits)
{
    return digits >= pattern->digits &&
           (pattern->signs[0] == '\0' || has_any(text, pattern->signs));
}

static enum treatment search_begin(struct search *search)
{
    const size_t digits = count_digits(search->value);
    enum treatment treatment = TREATMENT_REPLACED;

    for (size_t i = 0; i < SCRUB_PATTERN_COUNT && treatment == TREATMENT_REPLACED; i++) {
        search->next[i] = (struct text_match){search->value.size, search->value.size};
        if (search->scrub->patterns[i] != NULL &&
            can_match(&scrub_patterns[i], search->value, digits))
            treatment = search_on(search, i, 0);
    }
    find_known(search, 0);
    return treatment;
}

/* The pattern whose next finding comes first. */
static size_t first_pattern(const struct search *search)
{
    size_t first = 0;

    for (size_t i = 1; i < SEARCH_COUNT; i++)
        if (search->next[i].start < search->next[first].start)
            first = i;
    return first;
}

static bool append_between(struct span value, size_t start, size_t end, struct buffer *out)
{
    return buffer_append(out, (struct span){value.at + start, end - start});
}

/* Appends the value with all that is found replaced. */
static enum treatment replace(struct search *search, struct buffer *out)
{
    const struct span value = search->value;
    enum treatment treatment = search_begin(search);
    size_t done = 0; /* bytes of the value that are written, or replaced */

    while (treatment == TREATMENT_REPLACED) {
        const size_t first = first_pattern(search);
        const struct text_match found = search->next[first];
        if (found.start == value.size)
            return append_between(value, done, value.size, out) ? treatment : TREATMENT_FAILED;

        if ((done == 0 || found.start >= done) && (!append_between(value, done, found.start, out) ||
                                                   !buffer_append(out, search->scrub->with)))
            return TREATMENT_FAILED;
        done = found.end > done ? found.end : done;
        treatment = search_on(search, first, found.end);
    }
    return treatment;
}

static enum treatment scrub_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                  struct buffer *out)
{
    struct search search = {
        .scrub = state, .cell = cell, .value = cell->value, .scratch = TEXT_SCRATCH_INIT};
    const enum treatment treatment = replace(&search, out);

    (void)tagger;
    text_scratch_release(&search.scratch);
    return treatment;
}

static bool scrub_wants_known(const void *state)
{
    return ((const struct scrub *)state)->known;
}

static const char *scrub_describe(const void *state, struct arena *arena)
{
    (void)arena;
    return ((const struct scrub *)state)->text;
}

const struct technique technique_scrub = {
    .name = "scrub",
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .wants_known = scrub_wants_known,
    .compile = scrub_compile,
    .treat = scrub_treat,
    .describe = scrub_describe,
};
