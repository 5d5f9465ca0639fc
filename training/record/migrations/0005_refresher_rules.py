import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_history_leaves_out_search_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('record', '0004_withdrawn_and_waiting'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefresherRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What falls due, as people read it.', max_length=120, unique=True)),
                ('lowest', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20), blank=True, default=list, size=None)),
                ('job_words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('first_within_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('every_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('effective_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('is_retired', models.BooleanField(default=False)),
                ('courses', models.ManyToManyField(blank=True, related_name='refresher_rules', to='catalogue.course')),
                ('framework', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.framework')),
            ],
        ),
        migrations.CreateModel(
            name='RefresherRuleHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(help_text='What falls due, as people read it.', max_length=120)),
                ('lowest', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20), blank=True, default=list, size=None)),
                ('job_words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('first_within_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('every_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('effective_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('is_retired', models.BooleanField(default=False)),
                ('framework', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.framework')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='record.refresherrule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='refresherrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_within_days__gt', 0), ('first_within_days__isnull', False)), models.Q(('every_months__gt', 0), ('every_months__isnull', False)), _connector='OR'), name='refresher_rule_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='refresherrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('framework__isnull', True), ('lowest__isnull', True)), models.Q(('framework__isnull', False), ('lowest__isnull', False)), _connector='OR'), name='refresher_rule_rung_of_a_framework'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refresherrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "source") VALUES (NEW."effective_from", NEW."every_months", NEW."first_within_days", NEW."framework_id", NEW."id", NEW."is_retired", NEW."job_words", NEW."lowest", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sectors", NEW."source"); RETURN NULL;', hash='f8f680ef1fb6e8305432e17487807ef16fed0317', operation='INSERT', pgid='pgtrigger_insert_insert_77907', table='record_refresherrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refresherrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "source") VALUES (NEW."effective_from", NEW."every_months", NEW."first_within_days", NEW."framework_id", NEW."id", NEW."is_retired", NEW."job_words", NEW."lowest", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sectors", NEW."source"); RETURN NULL;', hash='82fc206a1b1bd5f8442750097b82e29cdc5592be', operation='UPDATE', pgid='pgtrigger_update_update_8ce53', table='record_refresherrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refresherrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_refresherrulehistory" ("effective_from", "every_months", "first_within_days", "framework_id", "id", "is_retired", "job_words", "lowest", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "source") VALUES (OLD."effective_from", OLD."every_months", OLD."first_within_days", OLD."framework_id", OLD."id", OLD."is_retired", OLD."job_words", OLD."lowest", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sectors", OLD."source"); RETURN NULL;', hash='9268b4e84c4cb5b09bf6487ab055f7ebae51193c', operation='DELETE', pgid='pgtrigger_delete_delete_629e7', table='record_refresherrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refresherrulehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12826d04548985b88263455661d0607daf6b2f75', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83526', table='record_refresherrulehistory', when='BEFORE')),
        ),
    ]
