/*
 * The classes of bytes that masks are of (text_masks.h), for instruction sets that look a byte up
 * by its halves.
 */
#ifndef EFFACE_MATCH_TEXT_CLASSES_H
#define EFFACE_MATCH_TEXT_CLASSES_H

/*
 * A byte has a bit of each class that both its halves have (Langdale and Lemire): two look-ups
 * in tables of 16 for many bytes at once. Letters take two classes, as 0x5B is none but 0x4B is.
 * Bytes outside ASCII have none.
 */
enum {
    CLASS_BLANK = 1,
    CLASS_DIGIT = 2,
    CLASS_SIGN = 4,
    CLASS_EARLY = 8, /* A to O */
    CLASS_LATE = 16, /* P to Z */
    CLASS_LETTER = CLASS_EARLY | CLASS_LATE,
    CLASS_JOINT = 32, /* ' - */
};

/* By the lower half. */
#define CLASSES_BY_LOW                                                                             \
    CLASS_BLANK | CLASS_DIGIT | CLASS_LATE, CLASS_DIGIT | CLASS_LETTER,                            \
        CLASS_DIGIT | CLASS_LETTER, CLASS_DIGIT | CLASS_LETTER, CLASS_DIGIT | CLASS_LETTER,        \
        CLASS_DIGIT | CLASS_LETTER, CLASS_DIGIT | CLASS_LETTER,                                    \
        CLASS_DIGIT | CLASS_LETTER | CLASS_JOINT, CLASS_DIGIT | CLASS_SIGN | CLASS_LETTER,         \
        CLASS_DIGIT | CLASS_SIGN | CLASS_LETTER, CLASS_LETTER, CLASS_SIGN | CLASS_EARLY,           \
        CLASS_EARLY, CLASS_SIGN | CLASS_JOINT | CLASS_EARLY, CLASS_SIGN | CLASS_EARLY,             \
        CLASS_SIGN | CLASS_EARLY

/* By the higher half. */
#define CLASSES_BY_HIGH                                                                            \
    0, 0, CLASS_BLANK | CLASS_SIGN | CLASS_JOINT, CLASS_DIGIT, CLASS_EARLY, CLASS_LATE,            \
        CLASS_EARLY, CLASS_LATE, 0, 0, 0, 0, 0, 0, 0, 0

#endif
