-- The event platform as a database would have it: the keys of rules/event-platform.yaml are primary
-- keys, its links to a key are foreign keys, lists of keys become tables of their own, and what a
-- technique must leave well formed has its type. Links by an email address join nothing here.

CREATE TABLE contacts (
    "ContactId" text PRIMARY KEY,
    "Email" text, "FirstName" text, "LastName" text, "RegisteredCompany" text, "Position" text,
    "Phone" text, "PreferredLanguage" text,
    "BirthDate" text CHECK ("BirthDate" ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$'),
    "PostalCode" text, "Country" text,
    "LoyaltyNumber" text, "OptIn" boolean, "Notes" text,
    "CreatedAt" timestamptz NOT NULL, "ModifiedBy" text, "AnonymizedAt" date
);

CREATE TABLE members (
    "MemberId" text PRIMARY KEY,
    "ContactId" text NOT NULL REFERENCES contacts,
    "Community" text NOT NULL, "FirstName" text, "LastName" text, "Email" text,
    "RegisteredCompany" text, "Position" text, "PreferredLanguage" text, "LoyaltyNumber" text,
    "Role" text, "JoinedAt" date, "ModifiedBy" text, "AnonymizedAt" date
);

CREATE TABLE participants (
    "ParticipantId" text PRIMARY KEY,
    "ContactId" text REFERENCES contacts,
    "EventId" text NOT NULL, "Email" text, "FirstName" text, "LastName" text,
    "RegisteredCompany" text, "Position" text, "Phone" text, "PreferredLanguage" text,
    "DietaryNeeds" text, "Status" text, "RegisteredAt" timestamptz, "CheckedIn" boolean,
    "ModifiedBy" text, "AnonymizedAt" date
);

CREATE TABLE business_meetings (
    "MeetingId" text PRIMARY KEY,
    "EventId" text NOT NULL,
    "OrganizerId" text REFERENCES participants,
    "OrganizerName" text, "AttendeeIds" text, "Title" text, "Location" text,
    "StartsAt" timestamptz, "Status" text
);

CREATE TABLE partner_invitations (
    "InvitationId" text PRIMARY KEY,
    "EventId" text NOT NULL, "PartnerId" text,
    "InvitedById" text REFERENCES participants,
    "FirstName" text, "LastName" text, "Email" text, "Status" text, "SentAt" timestamptz
);

CREATE TABLE discount_codes (
    "DiscountCodeId" text PRIMARY KEY,
    "EventId" text NOT NULL,
    "ContactId" text REFERENCES contacts,
    "Name" text, "Email" text, "Code" text, "Percent" integer, "UsedCount" integer,
    "ExpiresAt" date
);

CREATE TABLE tickets (
    "TicketId" text PRIMARY KEY,
    "EventId" text NOT NULL,
    "BuyerId" text REFERENCES participants,
    "FirstName" text, "LastName" text, "Email" text, "ParticipantIds" text NOT NULL,
    "TicketType" text, "Price" numeric(10, 2), "Currency" char(3), "Status" text,
    "PurchasedAt" timestamptz, "Barcode" text UNIQUE
);

CREATE TABLE survey_questions (
    "QuestionId" text PRIMARY KEY,
    "SurveyId" text NOT NULL, "Label" text, "IsPersonalData" text
);

CREATE TABLE survey_answers (
    "AnswerId" text PRIMARY KEY,
    "SurveyId" text NOT NULL,
    "QuestionId" text NOT NULL REFERENCES survey_questions,
    "ParticipantId" text NOT NULL REFERENCES participants,
    "Answer" text, "AnsweredAt" timestamptz
);

-- Filled from the lists once the files are in: nobody stands twice in one.

CREATE TABLE meeting_attendees (
    "MeetingId" text REFERENCES business_meetings,
    "ParticipantId" text REFERENCES participants,
    PRIMARY KEY ("MeetingId", "ParticipantId")
);

CREATE TABLE ticket_participants (
    "TicketId" text REFERENCES tickets,
    "ParticipantId" text REFERENCES participants,
    PRIMARY KEY ("TicketId", "ParticipantId")
);
