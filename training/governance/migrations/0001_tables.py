import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import training.web.references
import training.web.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_tables'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('pdl', 'Practice Development and Learning subgroup'), ('executive', 'Safeguarding Executive'), ('other', 'Another group')], max_length=12)),
            ],
            options={
                'verbose_name_plural': 'bodies',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('title', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('child', 'Local child safeguarding practice review'), ('rapid', 'Rapid review'), ('adult', 'Safeguarding adults review'), ('domestic', 'Domestic abuse related death review'), ('audit', 'Multi-agency audit'), ('national', 'National review')], max_length=10)),
                ('published_on', models.DateField()),
            ],
            options={
                'ordering': ['-published_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='review_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('held_on', models.DateField()),
                ('where', models.CharField(blank=True, max_length=120)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='governance.body')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'held_on'), name='meeting_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('subject', models.CharField(max_length=200)),
                ('outcome', models.CharField(max_length=300)),
                ('minute', models.CharField(blank=True, help_text='The number or place in the minutes.', max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='governance.meeting')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_decisionhistory" ("id", "meeting_id", "minute", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject") VALUES (NEW."id", NEW."meeting_id", NEW."minute", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."subject"); RETURN NULL;', hash='59712a9ac5efa3af08a8c79676be3ab452c4e131', operation='INSERT', pgid='pgtrigger_insert_insert_917a4', table='governance_decision', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_decisionhistory" ("id", "meeting_id", "minute", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject") VALUES (NEW."id", NEW."meeting_id", NEW."minute", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."subject"); RETURN NULL;', hash='9f9f4ff6aa11859b964bc0217212bd584d5ea874', operation='UPDATE', pgid='pgtrigger_update_update_1fcd6', table='governance_decision', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_decisionhistory" ("id", "meeting_id", "minute", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject") VALUES (OLD."id", OLD."meeting_id", OLD."minute", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."subject"); RETURN NULL;', hash='3b8f4093a506e588d91ee5e5593df9d0ae078e65', operation='DELETE', pgid='pgtrigger_delete_delete_f8e0c', table='governance_decision', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('what_was_seen', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='governance.decision')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='governance.review')),
            ],
            options={
                'ordering': ['review', 'number'],
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='recommendation_number_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='recommendation_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True), ('decision__isnull', True)), models.Q(models.Q(('what_was_seen', ''), _negated=True), ('closed_by__isnull', False), ('closed_on__isnull', False), ('decision__isnull', False)), _connector='OR'), name='recommendation_closes_with_a_decision_and_what_was_seen')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_recommendationhistory" ("closed_by_id", "closed_on", "decision_id", "due_on", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "review_id", "revision", "text", "what_was_seen") VALUES (NEW."closed_by_id", NEW."closed_on", NEW."decision_id", NEW."due_on", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."review_id", NEW."revision", NEW."text", NEW."what_was_seen"); RETURN NULL;', hash='c72be55882835e0f37a324aa2061601c5ba964af', operation='INSERT', pgid='pgtrigger_insert_insert_75bc0', table='governance_recommendation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_recommendationhistory" ("closed_by_id", "closed_on", "decision_id", "due_on", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "review_id", "revision", "text", "what_was_seen") VALUES (NEW."closed_by_id", NEW."closed_on", NEW."decision_id", NEW."due_on", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."review_id", NEW."revision", NEW."text", NEW."what_was_seen"); RETURN NULL;', hash='2ee015fd6de43e026297565f2f42c90c2c49b795', operation='UPDATE', pgid='pgtrigger_update_update_add4c', table='governance_recommendation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_recommendationhistory" ("closed_by_id", "closed_on", "decision_id", "due_on", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "review_id", "revision", "text", "what_was_seen") VALUES (OLD."closed_by_id", OLD."closed_on", OLD."decision_id", OLD."due_on", OLD."id", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."review_id", OLD."revision", OLD."text", OLD."what_was_seen"); RETURN NULL;', hash='0719b6c7732d41720c33271523fd8587c8d47c0c', operation='DELETE', pgid='pgtrigger_delete_delete_d40c3', table='governance_recommendation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RecommendationHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('what_was_seen', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='governance.recommendation')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.review')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='05e1e714838858cc6ed79766f8b465a1a8b729b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4255', table='governance_recommendationhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('subject', models.CharField(max_length=200)),
                ('asked', models.CharField(help_text='What the meeting is asked to decide.', max_length=300)),
                ('put_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='governance.body')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='governance.decision')),
            ],
            options={
                'ordering': ['put_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('asked', ''), _negated=True)), name='agenda_item_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('decision__isnull', True), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='agenda_item_is_decided_or_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='ActionPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('standing', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'No longer needed')], default='open', max_length=8)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='people.person')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='governance.decision')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='governance.meeting')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='action_point_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('standing', 'open')), models.Q(models.Q(('outcome', ''), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False), ('standing__in', ('done', 'dropped'))), _connector='OR'), name='action_point_closes_with_who_when_and_outcome')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_actionpointhistory" ("closed_at", "closed_by_id", "decision_id", "due_on", "id", "made_at", "made_by_id", "meeting_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "standing", "submission", "what") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."decision_id", NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."meeting_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."standing", NEW."submission", NEW."what"); RETURN NULL;', hash='9d092d2ebb2e14c53f8e36536dac3439c0cef9c6', operation='INSERT', pgid='pgtrigger_insert_insert_f2d29', table='governance_actionpoint', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_actionpointhistory" ("closed_at", "closed_by_id", "decision_id", "due_on", "id", "made_at", "made_by_id", "meeting_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "standing", "submission", "what") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."decision_id", NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."meeting_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."standing", NEW."submission", NEW."what"); RETURN NULL;', hash='5a77bbb9698abc05d7c98c7e795a477744096c66', operation='UPDATE', pgid='pgtrigger_update_update_80d48', table='governance_actionpoint', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_actionpointhistory" ("closed_at", "closed_by_id", "decision_id", "due_on", "id", "made_at", "made_by_id", "meeting_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "standing", "submission", "what") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."decision_id", OLD."due_on", OLD."id", OLD."made_at", OLD."made_by_id", OLD."meeting_id", OLD."outcome", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."standing", OLD."submission", OLD."what"); RETURN NULL;', hash='60da76a5ea8ba73d0ba2dfefec6fa9a0ce884edd', operation='DELETE', pgid='pgtrigger_delete_delete_3edc2', table='governance_actionpoint', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DecisionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('subject', models.CharField(max_length=200)),
                ('outcome', models.CharField(max_length=300)),
                ('minute', models.CharField(blank=True, help_text='The number or place in the minutes.', max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='governance.decision')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.meeting')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c432eb271e0ead41c38d798a045d8bd8fe3c5e72', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_91097', table='governance_decisionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ActionPointHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('standing', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'No longer needed')], default='open', max_length=8)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.UUIDField(blank=True, editable=False, null=True)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='governance.actionpoint')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.meeting')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='697f3358f2e7706b6f744c5e5202bd13c5886a3e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61730', table='governance_actionpointhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('board', models.CharField(choices=[('children', 'Children’s board'), ('adults', 'Adults’ board'), ('joint', 'Both boards')], default='joint', max_length=10)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='priority_name_is_unique'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='priority_ends_after_it_starts')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_priorityhistory" ("board", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."board", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='47716b27d232f4c513d3a606e23e9c0632c49d89', operation='INSERT', pgid='pgtrigger_insert_insert_7ea1a', table='governance_priority', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "governance_priorityhistory" ("board", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."board", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='4b9afed095ca6dec62d2df35448f623b18943f56', operation='UPDATE', pgid='pgtrigger_update_update_e9b22', table='governance_priority', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "governance_priorityhistory" ("board", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."board", OLD."ends_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='40cdf4514228783bcc47a81dd778bc272a7d2108', operation='DELETE', pgid='pgtrigger_delete_delete_39697', table='governance_priority', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PriorityHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('board', models.CharField(choices=[('children', 'Children’s board'), ('adults', 'Adults’ board'), ('joint', 'Both boards')], default='joint', max_length=10)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='governance.priority')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1140ef74eb3b98b84a39bb1f6657bf948c9b5564', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_91d1e', table='governance_priorityhistory', when='BEFORE'))],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
