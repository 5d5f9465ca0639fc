import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
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
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='provider_name_is_unique')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_providerhistory" ("contact_email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision") VALUES (NEW."contact_email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."revision"); RETURN NULL;', hash='ca31a37e853129ea30d458de03a07469f2dc76cd', operation='INSERT', pgid='pgtrigger_insert_insert_c2891', table='providers_provider', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_providerhistory" ("contact_email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision") VALUES (NEW."contact_email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."revision"); RETURN NULL;', hash='4ee8bc46de3aa011544481fb982cd14b146b55bf', operation='UPDATE', pgid='pgtrigger_update_update_b4a7f', table='providers_provider', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_providerhistory" ("contact_email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision") VALUES (OLD."contact_email", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."revision"); RETURN NULL;', hash='317790a37b5f7d9680d5ec0a23dc9dd73b26b8a6', operation='DELETE', pgid='pgtrigger_delete_delete_42d8b', table='providers_provider', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('lot_number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('value_pence', models.BigIntegerField(blank=True, null=True)),
                ('notice_months', models.PositiveSmallIntegerField(default=0)),
                ('rebuying_months', models.PositiveSmallIntegerField(default=10)),
                ('cancel_notice_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cancel_percent', models.PositiveSmallIntegerField(default=100)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='providers.provider')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value_pence__isnull', True), ('value_pence__gte', 0), _connector='OR'), name='contract_value_is_not_negative'), models.CheckConstraint(condition=models.Q(('reference__regex', '^[A-Za-z0-9][A-Za-z0-9-]*$')), name='contract_reference_fits_an_address'), models.CheckConstraint(condition=models.Q(('cancel_percent__lte', 100)), name='contract_cancels_for_the_fee_at_most')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_contracthistory" ("cancel_notice_days", "cancel_percent", "id", "lot_number", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "rebuying_months", "reference", "revision", "title", "value_pence") VALUES (NEW."cancel_notice_days", NEW."cancel_percent", NEW."id", NEW."lot_number", NEW."notice_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."rebuying_months", NEW."reference", NEW."revision", NEW."title", NEW."value_pence"); RETURN NULL;', hash='e8a253380b5d93d87ac9a7d9b8bcdbc7f199e610', operation='INSERT', pgid='pgtrigger_insert_insert_ae26e', table='providers_contract', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_contracthistory" ("cancel_notice_days", "cancel_percent", "id", "lot_number", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "rebuying_months", "reference", "revision", "title", "value_pence") VALUES (NEW."cancel_notice_days", NEW."cancel_percent", NEW."id", NEW."lot_number", NEW."notice_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."rebuying_months", NEW."reference", NEW."revision", NEW."title", NEW."value_pence"); RETURN NULL;', hash='ddcb86d79015a517781bdf43f5464542734d0ff6', operation='UPDATE', pgid='pgtrigger_update_update_2c1cf', table='providers_contract', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_contracthistory" ("cancel_notice_days", "cancel_percent", "id", "lot_number", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "rebuying_months", "reference", "revision", "title", "value_pence") VALUES (OLD."cancel_notice_days", OLD."cancel_percent", OLD."id", OLD."lot_number", OLD."notice_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."rebuying_months", OLD."reference", OLD."revision", OLD."title", OLD."value_pence"); RETURN NULL;', hash='97fdcdc6319e698355a67ec04b06b34b80e93510', operation='DELETE', pgid='pgtrigger_delete_delete_d25b7', table='providers_contract', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ProviderHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('name', models.CharField(max_length=200)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.provider')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3313460c23f12d1f2f4fbe2f65cedf738a858e44', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dbc42', table='providers_providerhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Commission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('ordered', 'Ordered'), ('delivered', 'Delivered'), ('cancelled', 'Cancelled')], max_length=10)),
                ('fee_pence', models.PositiveIntegerField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='catalogue.event')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='providers.contract')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('event',), name='commission_one_live_an_event'), models.CheckConstraint(condition=models.Q(('status__in', ('proposed', 'cancelled')), ('fee_pence__isnull', False), _connector='OR'), name='commission_ordered_has_a_fee')],
                'triggers': [pgtrigger.compiler.Trigger(name='within_contract_terms', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status <> 'cancelled')", declare='DECLARE begins date; ends date;', func="\n                    SELECT (starts_at AT TIME ZONE 'Europe/London')::date, (ends_at AT TIME ZONE 'Europe/London')::date\n                        INTO begins, ends FROM catalogue_event WHERE id = NEW.event_id;\n                    IF begins IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM (\n                            SELECT range_agg(period) AS covered FROM providers_contractterm WHERE contract_id = NEW.contract_id\n                        ) AS terms WHERE covered @> daterange(begins, ends, '[]')\n                    ) THEN\n                        RAISE EXCEPTION 'commission outside its contract''s terms'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'commission_within_contract_terms';\n                    END IF;\n                    RETURN NEW;\n                ", hash='b381555f2b49ad3cbd96bac59f840683d64a9ec5', operation='INSERT OR UPDATE OF "event_id", "contract_id", "status"', pgid='pgtrigger_within_contract_terms_807e8', table='providers_commission', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_commissionhistory" ("contract_id", "event_id", "fee_pence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "status") VALUES (NEW."contract_id", NEW."event_id", NEW."fee_pence", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."status"); RETURN NULL;', hash='50db378632b6d69d3178a0819b997b6de729f179', operation='INSERT', pgid='pgtrigger_insert_insert_a48e3', table='providers_commission', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_commissionhistory" ("contract_id", "event_id", "fee_pence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "status") VALUES (NEW."contract_id", NEW."event_id", NEW."fee_pence", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."status"); RETURN NULL;', hash='beccb62bb247180676e57562dd6eae983b9fbcbf', operation='UPDATE', pgid='pgtrigger_update_update_e0bc6', table='providers_commission', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_commissionhistory" ("contract_id", "event_id", "fee_pence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "status") VALUES (OLD."contract_id", OLD."event_id", OLD."fee_pence", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."status"); RETURN NULL;', hash='9f4d3554663fd8886f559a2de33a338a26d808b6', operation='DELETE', pgid='pgtrigger_delete_delete_7c330', table='providers_commission', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CommissionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('proposed', 'Proposed'), ('ordered', 'Ordered'), ('delivered', 'Delivered'), ('cancelled', 'Cancelled')], max_length=10)),
                ('became', models.CharField(choices=[('proposed', 'Proposed'), ('ordered', 'Ordered'), ('delivered', 'Delivered'), ('cancelled', 'Cancelled')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='providers.commission')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CommissionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('ordered', 'Ordered'), ('delivered', 'Delivered'), ('cancelled', 'Cancelled')], max_length=10)),
                ('fee_pence', models.PositiveIntegerField(blank=True, null=True)),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.event')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.commission')),
                ('contract', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.contract')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f9e15b3e7b15e6510d3f2cf2d243f18f1835e5fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80ddc', table='providers_commissionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ContractTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('initial', 'First term'), ('extension', 'Extension'), ('variation', 'Variation')], max_length=10)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='providers.contract')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contract', '='), ('period', '&&')], name='contract_terms_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__endswith__isnull', False), ('period__startswith__isnull', False)), name='contract_term_has_both_ends')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_contracttermhistory" ("contract_id", "id", "kind", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."contract_id", NEW."id", NEW."kind", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='ba33dab187827a0f67b7b3812a3dd7d8a0ed4ea8', operation='INSERT', pgid='pgtrigger_insert_insert_33162', table='providers_contractterm', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_contracttermhistory" ("contract_id", "id", "kind", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."contract_id", NEW."id", NEW."kind", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='33583ba1c843806d1fba9fdd47d37ec8d9f764f0', operation='UPDATE', pgid='pgtrigger_update_update_3e8c9', table='providers_contractterm', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_contracttermhistory" ("contract_id", "id", "kind", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."contract_id", OLD."id", OLD."kind", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='58d95e26fb258a74824f5accb6d1811546fa24e6', operation='DELETE', pgid='pgtrigger_delete_delete_156df', table='providers_contractterm', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ContractTermHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('initial', 'First term'), ('extension', 'Extension'), ('variation', 'Variation')], max_length=10)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('contract', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.contract')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.contractterm')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3575415e3b08f4eb13ebbec9319558b4f494a52', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b248', table='providers_contracttermhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ContractVariation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_on', models.DateField()),
                ('old_end', models.DateField(blank=True, help_text='The last day until then.', null=True)),
                ('new_end', models.DateField(blank=True, help_text='The last day from then on.', null=True)),
                ('old_value_pence', models.BigIntegerField(blank=True, null=True)),
                ('new_value_pence', models.BigIntegerField(blank=True, null=True)),
                ('scope', models.TextField(blank=True)),
                ('reason', models.CharField(max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variations', to='providers.contract')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.decision')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['agreed_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('new_end__isnull', False), ('new_value_pence__isnull', False), models.Q(('scope', ''), _negated=True), _connector='OR'), name='contract_variation_changes_something'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='contract_variation_has_a_reason'), models.CheckConstraint(condition=models.Q(('new_value_pence__isnull', True), ('new_value_pence__gte', 0), _connector='OR'), name='contract_variation_value_is_not_negative')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b210774cf65d7d8f021d7c0d4f9427f01a5dc005', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1fd09', table='providers_contractvariation', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_manager', models.BooleanField(default=False)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='people.person')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='providers.provider')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('provider', '='), ('period', '&&')], name='engagement_once_at_a_time'), models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False)), name='engagement_period_starts')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_engagementhistory" ("id", "is_manager", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id") VALUES (NEW."id", NEW."is_manager", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id"); RETURN NULL;', hash='8ebc46ccba13824952afb73f99baecf25daad1de', operation='INSERT', pgid='pgtrigger_insert_insert_9d440', table='providers_engagement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_engagementhistory" ("id", "is_manager", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id") VALUES (NEW."id", NEW."is_manager", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id"); RETURN NULL;', hash='4bb052950da4d8e7749e8e323c559a78a709b486', operation='UPDATE', pgid='pgtrigger_update_update_425e7', table='providers_engagement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_engagementhistory" ("id", "is_manager", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id") VALUES (OLD."id", OLD."is_manager", OLD."period", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id"); RETURN NULL;', hash='b7eb83b2371f4a6fb4479e79a63cd9313dff8bbe', operation='DELETE', pgid='pgtrigger_delete_delete_e69e4', table='providers_engagement', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ExtensionOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('months', models.PositiveSmallIntegerField()),
                ('decide_by', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('open', 'Not decided'), ('taken', 'Extended'), ('refused', 'Not extended')], default='open', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='providers.contract')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.decision')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('contract', 'position'), name='extension_option_position_once'), models.CheckConstraint(condition=models.Q(('months__gt', 0)), name='extension_option_lasts'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('outcome', 'open'), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='extension_option_decided_who_when_and_why')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_extensionoptionhistory" ("contract_id", "decide_by", "decided_at", "decided_by_id", "decision_id", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason") VALUES (NEW."contract_id", NEW."decide_by", NEW."decided_at", NEW."decided_by_id", NEW."decision_id", NEW."id", NEW."months", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reason"); RETURN NULL;', hash='b71a186e52422c959b40019d09868f7e2143f165', operation='INSERT', pgid='pgtrigger_insert_insert_23e1b', table='providers_extensionoption', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "providers_extensionoptionhistory" ("contract_id", "decide_by", "decided_at", "decided_by_id", "decision_id", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason") VALUES (NEW."contract_id", NEW."decide_by", NEW."decided_at", NEW."decided_by_id", NEW."decision_id", NEW."id", NEW."months", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reason"); RETURN NULL;', hash='9e988014d1982988514dc8204ce26d87ebbc44ac', operation='UPDATE', pgid='pgtrigger_update_update_fad75', table='providers_extensionoption', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "providers_extensionoptionhistory" ("contract_id", "decide_by", "decided_at", "decided_by_id", "decision_id", "id", "months", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason") VALUES (OLD."contract_id", OLD."decide_by", OLD."decided_at", OLD."decided_by_id", OLD."decision_id", OLD."id", OLD."months", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."reason"); RETURN NULL;', hash='bf9c6353b67dce38ac9517e51e3827f570077d34', operation='DELETE', pgid='pgtrigger_delete_delete_73b91', table='providers_extensionoption', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ExtensionOptionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('months', models.PositiveSmallIntegerField()),
                ('decide_by', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('open', 'Not decided'), ('taken', 'Extended'), ('refused', 'Not extended')], default='open', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('contract', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.contract')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.extensionoption')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a0cf03857f2d680cfcb2a7eb6c7588acc028effd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_223b3', table='providers_extensionoptionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='KpiAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=60)),
                ('definition_version', models.PositiveSmallIntegerField()),
                ('period_starts_on', models.DateField()),
                ('period_ends_on', models.DateField()),
                ('numerator', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('denominator', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('lower', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('upper', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ('n', models.PositiveIntegerField(blank=True, null=True)),
                ('is_withheld', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='providers.provider')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'measure', 'definition_version', 'period_starts_on', 'period_ends_on'), name='kpi_assessment_once_a_period'), models.CheckConstraint(condition=models.Q(('is_withheld', False), models.Q(('lower__isnull', True), ('n__isnull', True), ('numerator__isnull', True), ('upper__isnull', True), ('value__isnull', True)), _connector='OR'), name='kpi_assessment_withheld_says_nothing'), models.CheckConstraint(condition=models.Q(('period_ends_on__gt', models.F('period_starts_on'))), name='kpi_assessment_period_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='EngagementHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_manager', models.BooleanField(default=False)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.engagement')),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.provider')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb407fbb36c8e6ac7adbc5e77c931eb2142885ec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fa162', table='providers_engagementhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ContractHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(max_length=40)),
                ('lot_number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('value_pence', models.BigIntegerField(blank=True, null=True)),
                ('notice_months', models.PositiveSmallIntegerField(default=0)),
                ('rebuying_months', models.PositiveSmallIntegerField(default=10)),
                ('cancel_notice_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cancel_percent', models.PositiveSmallIntegerField(default=100)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='providers.contract')),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='providers.provider')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc83d310b953d8e2af2b66e20b0543c4e8d8eb60', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3eb6', table='providers_contracthistory', when='BEFORE'))],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
