import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import training.web.references
import training.web.triggers
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name='AgencyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mobile', models.CharField(blank=True, max_length=20)),
                ('is_name_private', models.BooleanField(default=False)),
                ('standing', models.CharField(choices=[('active', 'Active'), ('provisional', 'To settle'), ('merged', 'Joined to another record'), ('closed', 'Closed')], default='active', max_length=12)),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='people.person')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), name='person_email_lower'), django.contrib.postgres.indexes.GinIndex(fields=['name'], name='person_name_trigrams', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('standing', 'merged')), models.Q(models.Q(('standing', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='person_merged_names_the_other'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='person_has_a_name')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personhistory" ("created_at", "email", "id", "is_name_private", "merged_into_id", "mobile", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "standing") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_name_private", NEW."merged_into_id", NEW."mobile", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."revision", NEW."standing"); RETURN NULL;', hash='ebceef9285403ae8d36b7a6d21c2e452f8ea24b9', operation='INSERT', pgid='pgtrigger_insert_insert_65688', table='people_person', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_personhistory" ("created_at", "email", "id", "is_name_private", "merged_into_id", "mobile", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "standing") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_name_private", NEW."merged_into_id", NEW."mobile", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."revision", NEW."standing"); RETURN NULL;', hash='d19e08113f7340a4ffc07806c6b679e7c0681f8e', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personhistory" ("created_at", "email", "id", "is_name_private", "merged_into_id", "mobile", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "standing") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_name_private", OLD."merged_into_id", OLD."mobile", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."revision", OLD."standing"); RETURN NULL;', hash='c46c63bd25963b3aa1d09576cd2d84a36f62a0fd', operation='DELETE', pgid='pgtrigger_delete_delete_2ca2d', table='people_person', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sign_out_count', models.PositiveIntegerField(default=0)),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_is_unique')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sign_out_count"); RETURN NULL;', hash='412ae66e28f0f463b3b4aee298979b44d9a525e2', operation='INSERT', pgid='pgtrigger_insert_insert_7e9ab', table='people_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."sign_out_count" IS DISTINCT FROM (NEW."sign_out_count"))', func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_out_count"); RETURN NULL;', hash='156f9b35abb4b8d31c2cf1114ea4f6bf36d70acf', operation='UPDATE', pgid='pgtrigger_update_update_86e64', table='people_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sign_out_count"); RETURN NULL;', hash='b41e38d75d03326d8ab302310d6481997d46e189', operation='DELETE', pgid='pgtrigger_delete_delete_bec80', table='people_user', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='IdentityClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('made_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('same', 'The same person'), ('other', 'Somebody else')], max_length=8)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims_on', to='people.person')),
                ('newcomer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims_made', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('newcomer', 'known'), name='identity_claim_once_a_pair'), models.CheckConstraint(condition=models.Q(('newcomer', models.F('known')), _negated=True), name='identity_claim_of_two_records'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='identity_claim_settled_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='PersonHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mobile', models.CharField(blank=True, max_length=20)),
                ('is_name_private', models.BooleanField(default=False)),
                ('standing', models.CharField(choices=[('active', 'Active'), ('provisional', 'To settle'), ('merged', 'Joined to another record'), ('closed', 'Closed')], default='active', max_length=12)),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.person')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0b5f85dfb45fed9d4c9b1ae604ebb5c0d50e4f31', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b1851', table='people_personhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PersonView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(help_text='The URL name of the page.', max_length=80)),
                ('reason', models.CharField(blank=True, help_text='Why, where the page asks for it.', max_length=80)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='people.person')),
                ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='person_view_latest')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='second_factor_resets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='second_factor_reset_has_a_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e64d78f61255db43113b04b9c2d8fe530fa47e9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7834', table='people_secondfactorreset', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.FloatField(help_text='0 for a code that was used up.')),
                ('expires_at', models.FloatField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'sign-in tries',
                'constraints': [models.UniqueConstraint(fields=('key', 'at'), name='sign_in_try_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('catalogue', 'Courses and dates'), ('people', 'People and organisations'), ('bookings', 'Bookings and attendance'), ('e_learning', 'Completions of e-learning')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('said', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='upload_expires_later'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('content', b''), _connector='OR'), name='upload_done_holds_nothing')],
            },
        ),
        migrations.CreateModel(
            name='UserHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('email', models.EmailField(max_length=254)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sign_out_count', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='929268f86bf9646872a9c006a5b8cdc2218647b3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bddcd', table='people_userhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=20)),
                ('sector', models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20)),
                ('kind', models.CharField(blank=True, choices=[('partner', 'Partner that pays into the partnership'), ('maintained', 'Maintained school'), ('academy', 'Academy or free school'), ('independent', 'Independent school or private company'), ('charity', 'Charity or faith group'), ('small', 'Turnover under £100,000'), ('outside', 'From outside our area')], max_length=12)),
                ('email_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
                ('headcount', models.PositiveIntegerField(blank=True, null=True)),
                ('is_charge_exempt', models.BooleanField(default=False)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('standing', models.CharField(choices=[('settled', 'Known'), ('provisional', 'To settle'), ('closed', 'Closed')], default='settled', max_length=12)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='people.agency')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='people.agencygroup')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['name'], name='agency_name_trigrams', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='agency_name_is_unique'), models.UniqueConstraint(django.db.models.functions.text.Lower('short_name'), condition=models.Q(('short_name', ''), _negated=True), name='agency_short_name_is_unique'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('standing', 'closed'), _connector='OR'), name='agency_with_a_successor_is_closed'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('pk')), _negated=True), _connector='OR'), name='agency_does_not_follow_itself')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_agencyhistory" ("address", "email_domains", "group_id", "headcount", "id", "is_charge_exempt", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sector", "short_name", "standing", "successor_id") VALUES (NEW."address", NEW."email_domains", NEW."group_id", NEW."headcount", NEW."id", NEW."is_charge_exempt", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."revision", NEW."sector", NEW."short_name", NEW."standing", NEW."successor_id"); RETURN NULL;', hash='142cd4a3e42251d066bde49aa664f9273004c892', operation='INSERT', pgid='pgtrigger_insert_insert_00591', table='people_agency', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_agencyhistory" ("address", "email_domains", "group_id", "headcount", "id", "is_charge_exempt", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sector", "short_name", "standing", "successor_id") VALUES (NEW."address", NEW."email_domains", NEW."group_id", NEW."headcount", NEW."id", NEW."is_charge_exempt", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."revision", NEW."sector", NEW."short_name", NEW."standing", NEW."successor_id"); RETURN NULL;', hash='61d12dcc1e83f99c9b95038d31f6800bc249c783', operation='UPDATE', pgid='pgtrigger_update_update_26f49', table='people_agency', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_agencyhistory" ("address", "email_domains", "group_id", "headcount", "id", "is_charge_exempt", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "revision", "sector", "short_name", "standing", "successor_id") VALUES (OLD."address", OLD."email_domains", OLD."group_id", OLD."headcount", OLD."id", OLD."is_charge_exempt", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."revision", OLD."sector", OLD."short_name", OLD."standing", OLD."successor_id"); RETURN NULL;', hash='3e459bc1784542b12c2df16edd07521393bc95f3', operation='DELETE', pgid='pgtrigger_delete_delete_7119f', table='people_agency', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('agency_lead', 'Agency training lead'), ('trainer', 'Trainer'), ('coordinator', 'Coordinator'), ('bid_evaluator', 'Bid evaluator'), ('panel_moderator', 'Panel moderator'), ('bidder', 'Bidder'), ('provider_manager', 'Provider’s manager'), ('expert', 'Subject-matter expert'), ('pdl_member', 'PDL member'), ('executive', 'Executive member'), ('duty', 'Safeguarding duty person'), ('administrator', 'Administrator')], max_length=20)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('granted_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to='people.agency')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('role', 'agency_lead')), models.Q(models.Q(('role', 'agency_lead'), _negated=True), ('agency__isnull', True)), _connector='OR'), name='role_grant_lead_has_an_agency'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('role', '='), (django.db.models.functions.comparison.Coalesce('agency', models.Value(0)), '='), ('period', '&&')], name='role_grant_once_at_a_time'), models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False)), name='role_grant_period_starts')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_rolegranthistory" ("agency_id", "granted_at", "granted_by_id", "id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role") VALUES (NEW."agency_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."role"); RETURN NULL;', hash='233016df789970a9ed546e5d0011165a4abd653a', operation='INSERT', pgid='pgtrigger_insert_insert_8ee7b', table='people_rolegrant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_rolegranthistory" ("agency_id", "granted_at", "granted_by_id", "id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role") VALUES (NEW."agency_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."role"); RETURN NULL;', hash='a93d35f19e5f315bfa4eed51c316075b6d8a9080', operation='UPDATE', pgid='pgtrigger_update_update_caacd', table='people_rolegrant', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_rolegranthistory" ("agency_id", "granted_at", "granted_by_id", "id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role") VALUES (OLD."agency_id", OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."period", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."role"); RETURN NULL;', hash='8d8bbb3990c7e7a24a1cfefe41cbc6f2b3b51a8a', operation='DELETE', pgid='pgtrigger_delete_delete_bd118', table='people_rolegrant', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RoleGrantHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('agency_lead', 'Agency training lead'), ('trainer', 'Trainer'), ('coordinator', 'Coordinator'), ('bid_evaluator', 'Bid evaluator'), ('panel_moderator', 'Panel moderator'), ('bidder', 'Bidder'), ('provider_manager', 'Provider’s manager'), ('expert', 'Subject-matter expert'), ('pdl_member', 'PDL member'), ('executive', 'Executive member'), ('duty', 'Safeguarding duty person'), ('administrator', 'Administrator')], max_length=20)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('granted_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('granted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.rolegrant')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fff97f9e8aae28201025632f5cdcff735e79a32e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9066d', table='people_rolegranthistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyHeadcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('daily', models.PositiveIntegerField()),
                ('sometimes', models.PositiveIntegerField()),
                ('rarely', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcounts', to='people.agency')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year'), name='agency_headcount_once_a_year'), models.CheckConstraint(condition=models.Q(('daily__gt', 0), ('sometimes__gt', 0), ('rarely__gt', 0), _connector='OR'), name='agency_headcount_counts_somebody'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='agency_headcount_year_is_near'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='agency_headcount_names_its_source')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_agencyheadcounthistory" ("agency_id", "daily", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rarely", "recorded_at", "recorded_by_id", "sometimes", "source", "year") VALUES (NEW."agency_id", NEW."daily", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rarely", NEW."recorded_at", NEW."recorded_by_id", NEW."sometimes", NEW."source", NEW."year"); RETURN NULL;', hash='7bb62c534461fc22ee8f08e08bd437dcc2ce25db', operation='INSERT', pgid='pgtrigger_insert_insert_21ee4', table='people_agencyheadcount', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_agencyheadcounthistory" ("agency_id", "daily", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rarely", "recorded_at", "recorded_by_id", "sometimes", "source", "year") VALUES (NEW."agency_id", NEW."daily", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rarely", NEW."recorded_at", NEW."recorded_by_id", NEW."sometimes", NEW."source", NEW."year"); RETURN NULL;', hash='f9ee963287186a4bc19249fc69de8f0158ce7c6e', operation='UPDATE', pgid='pgtrigger_update_update_dc307', table='people_agencyheadcount', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_agencyheadcounthistory" ("agency_id", "daily", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rarely", "recorded_at", "recorded_by_id", "sometimes", "source", "year") VALUES (OLD."agency_id", OLD."daily", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rarely", OLD."recorded_at", OLD."recorded_by_id", OLD."sometimes", OLD."source", OLD."year"); RETURN NULL;', hash='b2196c9e3f6359ecf8e233e82391da69e44738f1', operation='DELETE', pgid='pgtrigger_delete_delete_f4a56', table='people_agencyheadcount', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyHeadcountHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('daily', models.PositiveIntegerField()),
                ('sometimes', models.PositiveIntegerField()),
                ('rarely', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.agencyheadcount')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c56b3c28e6a2b9ca50b00f0805adb85ff0d2b51b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ec82', table='people_agencyheadcounthistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AgencyHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=20)),
                ('sector', models.CharField(choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20)),
                ('kind', models.CharField(blank=True, choices=[('partner', 'Partner that pays into the partnership'), ('maintained', 'Maintained school'), ('academy', 'Academy or free school'), ('independent', 'Independent school or private company'), ('charity', 'Charity or faith group'), ('small', 'Turnover under £100,000'), ('outside', 'From outside our area')], max_length=12)),
                ('email_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
                ('headcount', models.PositiveIntegerField(blank=True, null=True)),
                ('is_charge_exempt', models.BooleanField(default=False)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('standing', models.CharField(choices=[('settled', 'Known'), ('provisional', 'To settle'), ('closed', 'Closed')], default='settled', max_length=12)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agencygroup')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.agency')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='be8604c515423bfd3054ab30afef0a2ffd3cfb16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8270c', table='people_agencyhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('employee', 'Employed'), ('agency_staff', 'Agency or bank staff'), ('volunteer', 'Volunteer'), ('student', 'Student on placement'), ('governor', 'Governor or trustee'), ('councillor', 'Councillor'), ('foster_carer', 'Foster carer'), ('self_employed', 'Self-employed, such as a childminder')], default='employee', max_length=16)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('employee_number', models.CharField(blank=True, max_length=40)),
                ('manager_name', models.CharField(blank=True, max_length=120)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('standing', models.CharField(choices=[('claimed', 'Said by the person'), ('recognised', 'E-mail address fits'), ('confirmed', 'Confirmed'), ('refused', 'Not their organisation')], max_length=12)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='employments', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('standing', 'refused'), _negated=True), expressions=[('person', '='), ('agency', '='), ('period', '&&')], name='employment_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='employment_settled_who_and_when'), models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='employment_period_has_days'), models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False)), name='employment_period_starts')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_employmenthistory" ("agency_id", "employee_number", "id", "job_title", "kind", "manager_email", "manager_name", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "standing") VALUES (NEW."agency_id", NEW."employee_number", NEW."id", NEW."job_title", NEW."kind", NEW."manager_email", NEW."manager_name", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settled_at", NEW."settled_by_id", NEW."standing"); RETURN NULL;', hash='e3c49ae90d2e363f7ec596b22ba19873dac27968', operation='INSERT', pgid='pgtrigger_insert_insert_95151', table='people_employment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_employmenthistory" ("agency_id", "employee_number", "id", "job_title", "kind", "manager_email", "manager_name", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "standing") VALUES (NEW."agency_id", NEW."employee_number", NEW."id", NEW."job_title", NEW."kind", NEW."manager_email", NEW."manager_name", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settled_at", NEW."settled_by_id", NEW."standing"); RETURN NULL;', hash='e5502db218eda254d8535587d750d453a033326c', operation='UPDATE', pgid='pgtrigger_update_update_a9fcf', table='people_employment', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_employmenthistory" ("agency_id", "employee_number", "id", "job_title", "kind", "manager_email", "manager_name", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "standing") VALUES (OLD."agency_id", OLD."employee_number", OLD."id", OLD."job_title", OLD."kind", OLD."manager_email", OLD."manager_name", OLD."period", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."settled_at", OLD."settled_by_id", OLD."standing"); RETURN NULL;', hash='fd079d9c75dc4ddfc2babb3d7cc7a19153b67533', operation='DELETE', pgid='pgtrigger_delete_delete_40bce', table='people_employment', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EmploymentHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('employee', 'Employed'), ('agency_staff', 'Agency or bank staff'), ('volunteer', 'Volunteer'), ('student', 'Student on placement'), ('governor', 'Governor or trustee'), ('councillor', 'Councillor'), ('foster_carer', 'Foster carer'), ('self_employed', 'Self-employed, such as a childminder')], default='employee', max_length=16)),
                ('job_title', models.CharField(blank=True, max_length=120)),
                ('employee_number', models.CharField(blank=True, max_length=40)),
                ('manager_name', models.CharField(blank=True, max_length=120)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('standing', models.CharField(choices=[('claimed', 'Said by the person'), ('recognised', 'E-mail address fits'), ('confirmed', 'Confirmed'), ('refused', 'Not their organisation')], max_length=12)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.agency')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.employment')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='48312da8e1e0dd64c92651a348b2c02d47a3b656', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b769', table='people_employmenthistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=40)),
                ('boards', models.JSONField(default=list, help_text="Names of the boards, such as the children's and the adults'.")),
                ('financial_year_starts_month', models.PositiveSmallIntegerField(default=4)),
                ('safety_contact', models.TextField(blank=True)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('withhold_below', models.PositiveSmallIntegerField(default=5)),
                ('certificates_wait_for_form', models.BooleanField(default=False)),
                ('payment_page', models.URLField(blank=True, max_length=300)),
                ('charges_from', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='partnership_is_one'), models.CheckConstraint(condition=models.Q(('financial_year_starts_month__range', (1, 12))), name='partnership_year_starts_in_a_month'), models.CheckConstraint(condition=models.Q(('withhold_below__gte', 3)), name='partnership_withholds_few')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_partnershiphistory" ("boards", "certificates_wait_for_form", "charges_from", "contact_email", "contact_phone", "financial_year_starts_month", "id", "name", "payment_page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "safety_contact", "short_name", "withhold_below") VALUES (NEW."boards", NEW."certificates_wait_for_form", NEW."charges_from", NEW."contact_email", NEW."contact_phone", NEW."financial_year_starts_month", NEW."id", NEW."name", NEW."payment_page", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision", NEW."safety_contact", NEW."short_name", NEW."withhold_below"); RETURN NULL;', hash='e90c88760d5f9a32babd0f32c3dae223885bd6d8', operation='INSERT', pgid='pgtrigger_insert_insert_517b3', table='people_partnership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_partnershiphistory" ("boards", "certificates_wait_for_form", "charges_from", "contact_email", "contact_phone", "financial_year_starts_month", "id", "name", "payment_page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "safety_contact", "short_name", "withhold_below") VALUES (NEW."boards", NEW."certificates_wait_for_form", NEW."charges_from", NEW."contact_email", NEW."contact_phone", NEW."financial_year_starts_month", NEW."id", NEW."name", NEW."payment_page", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision", NEW."safety_contact", NEW."short_name", NEW."withhold_below"); RETURN NULL;', hash='a845c6016eab1acf1a083d7f635e87dc3faf0829', operation='UPDATE', pgid='pgtrigger_update_update_75989', table='people_partnership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_partnershiphistory" ("boards", "certificates_wait_for_form", "charges_from", "contact_email", "contact_phone", "financial_year_starts_month", "id", "name", "payment_page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "safety_contact", "short_name", "withhold_below") VALUES (OLD."boards", OLD."certificates_wait_for_form", OLD."charges_from", OLD."contact_email", OLD."contact_phone", OLD."financial_year_starts_month", OLD."id", OLD."name", OLD."payment_page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision", OLD."safety_contact", OLD."short_name", OLD."withhold_below"); RETURN NULL;', hash='b1b7741e70b83af6fc32bb7bd8d5165611648cb7', operation='DELETE', pgid='pgtrigger_delete_delete_bb080', table='people_partnership', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PartnershipHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=40)),
                ('boards', models.JSONField(default=list, help_text="Names of the boards, such as the children's and the adults'.")),
                ('financial_year_starts_month', models.PositiveSmallIntegerField(default=4)),
                ('safety_contact', models.TextField(blank=True)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('withhold_below', models.PositiveSmallIntegerField(default=5)),
                ('certificates_wait_for_form', models.BooleanField(default=False)),
                ('payment_page', models.URLField(blank=True, max_length=300)),
                ('charges_from', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.partnership')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2dd6a8804e2eee68eee36368ee89f1bd35184dc7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2c51f', table='people_partnershiphistory', when='BEFORE'))],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
