INSERT INTO meeting_attendees
    SELECT "MeetingId", unnest(string_to_array("AttendeeIds", ';')) FROM business_meetings;

INSERT INTO ticket_participants
    SELECT "TicketId", unnest(string_to_array("ParticipantIds", ';')) FROM tickets;
