from django.db import migrations

FORWARDS = """
CREATE FUNCTION bookings_event_cancelled_has_none() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM catalogue_event e JOIN bookings_booking b ON b.event_id = e.id
        WHERE e.id = NEW.id AND e.standing = 'cancelled'
          AND b.status IN ('requested', 'awaiting_manager', 'waitlisted', 'offered', 'booked')
    ) THEN
        RAISE EXCEPTION 'a cancelled date has live bookings'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'event_cancelled_has_no_live_bookings';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION bookings_booking_of_open_event() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM bookings_booking b JOIN catalogue_event e ON b.event_id = e.id
        WHERE b.id = NEW.id AND e.standing = 'cancelled'
          AND b.status IN ('requested', 'awaiting_manager', 'waitlisted', 'offered', 'booked')
    ) THEN
        RAISE EXCEPTION 'a cancelled date has live bookings'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'event_cancelled_has_no_live_bookings';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER event_cancelled_has_no_live_bookings
    AFTER UPDATE OF standing ON catalogue_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.standing = 'cancelled') EXECUTE FUNCTION bookings_event_cancelled_has_none();

CREATE CONSTRAINT TRIGGER event_cancelled_has_no_live_bookings
    AFTER INSERT OR UPDATE OF status ON bookings_booking DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status IN ('requested', 'awaiting_manager', 'waitlisted', 'offered', 'booked'))
    EXECUTE FUNCTION bookings_booking_of_open_event();
"""
BACKWARDS = """
DROP TRIGGER event_cancelled_has_no_live_bookings ON bookings_booking;
DROP TRIGGER event_cancelled_has_no_live_bookings ON catalogue_event;
DROP FUNCTION bookings_booking_of_open_event();
DROP FUNCTION bookings_event_cancelled_has_none();
"""


class Migration(migrations.Migration):
    """Checked at the end of the transaction, so that cancelling may move the date and its bookings in any order."""

    dependencies = [("bookings", "0001_tables"), ("catalogue", "0001_tables")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
