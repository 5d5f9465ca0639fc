import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0009_bulletin'),
        ('catalogue', '0003_suspended_dates'),
        ('people', '0002_what_organisations_pay_as'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CourseRules',
            fields=[
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='booking_rules', serialize=False, to='catalogue.course')),
                ('next_rule', models.CharField(choices=[('first_come', 'First come, first served'), ('mix', 'A mixed room')], default='first_come', max_length=10)),
                ('cap', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cap_working_days', models.PositiveSmallIntegerField(default=15)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'course rules',
            },
        ),
        migrations.CreateModel(
            name='CourseRulesHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('next_rule', models.CharField(choices=[('first_come', 'First come, first served'), ('mix', 'A mixed room')], default='first_come', max_length=10)),
                ('cap', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cap_working_days', models.PositiveSmallIntegerField(default=15)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DateCap',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='own_cap', serialize=False, to='catalogue.event')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DateCapHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlacesStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('code', models.CharField(max_length=20)),
                ('sentence', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agencyallocation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agencyallocation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agencyallocation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='agencyallocation',
            name='released_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agencyallocationhistory',
            name='released_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='waitingdecision',
            name='turn',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyallocation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "released_at", "sector") VALUES (NEW."agency_id", NEW."event_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."reason", NEW."release_on", NEW."released_at", NEW."sector"); RETURN NULL;', hash='c5854642a5cda40fc66a9e4829e2ba24cfad6b64', operation='INSERT', pgid='pgtrigger_insert_insert_aaef0', table='bookings_agencyallocation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyallocation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "released_at", "sector") VALUES (NEW."agency_id", NEW."event_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."reason", NEW."release_on", NEW."released_at", NEW."sector"); RETURN NULL;', hash='b4055a21f6a0a70ffc956a36feac7858c7eb0e36', operation='UPDATE', pgid='pgtrigger_update_update_36a79', table='bookings_agencyallocation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyallocation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_agencyallocationhistory" ("agency_id", "event_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reason", "release_on", "released_at", "sector") VALUES (OLD."agency_id", OLD."event_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."reason", OLD."release_on", OLD."released_at", OLD."sector"); RETURN NULL;', hash='0dfe3797bd082f47b5761a904c21c58b4c1d827f', operation='DELETE', pgid='pgtrigger_delete_delete_18f90', table='bookings_agencyallocation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='waitingdecision',
            constraint=models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('event', 'turn'), name='waiting_decision_one_chosen_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='courserules',
            constraint=models.CheckConstraint(condition=models.Q(('next_rule__in', ['first_come', 'mix'])), name='course_rules_next_is_known'),
        ),
        migrations.AddConstraint(
            model_name='courserules',
            constraint=models.CheckConstraint(condition=models.Q(('cap__isnull', True), ('cap__gt', 0), _connector='OR'), name='course_rules_cap_leaves_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courserules',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_courseruleshistory" ("cap", "cap_working_days", "course_id", "next_rule", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision") VALUES (NEW."cap", NEW."cap_working_days", NEW."course_id", NEW."next_rule", _pgh_attach_context(), NOW(), \'insert\', NEW."course_id", NEW."revision"); RETURN NULL;', hash='0b1f24bbdbbc9e20003c39fe1e5148a68602a0eb', operation='INSERT', pgid='pgtrigger_insert_insert_d1121', table='bookings_courserules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courserules',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bookings_courseruleshistory" ("cap", "cap_working_days", "course_id", "next_rule", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision") VALUES (NEW."cap", NEW."cap_working_days", NEW."course_id", NEW."next_rule", _pgh_attach_context(), NOW(), \'update\', NEW."course_id", NEW."revision"); RETURN NULL;', hash='65530aed31073451da957cb7bb06db2c201488bf', operation='UPDATE', pgid='pgtrigger_update_update_17f28', table='bookings_courserules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courserules',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_courseruleshistory" ("cap", "cap_working_days", "course_id", "next_rule", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision") VALUES (OLD."cap", OLD."cap_working_days", OLD."course_id", OLD."next_rule", _pgh_attach_context(), NOW(), \'delete\', OLD."course_id", OLD."revision"); RETURN NULL;', hash='49b6ef1e7a7609f325469bdffec9c0c22338bcd2', operation='DELETE', pgid='pgtrigger_delete_delete_ccd42', table='bookings_courserules', when='AFTER')),
        ),
        migrations.AddField(
            model_name='courseruleshistory',
            name='course',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='catalogue.course'),
        ),
        migrations.AddField(
            model_name='courseruleshistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='courseruleshistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='bookings.courserules'),
        ),
        migrations.AddConstraint(
            model_name='datecap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('places__isnull', True), ('until__isnull', True)), models.Q(('places__gt', 0), ('places__isnull', False), ('until__isnull', False)), _connector='OR'), name='date_cap_says_until_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datecap',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_datecaphistory" ("event_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "until") VALUES (NEW."event_id", _pgh_attach_context(), NOW(), \'insert\', NEW."event_id", NEW."places", NEW."until"); RETURN NULL;', hash='818a89cf212f1b524ce34daef9a1acf0d009ce72', operation='INSERT', pgid='pgtrigger_insert_insert_255b9', table='bookings_datecap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datecap',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bookings_datecaphistory" ("event_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "until") VALUES (NEW."event_id", _pgh_attach_context(), NOW(), \'update\', NEW."event_id", NEW."places", NEW."until"); RETURN NULL;', hash='07fe0c94871ea9f72c8f89b2a45109f06c6deacf', operation='UPDATE', pgid='pgtrigger_update_update_43874', table='bookings_datecap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datecap',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_datecaphistory" ("event_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "until") VALUES (OLD."event_id", _pgh_attach_context(), NOW(), \'delete\', OLD."event_id", OLD."places", OLD."until"); RETURN NULL;', hash='b4eb6beab660b6fa0b8aa591cdb71f543c533aac', operation='DELETE', pgid='pgtrigger_delete_delete_333e0', table='bookings_datecap', when='AFTER')),
        ),
        migrations.AddField(
            model_name='datecaphistory',
            name='event',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='catalogue.event'),
        ),
        migrations.AddField(
            model_name='datecaphistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='datecaphistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='bookings.datecap'),
        ),
        migrations.AddField(
            model_name='placesstep',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='placesstep',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places_steps', to='catalogue.event'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseruleshistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e4f3ea8eb6f708af2313de1e8cd31e5d65068e8f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_69b27', table='bookings_courseruleshistory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datecaphistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ba77370a8d86d0502a9a07beeb785ab4b21bb4b9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d78fa', table='bookings_datecaphistory', when='BEFORE')),
        ),
    ]
