"""The rules of samples/event-platform, as tables for sample_model.py."""

import sample_run
from sample_model import EMAIL, Entity, Link, Sample

DEFAULTS = ["Email", "FirstName", "LastName", "RegisteredCompany", "Position", "Phone",
            "PreferredLanguage", "ModifiedBy"]  # fmt: skip


def is_answer_to_personal_question(rows, row):
    return any(
        question["QuestionId"] == row["QuestionId"] and question["IsPersonalData"] != "false"
        for question in rows["survey_questions"]
    )


ENTITIES = [
    Entity("contacts", "ContactId", rekey=True, marker="AnonymizedAt",
           fields={"BirthDate": "year", "PostalCode": "prefix", "LoyaltyNumber": "loyalty",
                   "Notes": "clear"}),
    Entity("members", "MemberId", [Link("ContactId", "contacts")],
           rekey=True, marker="AnonymizedAt", fields={"LoyaltyNumber": "loyalty"}),
    Entity("participants", "ParticipantId",
           [Link("ContactId", "contacts"), Link("Email", EMAIL, when=("ContactId", ""))],
           rekey=True, marker="AnonymizedAt", fields={"DietaryNeeds": "clear"}),
    Entity("business_meetings", "MeetingId",
           [Link("OrganizerId", "participants"), Link("AttendeeIds", "participants", ";")],
           drops=False, drop_when_empty="AttendeeIds",
           fields={"Title": "clear", "OrganizerName": "clear"},
           about={"OrganizerName": "OrganizerId"}),
    Entity("partner_invitations", "InvitationId",
           [Link("Email", EMAIL), Link("InvitedById", "participants", follow=False)]),
    Entity("discount_codes", "DiscountCodeId",
           [Link("ContactId", "contacts"), Link("Email", EMAIL, when=("ContactId", ""))],
           fields={"Name": "clear"}),
    Entity("tickets", "TicketId",
           [Link("BuyerId", "participants"), Link("ParticipantIds", "participants", ";")],
           drops=False, drop_when_empty="ParticipantIds", fields={"Barcode": "hash"},
           about={"FirstName": "BuyerId", "LastName": "BuyerId", "Email": "BuyerId"}),
    Entity("survey_questions", "QuestionId"),
    Entity("survey_answers", "AnswerId",
           [Link("ParticipantId", "participants"),
            Link("QuestionId", "survey_questions", follow=False)],
           fields={"Answer": "clear"}, only_if={"Answer": is_answer_to_personal_question}),
]  # fmt: skip

SAMPLE = Sample(
    sample_run.SAMPLES / "event-platform",
    ENTITIES,
    defaults=dict.fromkeys(DEFAULTS, "clear"),
    mentions={"ModifiedBy"},
)
