import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import training.record.serials
import training.web.references
import training.web.triggers
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
            name='Achievement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(default=training.record.serials.new_serial, editable=False, max_length=16, unique=True)),
                ('on', models.DateField()),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('source', models.CharField(choices=[('attended', 'Attended'), ('e_learning', 'Finished in their own time'), ('elsewhere', 'Done elsewhere'), ('imported', 'From the old system')], max_length=10)),
                ('origin', models.CharField(max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='achievements', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='achievements', to='catalogue.courseversion')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-on'], name='achievement_latest')],
                'constraints': [models.UniqueConstraint(fields=('person', 'origin'), name='achievement_once_an_origin'), models.CheckConstraint(condition=models.Q(('origin', ''), _negated=True), name='achievement_has_an_origin'), models.CheckConstraint(condition=models.Q(('serial__regex', '^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{16}$')), name='achievement_serial_is_long')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_achievementhistory" ("hours", "id", "on", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "serial", "source", "version_id") VALUES (NEW."hours", NEW."id", NEW."on", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."serial", NEW."source", NEW."version_id"); RETURN NULL;', hash='e81080253533798d67f217728cc53ccc15df4ed9', operation='INSERT', pgid='pgtrigger_insert_insert_c87a1', table='record_achievement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "record_achievementhistory" ("hours", "id", "on", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "serial", "source", "version_id") VALUES (NEW."hours", NEW."id", NEW."on", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."serial", NEW."source", NEW."version_id"); RETURN NULL;', hash='bf2bd7b94fe35065a520a793b1e64258967781f9', operation='UPDATE', pgid='pgtrigger_update_update_1322e', table='record_achievement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_achievementhistory" ("hours", "id", "on", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "serial", "source", "version_id") VALUES (OLD."hours", OLD."id", OLD."on", OLD."origin", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."serial", OLD."source", OLD."version_id"); RETURN NULL;', hash='af1658d3584c1b692d846bea1ad8b63c45322f54', operation='DELETE', pgid='pgtrigger_delete_delete_8bf0d', table='record_achievement', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AchievementHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('serial', models.CharField(default=training.record.serials.new_serial, editable=False, max_length=16)),
                ('on', models.DateField()),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('source', models.CharField(choices=[('attended', 'Attended'), ('e_learning', 'Finished in their own time'), ('elsewhere', 'Done elsewhere'), ('imported', 'From the old system')], max_length=10)),
                ('origin', models.CharField(max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='record.achievement')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.courseversion')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c424edc1e1b95ec0a361f1a4a04a24955402ad41', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65c90', table='record_achievementhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter_starts_on', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('filed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_returns', to='people.agency')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-quarter_starts_on', 'agency__name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'quarter_starts_on'), name='agency_return_once_a_quarter'), models.CheckConstraint(condition=models.Q(('quarter_starts_on__day', 1)), name='agency_return_quarter_starts_a_month'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='agency_return_names_its_source')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (NEW."agency_id", NEW."filed_at", NEW."filed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quarter_starts_on", NEW."source"); RETURN NULL;', hash='d3553ea1a0dcba905b0580d23a6d60f25ab7de40', operation='INSERT', pgid='pgtrigger_insert_insert_d9b2c', table='record_agencyreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (NEW."agency_id", NEW."filed_at", NEW."filed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quarter_starts_on", NEW."source"); RETURN NULL;', hash='b08b75bb1edba3845122f4e689f871154d280bc6', operation='UPDATE', pgid='pgtrigger_update_update_48186', table='record_agencyreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (OLD."agency_id", OLD."filed_at", OLD."filed_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quarter_starts_on", OLD."source"); RETURN NULL;', hash='ce4a607b3f39179c95587b298a1a8c7ab9d6dd49', operation='DELETE', pgid='pgtrigger_delete_delete_95ddf', table='record_agencyreturn', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyReturnHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('quarter_starts_on', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('filed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('filed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='record.agencyreturn')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cceafc70563e6bd01e1ecdec14088265ebb5f221', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81b57', table='record_agencyreturnhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(max_length=80)),
                ('courses', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('filed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='record.agencyreturn')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('filed', 'theme'), name='agency_return_theme_once'), models.CheckConstraint(condition=models.Q(('theme', ''), _negated=True), name='agency_return_line_has_a_theme'), models.CheckConstraint(condition=models.Q(('courses__gt', 0), ('people__gt', 0)), name='agency_return_line_counts')],
            },
        ),
        migrations.CreateModel(
            name='CertificateWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=60)),
                ('until', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'origin'), name='certificate_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='RefresherRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(help_text='What falls due, as people read it.', max_length=120, unique=True)),
                ('lowest', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20), blank=True, default=list, size=None)),
                ('job_words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('first_within_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('every_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('effective_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('is_retired', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('courses', models.ManyToManyField(blank=True, related_name='refresher_rules', to='catalogue.course')),
                ('framework', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.framework')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first_within_days__gt', 0), ('first_within_days__isnull', False)), models.Q(('every_months__gt', 0), ('every_months__isnull', False)), _connector='OR'), name='refresher_rule_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('framework__isnull', True), ('lowest__isnull', True)), models.Q(('framework__isnull', False), ('lowest__isnull', False)), _connector='OR'), name='refresher_rule_rung_of_a_framework')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sectors", "source") VALUES (NEW."effective_from", NEW."every_months", NEW."first_within_days", NEW."framework_id", NEW."id", NEW."is_retired", NEW."job_words", NEW."lowest", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."revision", NEW."sectors", NEW."source"); RETURN NULL;', hash='7117ad435047e614aa03865ae31177c4a5d5e3da', operation='INSERT', pgid='pgtrigger_insert_insert_77907', table='record_refresherrule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sectors", "source") VALUES (NEW."effective_from", NEW."every_months", NEW."first_within_days", NEW."framework_id", NEW."id", NEW."is_retired", NEW."job_words", NEW."lowest", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."revision", NEW."sectors", NEW."source"); RETURN NULL;', hash='5ce2d37407c0217c625389867e28fb212c51514b', operation='UPDATE', pgid='pgtrigger_update_update_8ce53', table='record_refresherrule', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sectors", "source") VALUES (OLD."effective_from", OLD."every_months", OLD."first_within_days", OLD."framework_id", OLD."id", OLD."is_retired", OLD."job_words", OLD."lowest", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."revision", OLD."sectors", OLD."source"); RETURN NULL;', hash='2ce6d9a0590d2a2afef5a376e26dddfb529c680f', operation='DELETE', pgid='pgtrigger_delete_delete_629e7', table='record_refresherrule', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RefresherRuleHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('name', models.CharField(help_text='What falls due, as people read it.', max_length=120)),
                ('lowest', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20), blank=True, default=list, size=None)),
                ('job_words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('first_within_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('every_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('effective_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('is_retired', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('framework', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.framework')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='record.refresherrule')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12826d04548985b88263455661d0607daf6b2f75', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83526', table='record_refresherrulehistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='WithdrawnCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=16, unique=True)),
                ('on', models.DateField()),
                ('origin', models.CharField(max_length=60)),
                ('withdrawn_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.courseversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'origin'), name='withdrawn_once_an_origin')],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
