#include "plan_fixture.h"

#include <check.h>

#include "run/technique_book.h"

enum status plan_fixture_make(struct match_fixture *fixture, struct match_file *file,
                              struct file_plan *plan)
{
    const struct file_columns columns = csv_text_columns(&file->csv);
    struct technique_book *book = arena_alloc(&fixture->arena, sizeof *book);

    ck_assert_ptr_nonnull(book);
    ck_assert_int_eq(
        technique_book_compile(&fixture->ruleset, &fixture->arena, book, &fixture->diagnostics),
        STATUS_OK);
    *plan = (struct file_plan){.path = columns.path,
                               .name = columns.path,
                               .entity = file->binding.entity,
                               .dialect = file->csv.dialect,
                               .names = file->csv.header.names,
                               .column_count = columns.count,
                               .binding = file->binding};
    return column_plan_make(&columns, &plan->binding, &fixture->resolution, book, &fixture->arena,
                            &plan->columns, &fixture->diagnostics);
}
