#include "export_people.h"

/*
 * Names and companies. The people of one region share a list of names and one of countries, so that
 * first name, last name, country and language go together.
 */

enum {
    REGIONS = 6,
    NAMES = 16,
    COUNTRIES = 4,
    COMPANIES = 24,
    POSITIONS = 24,
    MAIL_HOSTS = 6,
    LETTERS = 26
};
enum { STREAM_PERSON = 1 };

struct region {
    struct export_country countries[COUNTRIES];
    struct export_name first[NAMES], last[NAMES];
};

/* clang-format off */
static const struct region regions[REGIONS] = {
    {{{"DE", "de", "49"}, {"AT", "de", "43"}, {"CH", "de", "41"}, {"SE", "sv", "46"}},
     {{"Jürgen", "juergen"}, {"Sigrid", "sigrid"}, {"Björn", "bjoern"}, {"Annika", "annika"},
      {"Lukas", "lukas"}, {"Käthe", "kaethe"}, {"Tobias", "tobias"}, {"Friederike", "friederike"},
      {"Åsa", "asa"}, {"Matthias", "matthias"}, {"Greta", "greta"}, {"Konrad", "konrad"},
      {"Ylva", "ylva"}, {"Henrik", "henrik"}, {"Marlene", "marlene"}, {"Emil", "emil"}},
     {{"Müller", "mueller"}, {"Bergström", "bergstroem"}, {"Schäfer", "schaefer"}, {"Lindqvist", "lindqvist"},
      {"Weiß", "weiss"}, {"Obermayer", "obermayer"}, {"Grünwald", "gruenwald"}, {"Ekström", "ekstroem"},
      {"Köhler", "koehler"}, {"Baumann", "baumann"}, {"Nyström", "nystroem"}, {"Hofer", "hofer"},
      {"Zürcher", "zuercher"}, {"Sandberg", "sandberg"}, {"Brandt", "brandt"}, {"Vogel", "vogel"}}},
    {{{"FR", "fr", "33"}, {"ES", "es", "34"}, {"PT", "pt", "351"}, {"IT", "it", "39"}},
     {{"Amélie", "amelie"}, {"Íñigo", "inigo"}, {"Chloé", "chloe"}, {"João", "joao"},
      {"Giulia", "giulia"}, {"René", "rene"}, {"Sofía", "sofia"}, {"Inês", "ines"},
      {"Matteo", "matteo"}, {"Zoé", "zoe"}, {"Rafael", "rafael"}, {"Benoît", "benoit"},
      {"Chiara", "chiara"}, {"Nuño", "nuno"}, {"Hélène", "helene"}, {"Duarte", "duarte"}},
     {{"Lefèvre", "lefevre"}, {"Ibáñez", "ibanez"}, {"Gonçalves", "goncalves"}, {"Ferrante", "ferrante"},
      {"Núñez", "nunez"}, {"Beaulieu", "beaulieu"}, {"Conceição", "conceicao"}, {"Ricciardi", "ricciardi"},
      {"Mercier", "mercier"}, {"Carmona", "carmona"}, {"Esteves", "esteves"}, {"D'Angelo", "dangelo"},
      {"Péron", "peron"}, {"Zubiría", "zubiria"}, {"Magalhães", "magalhaes"}, {"Galli", "galli"}}},
    {{{"PL", "pl", "48"}, {"CZ", "cs", "420"}, {"HU", "hu", "36"}, {"RO", "ro", "40"}},
     {{"Łukasz", "lukasz"}, {"Katarzyna", "katarzyna"}, {"Zoltán", "zoltan"}, {"Ștefan", "stefan"},
      {"Jiří", "jiri"}, {"Małgorzata", "malgorzata"}, {"Ildikó", "ildiko"}, {"Ana", "ana"},
      {"Tomáš", "tomas"}, {"Božena", "bozena"}, {"György", "gyorgy"}, {"Ioana", "ioana"},
      {"Michał", "michal"}, {"Růžena", "ruzena"}, {"Anikó", "aniko"}, {"Răzvan", "razvan"}},
     {{"Wójcik", "wojcik"}, {"Dvořák", "dvorak"}, {"Szabó", "szabo"}, {"Ionescu", "ionescu"},
      {"Zieliński", "zielinski"}, {"Horáková", "horakova"}, {"Kővári", "kovari"}, {"Șerban", "serban"},
      {"Kowalczyk", "kowalczyk"}, {"Černý", "cerny"}, {"Nagy", "nagy"}, {"Dumitrescu", "dumitrescu"},
      {"Gołębiewski", "golebiewski"}, {"Šimek", "simek"}, {"Vörös", "voros"}, {"Țepeș", "tepes"}}},
    {{{"UA", "uk", "380"}, {"BG", "bg", "359"}, {"RS", "sr", "381"}, {"GR", "el", "30"}},
     {{"Олена", "olena"}, {"Димитър", "dimitar"}, {"Јелена", "jelena"}, {"Νίκος", "nikos"},
      {"Тарас", "taras"}, {"Цветана", "tsvetana"}, {"Милош", "milos"}, {"Ελένη", "eleni"},
      {"Оксана", "oksana"}, {"Борис", "boris"}, {"Љубица", "ljubica"}, {"Γιώργος", "giorgos"},
      {"Андрій", "andrii"}, {"Росица", "rositsa"}, {"Ђорђе", "djordje"}, {"Θεοδώρα", "theodora"}},
     {{"Коваленко", "kovalenko"}, {"Петров", "petrov"}, {"Јовановић", "jovanovic"}, {"Παππάς", "pappas"},
      {"Шевчук", "shevchuk"}, {"Иванова", "ivanova"}, {"Павловић", "pavlovic"}, {"Λάμπρου", "lambrou"},
      {"Мельник", "melnyk"}, {"Георгиев", "georgiev"}, {"Ћирић", "ciric"}, {"Καραγιάννης", "karagiannis"},
      {"Бондар", "bondar"}, {"Димитрова", "dimitrova"}, {"Николић", "nikolic"}, {"Ζαχαρίας", "zacharias"}}},
    {{{"JP", "ja", "81"}, {"CN", "zh", "86"}, {"VN", "vi", "84"}, {"IN", "hi", "91"}},
     {{"美咲", "misaki"}, {"伟", "wei"}, {"Thảo", "thao"}, {"प्रिया", "priya"},
      {"陽翔", "haruto"}, {"秀英", "xiuying"}, {"Đức", "duc"}, {"अर्जुन", "arjun"},
      {"さくら", "sakura"}, {"明", "ming"}, {"Hạnh", "hanh"}, {"कविता", "kavita"},
      {"健太", "kenta"}, {"静", "jing"}, {"Tuấn", "tuan"}, {"रोहन", "rohan"}},
     {{"佐藤", "sato"}, {"陈", "chen"}, {"Nguyễn", "nguyen"}, {"शर्मा", "sharma"},
      {"田中", "tanaka"}, {"黄", "huang"}, {"Trần", "tran"}, {"गुप्ता", "gupta"},
      {"鈴木", "suzuki"}, {"赵", "zhao"}, {"Phạm", "pham"}, {"पटेल", "patel"},
      {"高橋", "takahashi"}, {"周", "zhou"}, {"Võ", "vo"}, {"अय्यर", "iyer"}}},
    {{{"GB", "en", "44"}, {"IE", "en", "353"}, {"NL", "nl", "31"}, {"US", "en", "1"}},
     {{"Charlotte", "charlotte"}, {"Seán", "sean"}, {"Willem", "willem"}, {"Grace", "grace"},
      {"Oliver", "oliver"}, {"Aoife", "aoife"}, {"Sanne", "sanne"}, {"Tyrone", "tyrone"},
      {"Harriet", "harriet"}, {"Niamh", "niamh"}, {"Joost", "joost"}, {"Chioma", "chioma"},
      {"Rupert", "rupert"}, {"Máire", "maire"}, {"Femke", "femke"}, {"Marcus", "marcus"}},
     {{"Whitcombe", "whitcombe"}, {"O'Neill", "oneill"}, {"de Graaf", "degraaf"}, {"Okafor", "okafor"},
      {"Stanhope", "stanhope"}, {"Ní Bhriain", "nibhriain"}, {"van Dijk", "vandijk"}, {"Washington", "washington"},
      {"Ashworth", "ashworth"}, {"Gallagher", "gallagher"}, {"Achterberg", "achterberg"}, {"Ramírez", "ramirez"},
      {"Pemberton", "pemberton"}, {"Byrne", "byrne"}, {"Hoekstra", "hoekstra"}, {"Kowalski", "kowalski"}}},
};

static const char *const companies[COMPANIES] = {
    "Nordlys Energi AB", "\"Hansen, Lund & Partners\"", "Dunapart Kft.", "Ateliers du Rhône SARL",
    "\"Isarwerk \"\"Süd\"\" GmbH\"", "Skagen Design ApS", "桜ソフト株式会社", "Нева Аналитика",
    "Thalassa Shipping", "Carmel Robotics Ltd", "Porto Tiles Lda", "Wisła Logistyka Sp. z o.o.",
    "Savanna Fintech", "\"Ferrante, Neri e Associati\"", "Liffey Labs", "长江物流有限公司",
    "Tallinn Open Systems OÜ", "Chennai Cloudworks Pvt Ltd", "Витоша Софт", "Polder Agri BV",
    "Geysir Orka hf.", "Beara Foods", "Lumière Films", "Vltava Média s.r.o.",
};

static const char *const positions[POSITIONS] = {
    "Head of Sales", "Managing Director", "Product Owner", "Data Engineer",
    "Directrice artistique", "Vertriebsleiterin", "Chief Financial Officer", "Consultant",
    "エンジニア", "Руководитель отдела", "Event Manager", "UX Researcher",
    "Category Manager", "Buyer", "Legal Counsel", "Responsabile marketing",
    "Founder", "Fleet Planner", "Solutions Architect", "Press Officer",
    "Gerente de compras", "Quality Manager", "Professor", "Trainee",
};
/* clang-format on */

static const char *const mail_hosts[MAIL_HOSTS] = {
    "example.org",      "example.net",  "mail.example.org",
    "post.example.net", "work.example", "kontor.example",
};

uint64_t export_random(uint64_t seed, uint64_t stream, uint64_t number)
{
    /* The output function of SplitMix64, once for where we are and once for the number. */
    uint64_t state = seed ^ stream * 0x9e3779b97f4a7c15U;
    for (unsigned round = 0; round < 2; round++) {
        state = (state ^ state >> 30) * 0xbf58476d1ce4e5b9U;
        state = (state ^ state >> 27) * 0x94d049bb133111ebU;
        state ^= state >> 31;
        if (round == 0)
            state += (number + 1) * 0x9e3779b97f4a7c15U;
    }
    return state;
}

/* Takes a number below `choices` out of *chance, and leaves what is left of it. */
static size_t draw(uint64_t *chance, size_t choices)
{
    size_t drawn = *chance % choices;
    *chance /= choices;
    return drawn;
}

struct export_person export_person_get(uint64_t seed, uint64_t number)
{
    uint64_t chance = export_random(seed, STREAM_PERSON, number);
    const struct region *region = &regions[draw(&chance, REGIONS)];
    struct export_person person = {.number = number};
    person.country = &region->countries[draw(&chance, COUNTRIES)];
    person.first = &region->first[draw(&chance, NAMES)];
    person.last = &region->last[draw(&chance, NAMES)];
    size_t second = draw(&chance, 2 * (size_t)NAMES);
    if (second < NAMES && &region->last[second] != person.last)
        person.second_last = &region->last[second];
    size_t initial = draw(&chance, LETTERS + LETTERS / 8);
    person.initial = initial < LETTERS ? (char)('A' + initial) : '\0';
    person.company = companies[draw(&chance, COMPANIES)];
    person.position = positions[draw(&chance, POSITIONS)];
    person.chance = chance;
    return person;
}

void export_person_first_name(struct export_file *file, const struct export_person *person)
{
    export_file_text(file, person->first->text);
    if (person->initial == '\0')
        return;
    export_file_char(file, ' ');
    export_file_char(file, person->initial);
    export_file_char(file, '.');
}

void export_person_last_name(struct export_file *file, const struct export_person *person)
{
    export_file_text(file, person->last->text);
    if (person->second_last == NULL)
        return;
    export_file_char(file, '-');
    export_file_text(file, person->second_last->text);
}

void export_person_email(struct export_file *file, const struct export_person *person)
{
    export_file_text(file, person->first->mail);
    export_file_char(file, '.');
    export_file_text(file, person->last->mail);
    export_file_char(file, '.');
    export_file_number(file, person->number + 1, 1);
    export_file_char(file, '@');
    export_file_text(file, mail_hosts[person->chance % MAIL_HOSTS]);
}

void export_person_phone(struct export_file *file, const struct export_person *person)
{
    export_file_char(file, '+');
    export_file_text(file, person->country->dial);
    export_file_text(file, " 555 ");
    /* Multiplying by an odd number that 5 doesn't divide permutes the last eight digits. */
    uint64_t digits = person->number % 100000000 * 48271 % 100000000;
    export_file_number(file, digits / 10000, 4);
    export_file_char(file, ' ');
    export_file_number(file, digits % 10000, 4);
}
