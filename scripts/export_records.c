#include "export_records.h"

#include "export_people.h"

enum { QUESTIONS = 24, LINKED_MOST = 4, PARTICIPANTS_PER_THOUSAND = 1500 };

enum stream {
    STREAM_CONTACT = 100,
    STREAM_MEMBER,
    STREAM_PARTICIPANT,
    STREAM_MEETING,
    STREAM_INVITATION,
    STREAM_CODE,
    STREAM_TICKET,
    STREAM_ANSWER,
    STREAM_STRIDE,
};

/* Cells that need quotes have them here already. */
/* clang-format off */
static const char *const notes[] = {
    "Speaks at two events a year", "\"Invoice to the Rome office, not to Milan\"",
    "\"Asked for a vegan menu;\nwrote: \"\"no photos on the website, please\"\"\"",
    "Звонить после 15:00", "\"Ground-floor room, wheelchair\"", "通訳が必要",
    "Met at the autumn fair", "\"Said \"\"maybe next year\"\", twice\"",
};
static const char *const titles[] = {
    "Pricing pilot", "\"Sponsorship, next year\"", "Panel preparation", "Data licence",
    "Booth hand-over", "\"Workshop \"\"Open tables\"\"\"", "目録の翻訳", "Follow-up on the trial",
};
static const char *const answers[] = {
    "newsletter", "4", "\"More coffee, fewer slides\"", "\"Great stage,\nlong queue\"",
    "press", "5", "Bitte mehr Steckdosen", "とても楽しかった",
};
static const char *const needs[] = {
    "", "", "", "vegetarian", "halal", "\"gluten-free, no nuts\"",
};
static const char *const communities[] = {"founders", "makers", "open-data", "festivals"};
static const char *const attendance[] = {"confirmed", "confirmed", "confirmed", "cancelled"};
static const char *const rooms[] = {"Table 3", "Table 12", "\"Lounge, 1st floor\"", "Room Oak"};

const char *const export_events[EXPORT_EVENTS_MOST] = {
    "spring-summit-2022", "data-days-2022", "product-forum-2022", "winter-fair-2022",
    "spring-summit-2023", "data-days-2023", "product-forum-2023", "winter-fair-2023",
    "spring-summit-2024", "data-days-2024", "product-forum-2024", "winter-fair-2024",
};
/* clang-format on */

#define PICK(list, chance) ((list)[(chance) % (sizeof(list) / sizeof(*(list)))])

/* ---- Links ----------------------------------------------------------------------------------- */

static uint64_t common_factor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

void export_world_init(struct export_world *world, uint64_t seed, uint64_t contacts)
{
    enum { CONTACTS_PER_EVENT = 20 };
    uint64_t events = 1 + contacts / CONTACTS_PER_EVENT;
    world->seed = seed;
    world->contacts = contacts;
    world->participants = 1 + contacts * PARTICIPANTS_PER_THOUSAND / 1000;
    world->events = events < EXPORT_EVENTS_MOST ? events : EXPORT_EVENTS_MOST;
    world->stride = 1 + export_random(seed, STREAM_STRIDE, 0) % contacts;
    while (common_factor(world->stride, contacts) != 1)
        world->stride++;
}

uint64_t export_entity_records(const struct export_entity *entity, uint64_t contacts)
{
    if (entity->per_thousand == 0)
        return entity->fixed;
    if (entity->per_thousand == 1000)
        return contacts;
    return 1 + contacts * entity->per_thousand / 1000;
}

uint64_t export_world_contact(const struct export_world *world, uint64_t number)
{
    return number % world->contacts * world->stride % world->contacts;
}

uint64_t export_share_first(uint64_t records, uint64_t index, uint64_t shares)
{
    uint64_t longer = records % shares;
    return records / shares * index + (index < longer ? index : longer);
}

/* Fills linked with `count` participants of the event, no two alike if there are enough. */
static void draw_participants(const struct export_world *world, uint64_t event, uint64_t chance,
                              uint64_t *linked, size_t count)
{
    uint64_t first = export_share_first(world->participants, event, world->events);
    uint64_t size = export_share_first(world->participants, event + 1, world->events) - first;
    uint64_t step = size < LINKED_MOST ? 1 : 1 + (chance >> 8) % (size / LINKED_MOST);
    for (size_t i = 0; i < count; i++)
        linked[i] = first + ((chance >> 16) + i * step) % size;
}

static struct export_person participant_get(const struct export_world *world, uint64_t number)
{
    return export_person_get(world->seed, export_world_contact(world, number));
}

/* ---- Cells, each with the comma behind it -----------------------------------------------------
 */

static void write_key(struct export_file *file, char prefix, uint64_t number)
{
    export_file_char(file, prefix);
    export_file_number(file, number + 1, 9);
    export_file_end_cell(file);
}

void export_contact_key(struct export_file *file, uint64_t contact)
{
    export_file_char(file, 'C');
    export_file_number(file, contact + 1, 9);
}

static void write_participants(struct export_file *file, const uint64_t *linked, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        export_file_text(file, i > 0 ? ";P" : "P");
        export_file_number(file, linked[i] + 1, 9);
    }
    export_file_end_cell(file);
}

static void write_number(struct export_file *file, uint64_t number, unsigned digits)
{
    export_file_number(file, number, digits);
    export_file_end_cell(file);
}

/* A day in the eight years from from_year, without a comma. */
static void write_day(struct export_file *file, uint64_t from_year, uint64_t chance)
{
    export_file_number(file, from_year + chance % 8, 4);
    export_file_char(file, '-');
    export_file_number(file, 1 + chance / 8 % 12, 2);
    export_file_char(file, '-');
    export_file_number(file, 1 + chance / 96 % 28, 2);
}

static void write_date(struct export_file *file, uint64_t from_year, uint64_t chance)
{
    write_day(file, from_year, chance);
    export_file_end_cell(file);
}

static void write_time(struct export_file *file, uint64_t from_year, uint64_t chance)
{
    write_day(file, from_year, chance);
    export_file_char(file, 'T');
    export_file_number(file, chance / 4096 % 24, 2);
    export_file_char(file, ':');
    export_file_number(file, chance / 98304 % 60, 2);
    export_file_char(file, ':');
    export_file_number(file, chance / 5898240 % 60, 2);
    export_file_cell(file, "Z");
}

static void write_email(struct export_file *file, const struct export_person *person)
{
    export_person_email(file, person);
    export_file_end_cell(file);
}

static void write_phone(struct export_file *file, const struct export_person *person)
{
    export_person_phone(file, person);
    export_file_end_cell(file);
}

/* FirstName,LastName */
static void write_names(struct export_file *file, const struct export_person *person)
{
    export_person_first_name(file, person);
    export_file_end_cell(file);
    export_person_last_name(file, person);
    export_file_end_cell(file);
}

static void write_full_name(struct export_file *file, const struct export_person *person)
{
    export_person_first_name(file, person);
    export_file_char(file, ' ');
    export_person_last_name(file, person);
    export_file_end_cell(file);
}

/* RegisteredCompany,Position */
static void write_work(struct export_file *file, const struct export_person *person)
{
    export_file_cell(file, person->company);
    export_file_cell(file, person->position);
}

/* The people themselves, or somebody of the staff, who is no contact. */
static void write_modified_by(struct export_file *file, const struct export_person *person)
{
    static const char *const staff[] = {"crm@platform.example", "registration@platform.example"};
    if (person->chance / 8 % 2 == 0)
        write_email(file, person);
    else
        export_file_cell(file, PICK(staff, person->chance / 16));
}

/* The same in a contact and its members: the two can be joined by it. */
static void write_loyalty_number(struct export_file *file, const struct export_person *person)
{
    if (person->chance / 32 % 4 != 0)
        write_key(file, 'L', person->number * 7 + 40013);
    else
        export_file_end_cell(file);
}

/* ---- Records --------------------------------------------------------------------------------- */

static void write_contact(struct export_file *file, const struct export_world *world,
                          struct export_place at)
{
    struct export_person person = export_person_get(world->seed, at.number);
    uint64_t chance = export_random(world->seed, STREAM_CONTACT, at.number);
    export_contact_key(file, at.number);
    export_file_end_cell(file);
    write_email(file, &person);
    write_names(file, &person);
    write_work(file, &person);
    write_phone(file, &person);
    export_file_cell(file, person.country->language);
    write_date(file, 1950 + chance % 48, chance / 64);
    write_number(file, chance / 1024 % 100000, 5);
    export_file_cell(file, person.country->code);
    write_loyalty_number(file, &person);
    export_file_cell(file, chance % 3 == 0 ? "false" : "true");
    export_file_cell(file, chance % 5 < 3 ? PICK(notes, chance / 16) : "");
    write_time(file, 2015, chance / 256);
    write_modified_by(file, &person);
    export_file_end_cell(file);
    export_file_end_record(file);
}

static void write_member(struct export_file *file, const struct export_world *world,
                         struct export_place at)
{
    struct export_person person = participant_get(world, at.number);
    uint64_t chance = export_random(world->seed, STREAM_MEMBER, at.number);
    write_key(file, 'M', at.number);
    write_key(file, 'C', person.number);
    export_file_cell(file, PICK(communities, chance));
    write_names(file, &person);
    write_email(file, &person);
    write_work(file, &person);
    export_file_cell(file, person.country->language);
    write_loyalty_number(file, &person);
    export_file_cell(file, chance / 4 % 16 == 0 ? "moderator" : "member");
    write_date(file, 2016, chance / 64);
    write_modified_by(file, &person);
    export_file_end_cell(file);
    export_file_end_record(file);
}

static void write_participant(struct export_file *file, const struct export_world *world,
                              struct export_place at)
{
    struct export_person person = participant_get(world, at.number);
    uint64_t chance = export_random(world->seed, STREAM_PARTICIPANT, at.number);
    write_key(file, 'P', at.number);
    if (chance % 32 != 0)
        write_key(file, 'C', person.number);
    else /* a guest: only the email address tells whose contact it is */
        export_file_end_cell(file);
    export_file_cell(file, export_events[at.event]);
    write_email(file, &person);
    write_names(file, &person);
    write_work(file, &person);
    write_phone(file, &person);
    export_file_cell(file, person.country->language);
    export_file_cell(file, PICK(needs, chance / 32));
    export_file_cell(file, PICK(attendance, chance / 512));
    write_time(file, 2015, chance / 4096);
    export_file_cell(file, chance / 64 % 4 == 0 ? "false" : "true");
    write_modified_by(file, &person);
    export_file_end_cell(file);
    export_file_end_record(file);
}

static void write_meeting(struct export_file *file, const struct export_world *world,
                          struct export_place at)
{
    uint64_t chance = export_random(world->seed, STREAM_MEETING, at.number);
    uint64_t linked[LINKED_MOST];
    size_t count = 2 + chance % (LINKED_MOST - 1);
    draw_participants(world, at.event, chance, linked, count);
    struct export_person organizer = participant_get(world, linked[0]);
    write_key(file, 'B', at.number);
    export_file_cell(file, export_events[at.event]);
    write_participants(file, linked, 1);
    write_full_name(file, &organizer);
    write_participants(file, linked + 1, count - 1);
    export_file_cell(file, PICK(titles, chance / 8));
    export_file_cell(file, PICK(rooms, chance / 64));
    write_time(file, 2015, chance / 256);
    export_file_cell(file, chance / 4096 % 4 == 0 ? "declined" : "held");
    export_file_end_record(file);
}

static void write_invitation(struct export_file *file, const struct export_world *world,
                             struct export_place at)
{
    uint64_t chance = export_random(world->seed, STREAM_INVITATION, at.number);
    struct export_person invited = participant_get(world, at.number);
    uint64_t event = chance % world->events;
    uint64_t sender;
    draw_participants(world, event, chance, &sender, 1);
    write_key(file, 'I', at.number);
    export_file_cell(file, export_events[event]);
    export_file_text(file, "PARTNER-");
    write_number(file, chance / 16 % 200 + 1, 3);
    write_participants(file, &sender, 1);
    write_names(file, &invited);
    write_email(file, &invited);
    export_file_cell(file, chance / 4096 % 2 == 0 ? "sent" : "accepted");
    write_time(file, 2015, chance / 256);
    export_file_end_record(file);
}

static void write_code(struct export_file *file, const struct export_world *world,
                       struct export_place at)
{
    uint64_t chance = export_random(world->seed, STREAM_CODE, at.number);
    struct export_person person = participant_get(world, at.number);
    write_key(file, 'D', at.number);
    export_file_cell(file, export_events[chance % world->events]);
    write_key(file, 'C', person.number);
    write_full_name(file, &person);
    write_email(file, &person);
    export_file_text(file, "VIP-");
    write_number(file, chance / 16 % 1000000, 6);
    export_file_cell(file, chance / 64 % 2 == 0 ? "10" : "20");
    write_number(file, chance / 128 % 5, 1);
    write_date(file, 2020, chance / 1024);
    export_file_end_record(file);
}

/* Three in four admit the buyer alone, the others up to three more. */
static void write_ticket(struct export_file *file, const struct export_world *world,
                         struct export_place at)
{
    uint64_t chance = export_random(world->seed, STREAM_TICKET, at.number);
    uint64_t linked[LINKED_MOST];
    size_t count = chance % 4 != 0 ? 1 : 2 + chance / 4 % (LINKED_MOST - 1);
    draw_participants(world, at.event, chance, linked, count);
    struct export_person buyer = participant_get(world, linked[0]);
    write_key(file, 'T', at.number);
    export_file_cell(file, export_events[at.event]);
    write_participants(file, linked, 1);
    write_names(file, &buyer);
    write_email(file, &buyer);
    write_participants(file, linked, count);
    export_file_cell(file, count > 1 ? "group" : "standard");
    export_file_number(file, count * 240, 1);
    export_file_cell(file, ".00");
    export_file_cell(file, chance / 64 % 4 == 0 ? "USD" : "EUR");
    export_file_cell(file, chance / 512 % 32 == 0 ? "refunded" : "paid");
    write_time(file, 2015, chance / 256);
    write_number(file, chance / 8 % 10000000000000U, 13);
    export_file_end_record(file);
}

static const char *survey_of(uint64_t question)
{
    return question < QUESTIONS / 2 ? "S1" : "S2";
}

static void write_answer(struct export_file *file, const struct export_world *world,
                         struct export_place at)
{
    uint64_t chance = export_random(world->seed, STREAM_ANSWER, at.number);
    uint64_t question = chance / 16 % QUESTIONS;
    uint64_t participant;
    draw_participants(world, chance % world->events, chance, &participant, 1);
    write_key(file, 'A', at.number);
    export_file_cell(file, survey_of(question));
    write_key(file, 'Q', question);
    write_participants(file, &participant, 1);
    export_file_cell(file, PICK(answers, chance / 512));
    write_time(file, 2015, chance / 256);
    export_file_end_record(file);
}

static void write_question(struct export_file *file, const struct export_world *world,
                           struct export_place at)
{
    (void)world;
    write_key(file, 'Q', at.number);
    export_file_cell(file, survey_of(at.number));
    export_file_text(file, "\"Question, number ");
    export_file_number(file, at.number + 1, 1);
    export_file_cell(file, "\"");
    export_file_cell(file, at.number % 3 == 0 ? "true" : "false");
    export_file_end_record(file);
}

/* The numbers make about 1 GB of a million contacts. */
const struct export_entity export_entities[EXPORT_ENTITIES] = {
    {"contacts", "", false, 1000, 0,
     "ContactId,Email,FirstName,LastName,RegisteredCompany,Position,Phone,PreferredLanguage,"
     "BirthDate,PostalCode,Country,LoyaltyNumber,OptIn,Notes,CreatedAt,ModifiedBy,AnonymizedAt\n",
     write_contact},
    {"members", "", false, 500, 0,
     "MemberId,ContactId,Community,FirstName,LastName,Email,RegisteredCompany,Position,"
     "PreferredLanguage,LoyaltyNumber,Role,JoinedAt,ModifiedBy,AnonymizedAt\n",
     write_member},
    {"participants", "", true, PARTICIPANTS_PER_THOUSAND, 0,
     "ParticipantId,ContactId,EventId,Email,FirstName,LastName,RegisteredCompany,Position,Phone,"
     "PreferredLanguage,DietaryNeeds,Status,RegisteredAt,CheckedIn,ModifiedBy,AnonymizedAt\n",
     write_participant},
    {"business_meetings", "", true, 600, 0,
     "MeetingId,EventId,OrganizerId,OrganizerName,AttendeeIds,Title,Location,StartsAt,Status\n",
     write_meeting},
    {"tickets", "", true, 1000, 0,
     "TicketId,EventId,BuyerId,FirstName,LastName,Email,ParticipantIds,TicketType,Price,Currency,"
     "Status,PurchasedAt,Barcode\n",
     write_ticket},
    {"partner_invitations", "", false, 400, 0,
     "InvitationId,EventId,PartnerId,InvitedById,FirstName,LastName,Email,Status,SentAt\n",
     write_invitation},
    {"discount_codes", "", false, 250, 0,
     "DiscountCodeId,EventId,ContactId,Name,Email,Code,Percent,UsedCount,ExpiresAt\n", write_code},
    {"survey_answers", "surveys/", false, 900, 0,
     "AnswerId,SurveyId,QuestionId,ParticipantId,Answer,AnsweredAt\n", write_answer},
    {"survey_questions", "surveys/", false, 0, QUESTIONS,
     "QuestionId,SurveyId,Label,IsPersonalData\n", write_question},
};
