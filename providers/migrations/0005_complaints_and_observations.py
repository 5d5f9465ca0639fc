import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import training.web.references
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was complained of, and what was seen of the teaching."""

    dependencies = [
        ('catalogue', '0002_standing_synonyms'),
        ('people', '0002_what_organisations_pay_as'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('providers', '0004_paused_orders_and_rates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('received_on', models.DateField()),
                ('about', models.CharField(max_length=300)),
                ('standing', models.CharField(choices=[('open', 'Open'), ('upheld', 'Upheld'), ('not_upheld', 'Not upheld'), ('taken_back', 'Taken back')], default='open', max_length=10)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='catalogue.event')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='providers.provider')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ComplaintHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('received_on', models.DateField()),
                ('about', models.CharField(max_length=300)),
                ('standing', models.CharField(choices=[('open', 'Open'), ('upheld', 'Upheld'), ('not_upheld', 'Not upheld'), ('taken_back', 'Taken back')], default='open', max_length=10)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('event', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.event')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.complaint')),
                ('provider', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.provider')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('observed_on', models.DateField()),
                ('who', models.CharField(max_length=120)),
                ('verdict', models.CharField(choices=[('met', 'Up to standard'), ('partly', 'Partly'), ('not_met', 'Not up to standard')], max_length=8)),
                ('what_was_seen', models.TextField(max_length=2000)),
                ('recorded_at', models.DateTimeField()),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='catalogue.event')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='providers.provider')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-observed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ObservationHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('observed_on', models.DateField()),
                ('who', models.CharField(max_length=120)),
                ('verdict', models.CharField(choices=[('met', 'Up to standard'), ('partly', 'Partly'), ('not_met', 'Not up to standard')], max_length=8)),
                ('what_was_seen', models.TextField(max_length=2000)),
                ('recorded_at', models.DateTimeField()),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.event')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.observation')),
                ('provider', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.provider')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='complaint_says_what_about'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('outcome', ''), ('standing', 'open')), models.Q(('standing__in', ('upheld', 'not_upheld', 'taken_back')), ('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='complaint_is_decided_with_who_when_and_outcome'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('decided_on__gte', models.F('received_on')), _connector='OR'), name='complaint_is_decided_after_it_came'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_complainthistory" ("about", "decided_by_id", "decided_on", "event_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "received_on", "recorded_at", "recorded_by_id", "reference", "standing") VALUES (NEW."about", NEW."decided_by_id", NEW."decided_on", NEW."event_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."standing"); RETURN NULL;', hash='63af2acfebedee43b6d73fa79f27e6c922b55dac', operation='INSERT', pgid='pgtrigger_insert_insert_2dca7', table='providers_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."standing" IS DISTINCT FROM (NEW."standing"))', func='INSERT INTO "providers_complainthistory" ("about", "decided_by_id", "decided_on", "event_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "received_on", "recorded_at", "recorded_by_id", "reference", "standing") VALUES (NEW."about", NEW."decided_by_id", NEW."decided_on", NEW."event_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."standing"); RETURN NULL;', hash='777bc8385e7f667f0f68db2943e19d2c3976aa56', operation='UPDATE', pgid='pgtrigger_update_update_6f4a9', table='providers_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_complainthistory" ("about", "decided_by_id", "decided_on", "event_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "received_on", "recorded_at", "recorded_by_id", "reference", "standing") VALUES (OLD."about", OLD."decided_by_id", OLD."decided_on", OLD."event_id", OLD."id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."received_on", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."standing"); RETURN NULL;', hash='eb2f0357194b6052f20e7a4812e9041e472fdd01', operation='DELETE', pgid='pgtrigger_delete_delete_108f6', table='providers_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complainthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f5ff08a20f1ad80bf9673298ed7cd753ec100ede', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4a98a', table='providers_complainthistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('who', ''), _negated=True), models.Q(('what_was_seen', ''), _negated=True)), name='observation_says_who_saw_what'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ('met', 'partly', 'not_met'))), name='observation_verdict_is_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_observationhistory" ("event_id", "id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "verdict", "what_was_seen", "who") VALUES (NEW."event_id", NEW."id", NEW."observed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."recorded_at", NEW."recorded_by_id", NEW."verdict", NEW."what_was_seen", NEW."who"); RETURN NULL;', hash='5cb2d3ce666052d9fbacbbceea297820ef6d6f1e', operation='INSERT', pgid='pgtrigger_insert_insert_75b54', table='providers_observation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."observed_on" IS DISTINCT FROM (NEW."observed_on") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."what_was_seen" IS DISTINCT FROM (NEW."what_was_seen") OR OLD."who" IS DISTINCT FROM (NEW."who"))', func='INSERT INTO "providers_observationhistory" ("event_id", "id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "verdict", "what_was_seen", "who") VALUES (NEW."event_id", NEW."id", NEW."observed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."recorded_at", NEW."recorded_by_id", NEW."verdict", NEW."what_was_seen", NEW."who"); RETURN NULL;', hash='73997349f4dcab5db6c8f112985110043369fc76', operation='UPDATE', pgid='pgtrigger_update_update_48a2f', table='providers_observation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_observationhistory" ("event_id", "id", "observed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recorded_at", "recorded_by_id", "verdict", "what_was_seen", "who") VALUES (OLD."event_id", OLD."id", OLD."observed_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."recorded_at", OLD."recorded_by_id", OLD."verdict", OLD."what_was_seen", OLD."who"); RETURN NULL;', hash='df9588ff461daf19528d4bdf6320be6c7755cdb5', operation='DELETE', pgid='pgtrigger_delete_delete_78960', table='providers_observation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observationhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e5a85e706f56e7d7eecc6274a8d175c85c9fd1ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d824', table='providers_observationhistory', when='BEFORE')),
        ),
    ]
