import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Targets as dated rows, with the meeting that set them."""

    dependencies = [
        ('governance', '0001_tables'),
        ('people', '0001_tables'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('providers', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='KpiTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('delivered', 'Delivered as ordered'), ('provider_cancelled', 'Cancelled by the provider'), ('materials_in_time', 'Materials five working days before'), ('register_in_time', 'Registers in time'), ('content_updated', 'Content updated after a review'), ('relevance', 'Fits my work'), ('observed_well', 'Teaching seen to be up to standard'), ('complaints_upheld', 'Upheld complaints')], max_length=20)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ('in_force_from', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='governance.decision')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['measure', '-in_force_from'],
            },
        ),
        migrations.CreateModel(
            name='KpiTargetHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('measure', models.CharField(choices=[('delivered', 'Delivered as ordered'), ('provider_cancelled', 'Cancelled by the provider'), ('materials_in_time', 'Materials five working days before'), ('register_in_time', 'Registers in time'), ('content_updated', 'Content updated after a review'), ('relevance', 'Fits my work'), ('observed_well', 'Teaching seen to be up to standard'), ('complaints_upheld', 'Upheld complaints')], max_length=20)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ('in_force_from', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.kpitarget')),
                ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='kpitarget',
            constraint=models.UniqueConstraint(fields=('measure', 'in_force_from'), name='kpi_target_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='kpitarget',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gte', 0), ('value__lte', 1)), models.Q(('measure', 'relevance'), ('value__gte', 1), ('value__lte', 5)), _connector='OR'), name='kpi_target_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='kpitarget',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ('delivered', 'provider_cancelled', 'materials_in_time', 'register_in_time', 'content_updated', 'relevance', 'observed_well', 'complaints_upheld'))), name='kpi_target_measure_is_known'),
        ),
        migrations.AddConstraint(
            model_name='kpitarget',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='kpi_target_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kpitarget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_kpitargethistory" ("decision_id", "id", "in_force_from", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "value") VALUES (NEW."decision_id", NEW."id", NEW."in_force_from", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."value"); RETURN NULL;', hash='3fc561eaba6a9393ddd7cebcd6976dacfc293b50', operation='INSERT', pgid='pgtrigger_insert_insert_7000a', table='providers_kpitarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kpitarget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_kpitargethistory" ("decision_id", "id", "in_force_from", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "value") VALUES (NEW."decision_id", NEW."id", NEW."in_force_from", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."value"); RETURN NULL;', hash='48964887ab19c389a2be8030376cf10a25c6a762', operation='UPDATE', pgid='pgtrigger_update_update_1c644', table='providers_kpitarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kpitarget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_kpitargethistory" ("decision_id", "id", "in_force_from", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "value") VALUES (OLD."decision_id", OLD."id", OLD."in_force_from", OLD."measure", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."set_at", OLD."set_by_id", OLD."value"); RETURN NULL;', hash='fe76955474cee7940e06fba4e3458928564fcbb3', operation='DELETE', pgid='pgtrigger_delete_delete_55efa', table='providers_kpitarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kpitargethistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69956722b1951ac3f4092ddc346cfe3ea8fe5b3b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9fa1', table='providers_kpitargethistory', when='BEFORE')),
        ),
    ]
