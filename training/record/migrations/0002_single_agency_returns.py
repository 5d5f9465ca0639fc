import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """What organisations file of the training that they give their own people."""

    dependencies = [
        ('people', '0002_what_organisations_pay_as'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('record', '0001_tables'),
    ]

    operations = [
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
            },
        ),
        migrations.AddConstraint(
            model_name='agencyreturn',
            constraint=models.UniqueConstraint(fields=('agency', 'quarter_starts_on'), name='agency_return_once_a_quarter'),
        ),
        migrations.AddConstraint(
            model_name='agencyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('quarter_starts_on__day', 1)), name='agency_return_quarter_starts_a_month'),
        ),
        migrations.AddConstraint(
            model_name='agencyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='agency_return_names_its_source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyreturn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (NEW."agency_id", NEW."filed_at", NEW."filed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quarter_starts_on", NEW."source"); RETURN NULL;', hash='d3553ea1a0dcba905b0580d23a6d60f25ab7de40', operation='INSERT', pgid='pgtrigger_insert_insert_d9b2c', table='record_agencyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyreturn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (NEW."agency_id", NEW."filed_at", NEW."filed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quarter_starts_on", NEW."source"); RETURN NULL;', hash='b08b75bb1edba3845122f4e689f871154d280bc6', operation='UPDATE', pgid='pgtrigger_update_update_48186', table='record_agencyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyreturn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "record_agencyreturnhistory" ("agency_id", "filed_at", "filed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_starts_on", "source") VALUES (OLD."agency_id", OLD."filed_at", OLD."filed_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quarter_starts_on", OLD."source"); RETURN NULL;', hash='ce4a607b3f39179c95587b298a1a8c7ab9d6dd49', operation='DELETE', pgid='pgtrigger_delete_delete_95ddf', table='record_agencyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agencyreturnhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cceafc70563e6bd01e1ecdec14088265ebb5f221', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81b57', table='record_agencyreturnhistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='agencyreturnline',
            constraint=models.UniqueConstraint(fields=('filed', 'theme'), name='agency_return_theme_once'),
        ),
        migrations.AddConstraint(
            model_name='agencyreturnline',
            constraint=models.CheckConstraint(condition=models.Q(('theme', ''), _negated=True), name='agency_return_line_has_a_theme'),
        ),
        migrations.AddConstraint(
            model_name='agencyreturnline',
            constraint=models.CheckConstraint(condition=models.Q(('courses__gt', 0), ('people__gt', 0)), name='agency_return_line_counts'),
        ),
    ]
