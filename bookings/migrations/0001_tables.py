import bookings.models.sheet
import datetime
import django.db.models.deletion
import pgtrigger.compiler
import training.web.references
import training.web.triggers
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('people', '0001_tables'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(blank=True, choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20)),
                ('places', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('release_on', models.DateField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='people.agency')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allocations', to='catalogue.event')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('sector', '')), models.Q(('agency__isnull', True), models.Q(('sector', ''), _negated=True)), _connector='OR'), name='allocation_for_an_agency_or_a_sector'), models.CheckConstraint(condition=models.Q(('places__gt', 0)), name='allocation_keeps_something'), models.UniqueConstraint(condition=models.Q(('agency__isnull', False)), fields=('event', 'agency'), name='allocation_once_an_agency'), models.UniqueConstraint(condition=models.Q(('sector', ''), _negated=True), fields=('event', 'sector'), name='allocation_once_a_sector')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "sector") VALUES (NEW."agency_id", NEW."event_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."reason", NEW."release_on", NEW."sector"); RETURN NULL;', hash='99ab517fa0b414e0da3d8c7b0e0bff9883c6749b', operation='INSERT', pgid='pgtrigger_insert_insert_aaef0', table='bookings_agencyallocation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "sector") VALUES (NEW."agency_id", NEW."event_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."reason", NEW."release_on", NEW."sector"); RETURN NULL;', hash='ec0b2c1d16d8dabebcb680603c9b9d4c8cbc003c', operation='UPDATE', pgid='pgtrigger_update_update_36a79', table='bookings_agencyallocation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "sector") VALUES (OLD."agency_id", OLD."event_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."reason", OLD."release_on", OLD."sector"); RETURN NULL;', hash='85a983a2c1ca9b8c3e9a6d91b24bfe6442f00a90', operation='DELETE', pgid='pgtrigger_delete_delete_18f90', table='bookings_agencyallocation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyAllocationHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('sector', models.CharField(blank=True, choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20)),
                ('places', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('release_on', models.DateField()),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.event')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='bookings.agencyallocation')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='31e94b30b2bf818ba608a6ea5f79fa019083c3b1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6ae0', table='bookings_agencyallocationhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AlsoThere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('interpreter', 'Interpreters'), ('assistant', 'Personal assistants'), ('observer', 'Observers')], max_length=12)),
                ('number', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='also_there', to='catalogue.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'role'), name='also_there_once_a_role'), models.CheckConstraint(condition=models.Q(('role__in', ['interpreter', 'assistant', 'observer'])), name='also_there_role_is_known'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='also_there_is_somebody')],
            },
        ),
        migrations.CreateModel(
            name='BookingPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('is_default', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'booking policies',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='booking_policy_one_default')],
            },
        ),
        migrations.CreateModel(
            name='BookingPolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('effective_from', models.DateField()),
                ('notice_kind', models.CharField(choices=[('calendar_days', 'calendar days'), ('working_days', 'working days'), ('weeks', 'weeks')], default='working_days', max_length=14)),
                ('notice_amount', models.PositiveSmallIntegerField(default=5)),
                ('notice_ends_at', models.TimeField(default=datetime.time(17, 0))),
                ('closes_working_days_before', models.PositiveSmallIntegerField(default=0)),
                ('offer_working_hours', models.PositiveSmallIntegerField(default=16)),
                ('late_offer_working_hours', models.PositiveSmallIntegerField(default=4)),
                ('late_offer_within_days', models.PositiveSmallIntegerField(default=3)),
                ('asks_working_days_before', models.PositiveSmallIntegerField(default=2)),
                ('joining_working_days_before', models.PositiveSmallIntegerField(default=5)),
                ('joining_link_hours', models.PositiveSmallIntegerField(default=48)),
                ('late_grace_minutes', models.PositiveSmallIntegerField(default=15)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='bookings.bookingpolicy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('policy', 'number'), name='booking_policy_version_number_once'), models.UniqueConstraint(fields=('policy', 'effective_from'), name='booking_policy_version_one_a_day')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_bookingpolicyversionhistory" ("asks_working_days_before", "closes_working_days_before", "effective_from", "id", "joining_link_hours", "joining_working_days_before", "late_grace_minutes", "late_offer_within_days", "late_offer_working_hours", "notice_amount", "notice_ends_at", "notice_kind", "number", "offer_working_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id") VALUES (NEW."asks_working_days_before", NEW."closes_working_days_before", NEW."effective_from", NEW."id", NEW."joining_link_hours", NEW."joining_working_days_before", NEW."late_grace_minutes", NEW."late_offer_within_days", NEW."late_offer_working_hours", NEW."notice_amount", NEW."notice_ends_at", NEW."notice_kind", NEW."number", NEW."offer_working_hours", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id"); RETURN NULL;', hash='890a86ab1989caab93237e0b3112c1a8519d422d', operation='INSERT', pgid='pgtrigger_insert_insert_89200', table='bookings_bookingpolicyversion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bookings_bookingpolicyversionhistory" ("asks_working_days_before", "closes_working_days_before", "effective_from", "id", "joining_link_hours", "joining_working_days_before", "late_grace_minutes", "late_offer_within_days", "late_offer_working_hours", "notice_amount", "notice_ends_at", "notice_kind", "number", "offer_working_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id") VALUES (NEW."asks_working_days_before", NEW."closes_working_days_before", NEW."effective_from", NEW."id", NEW."joining_link_hours", NEW."joining_working_days_before", NEW."late_grace_minutes", NEW."late_offer_within_days", NEW."late_offer_working_hours", NEW."notice_amount", NEW."notice_ends_at", NEW."notice_kind", NEW."number", NEW."offer_working_hours", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id"); RETURN NULL;', hash='b130bfb538e4d8c0b403cd2b210bf4a49cf72d54', operation='UPDATE', pgid='pgtrigger_update_update_56202', table='bookings_bookingpolicyversion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_bookingpolicyversionhistory" ("asks_working_days_before", "closes_working_days_before", "effective_from", "id", "joining_link_hours", "joining_working_days_before", "late_grace_minutes", "late_offer_within_days", "late_offer_working_hours", "notice_amount", "notice_ends_at", "notice_kind", "number", "offer_working_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id") VALUES (OLD."asks_working_days_before", OLD."closes_working_days_before", OLD."effective_from", OLD."id", OLD."joining_link_hours", OLD."joining_working_days_before", OLD."late_grace_minutes", OLD."late_offer_within_days", OLD."late_offer_working_hours", OLD."notice_amount", OLD."notice_ends_at", OLD."notice_kind", OLD."number", OLD."offer_working_hours", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id"); RETURN NULL;', hash='c4902601c08bbfb48dd5f766ef7ee3d928df8932', operation='DELETE', pgid='pgtrigger_delete_delete_fd330', table='bookings_bookingpolicyversion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('origin', models.CharField(choices=[('booked', 'Booked'), ('by_lead', 'Booked by the agency'), ('walk_in', 'Came without booking'), ('came_instead', 'Came instead of a colleague'), ('imported', 'From the old system')], default='booked', max_length=12)),
                ('status', models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date')], max_length=18)),
                ('episode', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('made_at', models.DateTimeField()),
                ('waits_since', models.DateTimeField(blank=True, null=True)),
                ('is_late_promotion', models.BooleanField(default=False)),
                ('has_manager_agreed', models.BooleanField(default=False)),
                ('manager_name', models.CharField(blank=True, max_length=120)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('employment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='people.employment')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='catalogue.event')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='bookings.booking')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='people.person')),
                ('policy_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.bookingpolicyversion')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'status'], name='booking_by_event_and_status'), models.Index(models.F('event'), models.F('waits_since'), condition=models.Q(('status', 'waitlisted')), name='booking_waiting_list')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('requested', 'waitlisted', 'awaiting_manager', 'offered', 'booked'))), fields=('person', 'event'), name='booking_one_live_a_person_and_event'), models.CheckConstraint(condition=models.Q(('status__in', ['requested', 'awaiting_manager', 'manager_declined', 'lapsed', 'waitlisted', 'offered', 'booked', 'withdrawn', 'cancelled_in_time', 'cancelled_late', 'event_cancelled', 'substituted', 'transferred'])), name='booking_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waitlisted'), _negated=True), ('waits_since__isnull', False), _connector='OR'), name='booking_waiting_says_since_when')],
                'triggers': [pgtrigger.compiler.Trigger(name='places_held_follow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE was int; becomes int;', func="\n                    was := CASE WHEN TG_OP <> 'INSERT' AND OLD.status IN ('awaiting_manager', 'offered', 'booked') THEN 1 ELSE 0 END;\n                    becomes := CASE WHEN TG_OP <> 'DELETE' AND NEW.status IN ('awaiting_manager', 'offered', 'booked') THEN 1 ELSE 0 END;\n                    IF TG_OP = 'UPDATE' AND OLD.event_id <> NEW.event_id THEN\n                        RAISE EXCEPTION 'a booking stays with its event';\n                    END IF;\n                    IF was <> becomes THEN\n                        UPDATE catalogue_event SET places_held = places_held + becomes - was\n                            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END;\n                    END IF;\n                    RETURN NULL;\n                ", hash='6a18686eb0cde9a827e7f894411613d25268e6db', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_places_held_follow_14cd7', table='bookings_booking', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_bookinghistory" ("employment_id", "episode", "event_id", "follows_id", "has_manager_agreed", "id", "is_late_promotion", "made_at", "manager_email", "manager_name", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version_id", "reference", "status", "waits_since") VALUES (NEW."employment_id", NEW."episode", NEW."event_id", NEW."follows_id", NEW."has_manager_agreed", NEW."id", NEW."is_late_promotion", NEW."made_at", NEW."manager_email", NEW."manager_name", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_version_id", NEW."reference", NEW."status", NEW."waits_since"); RETURN NULL;', hash='3853ba0f79958651f2002d84d43712f012449515', operation='INSERT', pgid='pgtrigger_insert_insert_28bb6', table='bookings_booking', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."employment_id" IS DISTINCT FROM (NEW."employment_id") OR OLD."episode" IS DISTINCT FROM (NEW."episode") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id") OR OLD."has_manager_agreed" IS DISTINCT FROM (NEW."has_manager_agreed") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_late_promotion" IS DISTINCT FROM (NEW."is_late_promotion") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."manager_email" IS DISTINCT FROM (NEW."manager_email") OR OLD."manager_name" IS DISTINCT FROM (NEW."manager_name") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."policy_version_id" IS DISTINCT FROM (NEW."policy_version_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."waits_since" IS DISTINCT FROM (NEW."waits_since"))', func='INSERT INTO "bookings_bookinghistory" ("employment_id", "episode", "event_id", "follows_id", "has_manager_agreed", "id", "is_late_promotion", "made_at", "manager_email", "manager_name", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version_id", "reference", "status", "waits_since") VALUES (NEW."employment_id", NEW."episode", NEW."event_id", NEW."follows_id", NEW."has_manager_agreed", NEW."id", NEW."is_late_promotion", NEW."made_at", NEW."manager_email", NEW."manager_name", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_version_id", NEW."reference", NEW."status", NEW."waits_since"); RETURN NULL;', hash='b09efe06ef39a2e1ec366058118d9dd77acbace5', operation='UPDATE', pgid='pgtrigger_update_update_d8751', table='bookings_booking', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_bookinghistory" ("employment_id", "episode", "event_id", "follows_id", "has_manager_agreed", "id", "is_late_promotion", "made_at", "manager_email", "manager_name", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version_id", "reference", "status", "waits_since") VALUES (OLD."employment_id", OLD."episode", OLD."event_id", OLD."follows_id", OLD."has_manager_agreed", OLD."id", OLD."is_late_promotion", OLD."made_at", OLD."manager_email", OLD."manager_name", OLD."origin", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_version_id", OLD."reference", OLD."status", OLD."waits_since"); RETURN NULL;', hash='973a9b66a9fbef06b9fa4a85db566332c06c119c', operation='DELETE', pgid='pgtrigger_delete_delete_0839f', table='bookings_booking', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AccessNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what_to_do', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('delete_on', models.DateField()),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='access_need', to='bookings.booking')),
            ],
        ),
        migrations.CreateModel(
            name='BookingHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('origin', models.CharField(choices=[('booked', 'Booked'), ('by_lead', 'Booked by the agency'), ('walk_in', 'Came without booking'), ('came_instead', 'Came instead of a colleague'), ('imported', 'From the old system')], default='booked', max_length=12)),
                ('status', models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date')], max_length=18)),
                ('episode', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('made_at', models.DateTimeField()),
                ('waits_since', models.DateTimeField(blank=True, null=True)),
                ('is_late_promotion', models.BooleanField(default=False)),
                ('has_manager_agreed', models.BooleanField(default=False)),
                ('manager_name', models.CharField(blank=True, max_length=120)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('employment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.employment')),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.event')),
                ('follows', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.booking')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='bookings.booking')),
                ('policy_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.bookingpolicyversion')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5208b7a57dbade25a2bf5bd8cd4f2184116fb19f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8b046', table='bookings_bookinghistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='BookingPolicyVersionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('effective_from', models.DateField()),
                ('notice_kind', models.CharField(choices=[('calendar_days', 'calendar days'), ('working_days', 'working days'), ('weeks', 'weeks')], default='working_days', max_length=14)),
                ('notice_amount', models.PositiveSmallIntegerField(default=5)),
                ('notice_ends_at', models.TimeField(default=datetime.time(17, 0))),
                ('closes_working_days_before', models.PositiveSmallIntegerField(default=0)),
                ('offer_working_hours', models.PositiveSmallIntegerField(default=16)),
                ('late_offer_working_hours', models.PositiveSmallIntegerField(default=4)),
                ('late_offer_within_days', models.PositiveSmallIntegerField(default=3)),
                ('asks_working_days_before', models.PositiveSmallIntegerField(default=2)),
                ('joining_working_days_before', models.PositiveSmallIntegerField(default=5)),
                ('joining_link_hours', models.PositiveSmallIntegerField(default=48)),
                ('late_grace_minutes', models.PositiveSmallIntegerField(default=15)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='bookings.bookingpolicyversion')),
                ('policy', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.bookingpolicy')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='45d74a28166f1eee5e2d00fed58e65302b96c3f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7cb8c', table='bookings_bookingpolicyversionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='BookingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(blank=True, choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date')], max_length=18)),
                ('became', models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date')], max_length=18)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(max_length=40)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='bookings.booking')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['at', 'id'],
                'triggers': [pgtrigger.compiler.Trigger(name='steps_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7104b2a561b18a9428bcbdf829dddeb6bc7c4916', operation='UPDATE', pgid='pgtrigger_steps_stay_d1abd', table='bookings_bookingstep', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CalendarEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('fingerprint', models.CharField(max_length=64)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_cancelled', models.BooleanField(default=False)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_entries', to='bookings.booking')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calendar_entries', to='catalogue.session')),
            ],
            options={
                'verbose_name_plural': 'calendar entries',
                'constraints': [models.UniqueConstraint(fields=('booking', 'session'), name='calendar_entry_once_a_session')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('what', models.CharField(choices=[('at_risk', 'A child or adult is at risk now'), ('colleague', 'Something about a colleague'), ('upset', 'Somebody is upset'), ('unsafe', 'Somebody seems unsafe to practise'), ('accident', 'An accident or a fire')], max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('told', models.CharField(blank=True, max_length=300)),
                ('done', models.TextField(blank=True)),
                ('received_at', models.DateTimeField()),
                ('chased_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='catalogue.session')),
            ],
            options={
                'ordering': ['-happened_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['at_risk', 'colleague', 'upset', 'unsafe', 'accident'])), name='incident_is_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='incident_closed_who_when_and_how')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'Taken'), ('declined', 'Not taken'), ('ran_out', 'Not answered in time'), ('withdrawn', 'Taken back')], max_length=10)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='bookings.booking')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('booking',), name='offer_one_open_a_booking'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='offer_leaves_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(('ended_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='offer_ended_says_how')],
            },
        ),
        migrations.CreateModel(
            name='PersonalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(choices=[('still_coming', 'Are you still coming?'), ('offer', 'Take or leave an offered place'), ('manager', "The manager's answer")], max_length=14)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='bookings.booking')),
            ],
        ),
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='catalogue.session')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='register_sent_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('first_sent_at__isnull', True), ('sent_at__isnull', True)), models.Q(('first_sent_at__isnull', False), ('first_sent_at__lte', models.F('sent_at'))), _connector='OR'), name='register_first_sent_before_last')],
            },
        ),
        migrations.CreateModel(
            name='RegisterMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('mark', models.CharField(choices=[('expected', 'Not marked'), ('present', 'Here'), ('late', 'Came late'), ('left_early', 'Left early'), ('turned_away', 'Turned away, too late'), ('apologies', 'Sent apologies'), ('did_not_attend', 'Didn’t come')], max_length=14)),
                ('at_time', models.TimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='bookings.booking')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='catalogue.session')),
            ],
            options={
                'indexes': [models.Index(fields=['session', 'booking', '-made_at'], name='register_mark_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('mark__in', ['expected', 'present', 'late', 'left_early', 'turned_away', 'apologies', 'did_not_attend'])), name='register_mark_is_known')],
                'triggers': [pgtrigger.compiler.Trigger(name='marks_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ce522fd2a004a1b1745ec4688688bcd111201ee', operation='UPDATE OR DELETE', pgid='pgtrigger_marks_stay_d990d', table='bookings_registermark', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SeatMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('sent_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('events', models.ManyToManyField(related_name='seat_mails', to='catalogue.event')),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatMailReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='bookings.seatmail')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['agency__name', 'person__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('mail', 'person', 'agency'), name='seat_mail_once_a_reader')],
            },
        ),
        migrations.CreateModel(
            name='SignedSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('file', models.FileField(upload_to=bookings.models.sheet.place_of)),
                ('kind', models.CharField(choices=[('jpg', 'JPEG photo'), ('png', 'PNG picture'), ('pdf', 'PDF')], max_length=3)),
                ('size_bytes', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_sheets', to='catalogue.session')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'digest'), name='signed_sheet_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['jpg', 'png', 'pdf'])), name='signed_sheet_is_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), ('size_bytes__gt', 0)), name='signed_sheet_has_a_file')],
            },
        ),
        migrations.CreateModel(
            name='WaitingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('is_chosen', models.BooleanField()),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('sentence', models.CharField(max_length=300)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting_decisions', to='bookings.booking')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting_decisions', to='catalogue.event')),
            ],
            options={
                'ordering': ['at', 'position'],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
