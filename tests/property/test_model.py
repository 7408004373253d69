"""Hand-worked cases, to hold the model to the words of the rules language."""

import unittest

import csv_bytes
import model
import techniques
from conditions import listed, moment_order
from normal_forms import normal_form
from rules import read_technique
from whose import Request

KEY = bytes(range(32))


def technique_gives(entry, value):
    return techniques.apply(read_technique(entry), value.encode(), value.encode(), KEY).decode()


def run(entities, files, targets, defaults=None, mode="anonymize", **more):
    document = {"version": "1", "subject": "contacts", "entities": entities, **more}
    if defaults:
        document["defaults"] = defaults
    for name, entity in entities.items():
        entity.setdefault("files", [f"{name}.csv"])
    named = {f"{name}.csv": content.encode() for name, content in files.items()}
    request = Request(mode=mode, targets_file=targets.encode())
    return model.run(document, named, request, KEY, "2024-01-31")


class NormalForms(unittest.TestCase):
    def test_matches(self):
        for value, match, expected in [
                (" A@B.example\r\n", "email", "a@b.example"), ("0049 (30) 12", "phone", "493012"),
                ("+49 30-12", "phone", "493012"), ("n/a", "phone", ""), ("Straße ς", "casefold", "straße σ"),
                ("{AB-c}", "uuid", "abc"), (" 007", "exact", " 007")]:
            self.assertEqual(normal_form(value.encode(), match), expected.encode())


class Techniques(unittest.TestCase):
    def test_generalizations(self):
        mask = {"mask": {"keep_first": "1"}}
        for entry, value, expected in [
                (mask, "jane", "j***"), (mask, "j***", "j***"), (mask, "j", "***"), (mask, "***", "***"),
                ({"truncate": {"length": "2"}}, "été", "ét"),
                ({"date": "year"}, "2024-01-31T10:20", "2024"), ({"date": "month"}, "2024", "2024"),
                ({"date": "week"}, "2024-12-31", "2025-W01"), ({"date": "day"}, "31.1.2024", ""),
                ({"number": {"bucket": "10"}}, "37", "30-39"), ({"number": {"bucket": "10"}}, "30-39", "30-39"),
                ({"number": {"bucket": "10"}}, "-3", "[-10,0)"), ({"number": {"bucket": "2.5"}}, "3", "[2.5,5)"),
                ({"number": {"bucket": "10"}}, "1e3", "")]:
            self.assertEqual(technique_gives(entry, value), expected, (entry, value))

    def test_pseudonyms(self):
        token = technique_gives({"pseudonym": "token"}, "jane")
        self.assertRegex(token, "^[a-z2-7]{26}$")
        self.assertRegex(technique_gives({"pseudonym": "uuid"}, "jane"), "^.{14}8.{4}[89ab]")
        self.assertTrue(technique_gives({"pseudonym": "email"}, "jane").endswith("@example.com"))
        self.assertEqual(technique_gives({"pseudonym": {"as": "uuid", "domain": "x"}}, "a"),
                         technique_gives({"pseudonym": {"as": "uuid", "domain": "x"}}, "a"))
        self.assertEqual(len(technique_gives({"hash": {"length": "12"}}, "jane")), 12)

    def test_no_formula(self):
        dashes = {"mask": {"keep_last": "1", "with": "-"}}
        self.assertEqual(technique_gives(dashes, "jane"), "")
        self.assertEqual(technique_gives(dashes, "-ane"), "---e")


class Bytes(unittest.TestCase):
    def test_changed_cells(self):
        for raw, value, expected in [
                (b'"a"', b"a", b'"a"'), (b'"a"', b"b", b'"b"'), (b'"a"', b"", b""), (b"a", b"b,c", b'"b,c"'),
                (b"a", b' "', b'" """'), (b'""', b"", b'""')]:
            self.assertEqual(csv_bytes.write_value(csv_bytes.Cell(raw), value, b","), expected)

    def test_strictness(self):
        for data in [b"", b"a,b\n1\n", b'a\nx"y\n', b'a\n"x"y\n', b'a\n"x\n', b"a\nx\ry\n", b"a,b\n\n1,2\n"]:
            self.assertRaises(csv_bytes.Malformed, csv_bytes.parse, data)
        self.assertEqual(len(csv_bytes.parse(b'\xef\xbb\xbf"a"\r\n\n"1\n"\n\n').lines), 3)


def contacts(**more):
    return {"key": "Id", "fields": {"Name": "clear"}, **more}


class Conditions(unittest.TestCase):
    def test_moments(self):
        for value, operand, expected in [
                ("2021-12-31", "2022-01-01", -1), ("2022-01-01T23:59", "2022-01-01", 0),
                ("2022-01-01T00:30+02:00", "2021-12-31T22:30Z", 0), ("2022-01-01T00:30", "2021-12-31T23:59Z", 1),
                ("2022-01-01T10:00:01.50", "2022-01-01 10:00:01.5", 0), ("2022-02-29", "2022-01-01", None),
                ("2022", "2022-01-01", None), ("2022-01-01T24:00", "2022-01-01", None)]:
            self.assertEqual(moment_order(value.encode(), operand), expected, (value, operand))

    def test_lists(self):
        self.assertEqual(listed(b"\xef\xbb\xbfa\r\n\nb"), {b"a", b"b"})


class Runs(unittest.TestCase):
    def test_anonymize_touches_the_target_alone(self):
        outcome = run({"contacts": contacts()}, {"contacts": 'Id,Name\r\n1,"Jane"\n2,"Jo"\r\n\r\n'}, "Id\n1\n")
        self.assertEqual(outcome, model.Outcome(0, {"contacts.csv": b'Id,Name\r\n1,\n2,"Jo"\r\n\r\n'}))

    def test_unknown_target(self):
        outcome = run({"contacts": contacts()}, {"contacts": "Id,Name\n1,Jane\n"}, "Id\n9\n")
        self.assertEqual(outcome, model.Outcome(1, {"contacts.csv": b"Id,Name\n1,Jane\n"}))

    def test_disagreeing_row(self):
        outcome = run({"contacts": contacts(identifiers={"Name": "exact"})},
                      {"contacts": "Id,Name\n1,Jane\n2,Jo\n"}, "Id,Name\n1,Jo\n")
        self.assertEqual(outcome, model.Outcome(4))

    def test_replaced_key_in_every_link(self):
        entities = {"contacts": contacts(rekey="true"),
                    "logs": {"links": [{"column": "Who", "to": "contacts", "follow": "false", "separator": ";"}]}}
        outcome = run(entities, {"contacts": "Id,Name\n1,Jane\n", "logs": "Who\n1;2\n"}, "Id\n1\n")
        token = techniques.token(KEY, "token", b"1")
        self.assertEqual(outcome.files["contacts.csv"], b"Id,Name\n" + token + b",\n")
        self.assertEqual(outcome.files["logs.csv"], b"Who\n" + token + b";2\n")

    def test_delete_unlinks_and_drops_the_emptied(self):
        meetings = {"links": [{"column": "Who", "to": "contacts", "separator": ";"}],
                    "on_delete": "unlink", "drop_when_empty": "Who", "fields": {"Title": "clear"}}
        outcome = run({"contacts": contacts(), "meetings": meetings},
                      {"contacts": "Id,Name\n1,Jane\n2,Jo\n",
                       "meetings": "Who,Title\n1;2,a\n1,b\n2,c\n,d\n"}, "Id\n1\n", mode="delete")
        self.assertEqual(outcome.files["contacts.csv"], b"Id,Name\n2,Jo\n")
        self.assertEqual(outcome.files["meetings.csv"], b"Who,Title\n2,\n2,c\n,d\n")

    def test_a_single_emptied_cell_is_no_blank_line(self):
        entities = {"contacts": contacts(),
                    "optouts": {"links": [{"column": "Who", "to": "contacts"}], "on_delete": "unlink"}}
        outcome = run(entities, {"contacts": "Id,Name\n1,Jane\n", "optouts": "Who\n1\n\n"}, "Id,mode\n1,delete\n")
        self.assertEqual(outcome.files["optouts.csv"], b'Who\n""\n\n')

    def test_restrict_holds_back_one_of_two_owners(self):
        tickets = {"links": [{"column": "Who", "to": "contacts"}], "on_delete": "restrict"}
        outcome = run({"contacts": contacts(), "tickets": tickets},
                      {"contacts": "Id,Name\n1,Jane\n2,Jo\n", "tickets": "Who\n1\n"},
                      "Id,mode\n1,delete\n2,delete\n")
        self.assertEqual(outcome, model.Outcome(1, {"contacts.csv": b"Id,Name\n1,Jane\n", "tickets.csv": b"Who\n1\n"}))

    def test_a_hold_leaves_its_target_alone(self):
        tickets = {"links": [{"column": "Who", "to": "contacts"}], "fields": {"Buyer": "clear"}}
        outcome = run({"contacts": contacts(), "tickets": tickets},
                      {"contacts": "Id,Name\n1,Jane\n2,Jo\n",
                       "tickets": "Who,Buyer,Sum\n1,Jane,5\n1,Jane,7.50\n2,Jo,7.49\n"}, "Id\n1\n2\n",
                      holds={"dear": {"entity": "tickets", "where": {"Sum": {"greater": "7.49"}}}})
        self.assertEqual(outcome.status, 1)
        self.assertEqual(outcome.files["contacts.csv"], b"Id,Name\n1,Jane\n2,\n")
        self.assertEqual(outcome.files["tickets.csv"], b"Who,Buyer,Sum\n1,Jane,5\n1,Jane,7.50\n2,,7.49\n")

    def test_links_in_a_loop(self):
        members = {"key": "M", "links": [{"column": "Who", "to": "contacts"}, {"column": "Boss", "to": "members"}],
                   "fields": {"Name": "clear"}}
        outcome = run({"contacts": contacts(), "members": members},
                      {"contacts": "Id,Name\n1,Jane\n",
                       "members": "M,Who,Boss,Name\nb,,a,x\na,1,c,x\nc,,b,x\nd,,,x\n"}, "Id\n1\n")
        self.assertEqual(outcome.files["members.csv"], b"M,Who,Boss,Name\nb,,a,\na,1,c,\nc,,b,\nd,,,x\n")

    def test_marked_record_is_left_alone(self):
        entity = contacts(marker={"column": "Done", "value": "run_date"})
        outcome = run({"contacts": entity}, {"contacts": "Id,Name,Done\n1,Jane,\n2,Jo,x\n"}, "Id\n1\n2\n")
        self.assertEqual(outcome.files["contacts.csv"], b"Id,Name,Done\n1,,2024-01-31\n2,Jo,x\n")

    def test_about_and_mentions(self):
        meetings = {"links": [{"column": "From", "to": "contacts"}, {"column": "To", "to": "contacts"}],
                    "fields": {"FromName": {"technique": "clear", "about": "From"},
                               "By": {"technique": "clear", "mentions": "contacts.Mail"}}}
        outcome = run({"contacts": contacts(identifiers={"Mail": "email"}), "meetings": meetings},
                      {"contacts": "Id,Name,Mail\n1,Jane,j@x\n2,Jo,o@x\n",
                       "meetings": "From,To,FromName,By\n1,2,Jane,k@x\n2,1,Jo,k@x\n2,2,Jo,J@X \n"}, "Id\n1\n")
        self.assertEqual(outcome.files["meetings.csv"],
                         b"From,To,FromName,By\n1,2,,\n2,1,Jo,\n2,2,Jo,\n")

    def test_default_fields_and_dropped_column(self):
        entity = {"key": "Id", "keep": ["E-MAIL"],
                  "fields": {"Note": {"technique": "drop_column", "applies_to": "all_records"}}}
        outcome = run({"contacts": entity}, {"contacts": "Note,Id,first name,E-MAIL\na,1,Jane,j\nb,2,Jo,o\n"},
                      "Id\n1\n", defaults={"Email": "clear", "FirstName": {"technique": "null"}})
        self.assertEqual(outcome.files["contacts.csv"], b"Id,first name,E-MAIL\n1,,j\n2,Jo,o\n")
