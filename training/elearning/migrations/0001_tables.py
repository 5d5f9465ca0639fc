import django.db.models.deletion
import pgtrigger.compiler
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
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('on', models.DateField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('agency_name', models.CharField(blank=True, max_length=200)),
                ('external_id', models.CharField(blank=True, max_length=60)),
                ('is_set_aside', models.BooleanField(default=False)),
                ('read_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.courseversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'on', 'name', 'email', 'external_id'), name='completion_read_once'), models.CheckConstraint(condition=models.Q(('is_set_aside', False), ('person__isnull', True), _connector='OR'), name='completion_set_aside_is_nobodys')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "elearning_completionhistory" ("agency_name", "email", "external_id", "id", "is_set_aside", "name", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "reference", "settled_by_id", "version_id") VALUES (NEW."agency_name", NEW."email", NEW."external_id", NEW."id", NEW."is_set_aside", NEW."name", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at", NEW."reference", NEW."settled_by_id", NEW."version_id"); RETURN NULL;', hash='3f01129e70b7c2e5058a9188257b4513fc44b8ae', operation='INSERT', pgid='pgtrigger_insert_insert_2e4cf', table='elearning_completion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "elearning_completionhistory" ("agency_name", "email", "external_id", "id", "is_set_aside", "name", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "reference", "settled_by_id", "version_id") VALUES (NEW."agency_name", NEW."email", NEW."external_id", NEW."id", NEW."is_set_aside", NEW."name", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at", NEW."reference", NEW."settled_by_id", NEW."version_id"); RETURN NULL;', hash='225124741ede06ecbb8ef0001c7bd489f09944d5', operation='UPDATE', pgid='pgtrigger_update_update_869ef', table='elearning_completion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "elearning_completionhistory" ("agency_name", "email", "external_id", "id", "is_set_aside", "name", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "reference", "settled_by_id", "version_id") VALUES (OLD."agency_name", OLD."email", OLD."external_id", OLD."id", OLD."is_set_aside", OLD."name", OLD."on", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_at", OLD."reference", OLD."settled_by_id", OLD."version_id"); RETURN NULL;', hash='077f4a9d0c8c2a1cf9751ca54521c9f62a0712a5', operation='DELETE', pgid='pgtrigger_delete_delete_996c4', table='elearning_completion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CompletionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('on', models.DateField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('agency_name', models.CharField(blank=True, max_length=200)),
                ('external_id', models.CharField(blank=True, max_length=60)),
                ('is_set_aside', models.BooleanField(default=False)),
                ('read_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='elearning.completion')),
                ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.courseversion')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='598e666db5d512e93d2d627d0551242236880dad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1013', table='elearning_completionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ElsewhereClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('on', models.DateField()),
                ('where', models.CharField(max_length=200)),
                ('what_proves_it', models.TextField(blank=True, max_length=1000)),
                ('proof', models.BinaryField(blank=True, default=b'')),
                ('proof_name', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('submission', models.UUIDField(editable=False, unique=True)),
                ('outcome', models.CharField(blank=True, choices=[('', 'Waiting for an answer'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], default='', max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elsewhere_claims', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.courseversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('what_proves_it', ''), _negated=True), models.Q(('proof_name', ''), _negated=True), _connector='OR'), name='elsewhere_claim_is_proved_somehow'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='elsewhere_claim_settled_who_and_when'), models.UniqueConstraint(condition=models.Q(('outcome', 'refused'), _negated=True), fields=('person', 'version', 'on'), name='elsewhere_claim_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "elearning_elsewhereclaimhistory" ("answer", "id", "made_at", "on", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof_name", "reference", "settled_at", "settled_by_id", "version_id", "what_proves_it", "where") VALUES (NEW."answer", NEW."id", NEW."made_at", NEW."on", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof_name", NEW."reference", NEW."settled_at", NEW."settled_by_id", NEW."version_id", NEW."what_proves_it", NEW."where"); RETURN NULL;', hash='1e659016a5bc8dcbd97748f743492a018a7d1fec', operation='INSERT', pgid='pgtrigger_insert_insert_9f931', table='elearning_elsewhereclaim', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."proof_name" IS DISTINCT FROM (NEW."proof_name") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."settled_by_id" IS DISTINCT FROM (NEW."settled_by_id") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id") OR OLD."what_proves_it" IS DISTINCT FROM (NEW."what_proves_it") OR OLD."where" IS DISTINCT FROM (NEW."where"))', func='INSERT INTO "elearning_elsewhereclaimhistory" ("answer", "id", "made_at", "on", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof_name", "reference", "settled_at", "settled_by_id", "version_id", "what_proves_it", "where") VALUES (NEW."answer", NEW."id", NEW."made_at", NEW."on", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof_name", NEW."reference", NEW."settled_at", NEW."settled_by_id", NEW."version_id", NEW."what_proves_it", NEW."where"); RETURN NULL;', hash='799342f02072568df4933df1f952ddc515053241', operation='UPDATE', pgid='pgtrigger_update_update_25990', table='elearning_elsewhereclaim', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "elearning_elsewhereclaimhistory" ("answer", "id", "made_at", "on", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof_name", "reference", "settled_at", "settled_by_id", "version_id", "what_proves_it", "where") VALUES (OLD."answer", OLD."id", OLD."made_at", OLD."on", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof_name", OLD."reference", OLD."settled_at", OLD."settled_by_id", OLD."version_id", OLD."what_proves_it", OLD."where"); RETURN NULL;', hash='2c227d0df231dd33ff55621beabf2b0e0958bcbe', operation='DELETE', pgid='pgtrigger_delete_delete_4aaf1', table='elearning_elsewhereclaim', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ElsewhereClaimHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('on', models.DateField()),
                ('where', models.CharField(max_length=200)),
                ('what_proves_it', models.TextField(blank=True, max_length=1000)),
                ('proof_name', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('', 'Waiting for an answer'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], default='', max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='elearning.elsewhereclaim')),
                ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.courseversion')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e5d0738dda6ecd0c53d11bdb266e19974f26c73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76cb7', table='elearning_elsewhereclaimhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PlatformAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=60, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='platform_accounts', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='platform_account_has_a_number')],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
