"""The rules of samples/crm, as tables for sample_model.py."""

import sample_run
from sample_model import EMAIL, Entity, Link, Sample

PARENTS = [Link("ParentId", "contacts", when=("ParentType", "Contact")),
           Link("ParentId", "accounts", when=("ParentType", "Account")),
           Link("ParentId", "deals", when=("ParentType", "Deal"))]  # fmt: skip

ENTITIES = [
    Entity("contacts", "ContactId",
           [Link("AccountId", "accounts"), Link("ReportsToId", "contacts")],
           rekey=True, marker="AnonymizedAt",
           fields={"FirstName": "name", "LastName": "name", "Email": "email", "Phone": "mask",
                   "TaxNumber": "mask", "JobTitle": "clear", "BirthDate": "year", "Street": "clear",
                   "PostalCode": "prefix", "City": "clear", "Description": "clear",
                   "LinkedIn": "clear", "CreatedAt": "month", "LastActivityAt": "month"}),
    Entity("accounts", "AccountId",
           [Link("PrimaryContactId", "contacts", when=("Type", "Person")),
            Link("PrimaryContactId", "contacts", follow=False)],
           rekey=True,
           fields={"Name": "name", "Phone": "mask", "Website": "clear",
                   "BillingPostalCode": "prefix", "CreatedAt": "month"}),
    Entity("deals", "DealId", [Link("ContactId", "contacts"), Link("AccountId", "accounts")],
           drops=False,
           fields={"Name": "clear", "NextStep": "clear", "CloseDate": "month",
                   "CreatedAt": "month", "DiscountPercent": "bucket"}),
    Entity("activities", "ActivityId", PARENTS,
           fields={"Subject": "clear", "Outcome": "scrub", "StartedAt": "day"}),
    Entity("notes", "NoteId", PARENTS,
           fields={"Title": "clear", "Body": "clear", "CreatedAt": "day"}),
    Entity("consents", "ConsentId",
           [Link("ContactId", "contacts"), Link("Email", EMAIL, when=("ContactId", ""))],
           fields={"Email": "email", "IpAddress": "clear", "UserAgent": "clear", "GivenAt": "day"}),
    Entity("disputes", "DisputeId", [Link("ContactId", "contacts"), Link("DealId", "deals")],
           drops=False, fields={"Reason": "clear", "OpenedAt": "month"}),
]  # fmt: skip

SAMPLE = Sample(
    sample_run.SAMPLES / "crm", ENTITIES, held={"K1008"}, status=sample_run.SOME_LEFT
)

# Whom the selection `inactive` of the rules selects.
INACTIVE = ["K1004", "K1010", "K1011"]
