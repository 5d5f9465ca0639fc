import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import training.web.references
import training.web.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('governance', '0001_tables'),
        ('people', '0001_tables'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('source', models.CharField(choices=[('priority', 'A board’s priority'), ('review', 'A review’s recommendation'), ('audit', 'An audit’s finding'), ('agency', 'An organisation’s request'), ('demand', 'Demand: people asked or waited')], max_length=10)),
                ('text', models.CharField(max_length=300)),
                ('who', models.CharField(blank=True, help_text='Who needs it: roles, settings, how many.', max_length=200)),
                ('raised_on', models.DateField()),
                ('standing', models.CharField(choices=[('open', 'Open'), ('met', 'Met'), ('set_aside', 'Set aside')], default='open', max_length=10)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_reason', models.CharField(blank=True, max_length=300)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='governance.priority')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='governance.recommendation')),
            ],
            options={
                'ordering': ['-raised_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='need_says_something'), models.CheckConstraint(condition=models.Q(('source__in', ('audit', 'demand')), models.Q(('priority__isnull', False), ('source', 'priority')), models.Q(('recommendation__isnull', False), ('source', 'review')), models.Q(('agency__isnull', False), ('source', 'agency')), _connector='OR'), name='need_names_its_source'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True), ('standing', 'open')), models.Q(models.Q(('closed_reason', ''), _negated=True), ('closed_by__isnull', False), ('closed_on__isnull', False), ('standing__in', ('met', 'set_aside'))), _connector='OR'), name='need_closes_with_who_when_and_why')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_trainingneedhistory" ("agency_id", "closed_by_id", "closed_on", "closed_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "raised_by_id", "raised_on", "recommendation_id", "reference", "source", "standing", "text", "who") VALUES (NEW."agency_id", NEW."closed_by_id", NEW."closed_on", NEW."closed_reason", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority_id", NEW."raised_by_id", NEW."raised_on", NEW."recommendation_id", NEW."reference", NEW."source", NEW."standing", NEW."text", NEW."who"); RETURN NULL;', hash='0f6aa0f1b62677a5b0ba40e7d02e005b60d5e7fe', operation='INSERT', pgid='pgtrigger_insert_insert_8924f', table='programme_trainingneed', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."closed_reason" IS DISTINCT FROM (NEW."closed_reason") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."priority_id" IS DISTINCT FROM (NEW."priority_id") OR OLD."raised_by_id" IS DISTINCT FROM (NEW."raised_by_id") OR OLD."raised_on" IS DISTINCT FROM (NEW."raised_on") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."standing" IS DISTINCT FROM (NEW."standing") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."who" IS DISTINCT FROM (NEW."who"))', func='INSERT INTO "programme_trainingneedhistory" ("agency_id", "closed_by_id", "closed_on", "closed_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "raised_by_id", "raised_on", "recommendation_id", "reference", "source", "standing", "text", "who") VALUES (NEW."agency_id", NEW."closed_by_id", NEW."closed_on", NEW."closed_reason", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority_id", NEW."raised_by_id", NEW."raised_on", NEW."recommendation_id", NEW."reference", NEW."source", NEW."standing", NEW."text", NEW."who"); RETURN NULL;', hash='517c0db91b1014d991e94e4e625b3fe4ef8539f6', operation='UPDATE', pgid='pgtrigger_update_update_8428b', table='programme_trainingneed', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_trainingneedhistory" ("agency_id", "closed_by_id", "closed_on", "closed_reason", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "raised_by_id", "raised_on", "recommendation_id", "reference", "source", "standing", "text", "who") VALUES (OLD."agency_id", OLD."closed_by_id", OLD."closed_on", OLD."closed_reason", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority_id", OLD."raised_by_id", OLD."raised_on", OLD."recommendation_id", OLD."reference", OLD."source", OLD."standing", OLD."text", OLD."who"); RETURN NULL;', hash='643c3d9ed46c7614931f6eb1c89fdf2572871cec', operation='DELETE', pgid='pgtrigger_delete_delete_4237e', table='programme_trainingneed', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='TrainingNeedHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('source', models.CharField(choices=[('priority', 'A board’s priority'), ('review', 'A review’s recommendation'), ('audit', 'An audit’s finding'), ('agency', 'An organisation’s request'), ('demand', 'Demand: people asked or waited')], max_length=10)),
                ('text', models.CharField(max_length=300)),
                ('who', models.CharField(blank=True, help_text='Who needs it: roles, settings, how many.', max_length=200)),
                ('raised_on', models.DateField()),
                ('standing', models.CharField(choices=[('open', 'Open'), ('met', 'Met'), ('set_aside', 'Set aside')], default='open', max_length=10)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_reason', models.CharField(blank=True, max_length=300)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programme.trainingneed')),
                ('priority', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.priority')),
                ('raised_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.recommendation')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bb6ae2a295232786e89791498814bef306474374', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a45f', table='programme_trainingneedhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DemandSignal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demand', to='catalogue.course')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demand', to='people.person')),
                ('told_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.event')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('told_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('course', 'person'), name='demand_waits_once_a_course'), models.CheckConstraint(condition=models.Q(models.Q(('told_at__isnull', True), ('told_of__isnull', True)), models.Q(('told_at__isnull', False), ('told_of__isnull', False)), _connector='OR'), name='demand_is_told_of_a_date')],
            },
        ),
        migrations.CreateModel(
            name='NeedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='need_answers', to='catalogue.course')),
                ('since_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.courseversion')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='programme.trainingneed')),
            ],
            options={
                'ordering': ['on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('need', 'course'), name='need_answer_once_a_course')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('envelope_pence', models.PositiveBigIntegerField(blank=True, null=True)),
                ('purpose', models.TextField(blank=True)),
                ('standing', models.CharField(choices=[('draft', 'Draft'), ('recommended', 'Recommended by the PDL subgroup'), ('agreed', 'Agreed by the Executive'), ('live', 'Running'), ('closed', 'Closed')], default='draft', max_length=12)),
                ('offered_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='programme_has_a_title'), models.CheckConstraint(condition=models.Q(('standing__in', ('draft', 'recommended', 'agreed', 'live', 'closed'))), name='programme_standing_is_known'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__lower_inf', False), ('period__upper_inf', False)), name='programme_has_a_first_and_a_last_day'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('standing', 'live')), expressions=[('period', '&&')], name='programme_one_runs_at_a_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_programmehistory" ("envelope_pence", "id", "offered_at", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "revision", "standing", "title") VALUES (NEW."envelope_pence", NEW."id", NEW."offered_at", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reference", NEW."revision", NEW."standing", NEW."title"); RETURN NULL;', hash='cb7e70c782358b481a0e9243e3180c15925bb616', operation='INSERT', pgid='pgtrigger_insert_insert_8921b', table='programme_programme', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programme_programmehistory" ("envelope_pence", "id", "offered_at", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "revision", "standing", "title") VALUES (NEW."envelope_pence", NEW."id", NEW."offered_at", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."reference", NEW."revision", NEW."standing", NEW."title"); RETURN NULL;', hash='a10bdbd5fdfbe8db3fead49736114c64d5d68126', operation='UPDATE', pgid='pgtrigger_update_update_c42d8', table='programme_programme', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_programmehistory" ("envelope_pence", "id", "offered_at", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reference", "revision", "standing", "title") VALUES (OLD."envelope_pence", OLD."id", OLD."offered_at", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reference", OLD."revision", OLD."standing", OLD."title"); RETURN NULL;', hash='9077ae0f2539c47b9d2fdf6a740f3368b2cb9eed', operation='DELETE', pgid='pgtrigger_delete_delete_92681', table='programme_programme', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('title', models.CharField(max_length=120)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('envelope_pence', models.PositiveBigIntegerField(blank=True, null=True)),
                ('purpose', models.TextField(blank=True)),
                ('standing', models.CharField(choices=[('draft', 'Draft'), ('recommended', 'Recommended by the PDL subgroup'), ('agreed', 'Agreed by the Executive'), ('live', 'Running'), ('closed', 'Closed')], default='draft', max_length=12)),
                ('offered_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programme.programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='109a7c596090cc6efb36087f058eda2d07702287', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4c63', table='programme_programmehistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('draft', 'Draft'), ('recommended', 'Recommended by the PDL subgroup'), ('agreed', 'Agreed by the Executive'), ('live', 'Running'), ('closed', 'Closed')], max_length=12)),
                ('became', models.CharField(choices=[('draft', 'Draft'), ('recommended', 'Recommended by the PDL subgroup'), ('agreed', 'Agreed by the Executive'), ('live', 'Running'), ('closed', 'Closed')], max_length=12)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.decision')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='programme.programme')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('became__in', ('recommended', 'agreed', 'draft')), _negated=True), ('decision__isnull', False), _connector='OR'), name='programme_step_of_a_body_has_its_decision')],
            },
        ),
        migrations.CreateModel(
            name='YearPriority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(help_text='The year in which the financial year begins.')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme_years', to='governance.priority')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='year_priorities', to='programme.programme')),
            ],
            options={
                'ordering': ['year', 'priority__name'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'priority', 'year'), name='year_priority_once'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='year_priority_year_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=500)),
                ('standing', models.CharField(choices=[('proposed', 'Waits for a decision'), ('agreed', 'Agreed'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.decision')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='programme.programme')),
            ],
            options={
                'ordering': ['programme', 'number'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='amendment_number_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision__isnull', True), ('standing', 'proposed')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__isnull', True), ('standing', 'withdrawn')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__isnull', False), ('standing__in', ('agreed', 'refused'))), _connector='OR'), name='amendment_is_decided_by_a_meeting')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_amendmenthistory" ("decided_at", "decided_by_id", "decision_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "reason", "reference", "standing") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."reference", NEW."standing"); RETURN NULL;', hash='11db4ff99c4163eb819959bf8830dad0f2fbc210', operation='INSERT', pgid='pgtrigger_insert_insert_f892e', table='programme_amendment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."standing" IS DISTINCT FROM (NEW."standing"))', func='INSERT INTO "programme_amendmenthistory" ("decided_at", "decided_by_id", "decision_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "reason", "reference", "standing") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."reference", NEW."standing"); RETURN NULL;', hash='bcd36b84c5a7fd8c70606c413f0aff2d6541a0c8', operation='UPDATE', pgid='pgtrigger_update_update_b636e', table='programme_amendment', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programme_amendmenthistory" ("decided_at", "decided_by_id", "decision_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_at", "proposed_by_id", "reason", "reference", "standing") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."decision_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."reference", OLD."standing"); RETURN NULL;', hash='18440e38b5cfd4a03564bc480db86edad21ae62c', operation='DELETE', pgid='pgtrigger_delete_delete_8f91d', table='programme_amendment', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AmendmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter_starts_on', models.DateField()),
                ('events_before', models.PositiveSmallIntegerField()),
                ('events_after', models.PositiveSmallIntegerField()),
                ('pence_each', models.PositiveIntegerField(blank=True, null=True)),
                ('amendment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='programme.amendment')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.course')),
            ],
            options={
                'ordering': ['course__code', 'quarter_starts_on'],
                'constraints': [models.UniqueConstraint(fields=('amendment', 'course', 'quarter_starts_on'), name='amendment_line_once_a_quarter'), models.CheckConstraint(condition=models.Q(('events_before', models.F('events_after')), _negated=True), name='amendment_line_changes_something'), models.CheckConstraint(condition=models.Q(('events_after__lte', 99)), name='amendment_line_events_are_few')],
            },
        ),
        migrations.CreateModel(
            name='PlannedCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter_starts_on', models.DateField()),
                ('events', models.PositiveSmallIntegerField()),
                ('pence_each', models.PositiveIntegerField(blank=True, null=True)),
                ('amendment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='programme.amendment')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='catalogue.course')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned', to='programme.programme')),
            ],
            options={
                'ordering': ['course__code', 'quarter_starts_on'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'course', 'quarter_starts_on'), name='planned_course_once_a_quarter'), models.CheckConstraint(condition=models.Q(('events__lte', 99)), name='planned_course_events_are_few')],
                'triggers': [pgtrigger.compiler.Trigger(name='plan_is_amended_not_edited', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE held programme_programme%ROWTYPE;', func="\n                    SELECT * INTO held FROM programme_programme\n                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;\n                    IF NOT FOUND OR held.standing = 'draft' THEN\n                        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;\n                    END IF;\n                    IF TG_OP <> 'DELETE'\n                        AND NEW.amendment_id IS NOT NULL\n                        AND (TG_OP = 'INSERT' OR OLD.amendment_id IS DISTINCT FROM NEW.amendment_id)\n                        AND EXISTS (\n                            SELECT FROM programme_amendment\n                            WHERE id = NEW.amendment_id AND programme_id = held.id AND standing = 'agreed'\n                        )\n                    THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'planned_course_needs_an_agreed_amendment'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_course_needs_an_agreed_amendment';\n                ", hash='ed0246984b5128936112d674f8375845c9d91105', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_plan_is_amended_not_edited_419a8', table='programme_plannedcourse', when='BEFORE')), pgtrigger.compiler.Trigger(name='plan_lies_within_its_programme', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM programme_programme\n                        WHERE id = NEW.programme_id AND period @> NEW.quarter_starts_on\n                    ) THEN\n                        RAISE EXCEPTION 'planned_course_lies_within_its_programme'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_course_lies_within_its_programme';\n                    END IF;\n                    RETURN NEW;\n                ", hash='005f2d6c7af7915698682040608eaf2087f28161', operation='INSERT OR UPDATE', pgid='pgtrigger_plan_lies_within_its_programme_d7ee1', table='programme_plannedcourse', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AmendmentHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=500)),
                ('standing', models.CharField(choices=[('proposed', 'Waits for a decision'), ('agreed', 'Agreed'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programme.amendment')),
                ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c7db706a2a930808f042fc7fef7dda2d99644ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_daf37', table='programme_amendmenthistory', when='BEFORE'))],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
