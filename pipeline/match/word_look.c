#include "match/word_look.h"

#include "match/look_lanes.h"

uint64_t word_start_look(struct span text, size_t start)
{
    return word_start_looks((word_lanes){bytes_from(text, start)})[0];
}

uint64_t word_end_look(struct span text, size_t end)
{
    return word_end_looks((word_lanes){bytes_before(text, end)})[0];
}

void word_gap_looks(struct span text, size_t end, size_t start, uint64_t *end_look,
                    uint64_t *start_look)
{
    _Static_assert(LANE_WORDS == 2, "one word for each side");
    const byte_lanes ending = (byte_lanes)(word_lanes){UINT64_MAX, 0};
    const byte_lanes raw =
        (byte_lanes)(word_lanes){bytes_before(text, end), bytes_from(text, start)};
    const byte_lanes bytes = (without_torn(raw) & ending) | (raw & ~ending);
    byte_lanes others, looks = look_at(bytes, &others);

    looks &= (~lanes_up_to_last(others) & ending) | (lanes_before_first(others) & ~ending);
    *end_look = ((word_lanes)looks)[0];
    *start_look = ((word_lanes)looks)[1];
}
