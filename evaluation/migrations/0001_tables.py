import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import training.web.references
import training.web.triggers
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bookings', '0001_tables'),
        ('catalogue', '0001_tables'),
        ('governance', '0001_tables'),
        ('people', '0001_tables'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ManagerDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('manager_name', models.CharField(blank=True, max_length=120)),
                ('month', models.DateField(help_text='Its first day.')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('posted_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('manager_email', ''), _negated=True), fields=('manager_email', 'month'), name='manager_asked_once_a_month'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('posted_at'))), name='manager_digest_open_for_a_while'), models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), models.Q(('reminded_at__gt', models.F('posted_at')), ('reminded_at__lt', models.F('closes_at'))), _connector='OR'), name='manager_digest_reminded_while_open'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='manager_digest_month_is_a_first_day')],
            },
        ),
        migrations.CreateModel(
            name='ManagerConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('saw_change', 'Saw a change'), ('not_yet', 'Not yet'), ('does_not_know', 'Does not know'), ('not_theirs', 'Not their person')], default='asked', max_length=14)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='manager_confirmation', to='bookings.booking')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='evaluation.managerdigest')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='manager_confirmation_answered_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'saw_change', 'not_yet', 'does_not_know', 'not_theirs'))), name='manager_confirmation_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('stage', models.CharField(blank=True, choices=[('baseline', 'Before the course'), ('end', 'At the end'), ('follow_up', 'Two months on')], max_length=10)),
                ('text', models.TextField()),
                ('found', models.CharField(choices=[('ticked', 'The writer said so'), ('matched', 'The words looked like it')], max_length=8)),
                ('raised_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.booking')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='catalogue.event')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('confirmation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.managerconfirmation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='concern_taken_who_and_when'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('taken_at__isnull', False), _connector='OR'), name='concern_closed_was_taken')],
            },
        ),
        migrations.CreateModel(
            name='ConcernStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='evaluation.concern')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MetricDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('definition', models.TextField()),
                ('in_force_from', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='metric_definition_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('baseline', 'Before the course'), ('end', 'At the end'), ('follow_up', 'Two months on')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questionnaires', to='catalogue.course')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('course__isnull', True)), fields=('stage',), name='questionnaire_one_default_a_stage'), models.UniqueConstraint(condition=models.Q(('course__isnull', False)), fields=('stage', 'course'), name='questionnaire_one_a_course')],
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('introduction', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='evaluation.questionnaire')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'number'), name='questionnaire_version_number_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('questionnaire',), name='questionnaire_has_one_current_version')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_questionnaireversionhistory" ("id", "introduction", "is_current", "made_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id") VALUES (NEW."id", NEW."introduction", NEW."is_current", NEW."made_at", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."questionnaire_id"); RETURN NULL;', hash='2444558c9961a20d2b652a963bc218f28ecd5dea', operation='INSERT', pgid='pgtrigger_insert_insert_3f5b2', table='evaluation_questionnaireversion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_questionnaireversionhistory" ("id", "introduction", "is_current", "made_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id") VALUES (NEW."id", NEW."introduction", NEW."is_current", NEW."made_at", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."questionnaire_id"); RETURN NULL;', hash='f49a00d3ceb809e9e79f8809348d7bcce7028cb3', operation='UPDATE', pgid='pgtrigger_update_update_6f934', table='evaluation_questionnaireversion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_questionnaireversionhistory" ("id", "introduction", "is_current", "made_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id") VALUES (OLD."id", OLD."introduction", OLD."is_current", OLD."made_at", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."questionnaire_id"); RETURN NULL;', hash='e1a1736cd7abf5de5b569c72eda44d42b781ca07', operation='DELETE', pgid='pgtrigger_delete_delete_ee6bc', table='evaluation_questionnaireversion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=40)),
                ('kind', models.CharField(choices=[('outcome_now', 'How confident now, for each outcome'), ('outcome_before', 'How confident before today, for each outcome'), ('rating', 'Agreement, 1 to 5'), ('choice', 'One of several'), ('text', 'In their own words')], max_length=16)),
                ('text', models.CharField(max_length=300)),
                ('help_text', models.CharField(blank=True, max_length=300)),
                ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('kirkpatrick', models.PositiveSmallIntegerField()),
                ('is_required', models.BooleanField(default=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evaluation.questionnaireversion')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'position'), name='question_position_once'), models.UniqueConstraint(fields=('version', 'code'), name='question_code_once'), models.CheckConstraint(condition=models.Q(('kirkpatrick__range', (1, 4))), name='question_level_is_kirkpatricks')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('stage', models.CharField(choices=[('baseline', 'Before the course'), ('end', 'At the end'), ('follow_up', 'Two months on')], max_length=10)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('due_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('posted_at', models.DateTimeField(blank=True, null=True)),
                ('reminders_made', models.PositiveSmallIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('is_spent', models.BooleanField(default=False)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='bookings.booking')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='evaluation.questionnaireversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_spent', False), ('posted_at__isnull', True)), fields=['due_at'], name='invitation_due')],
                'constraints': [models.UniqueConstraint(fields=('booking', 'stage'), name='invitation_once_a_stage'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('due_at'))), name='invitation_is_open_for_a_while'), models.CheckConstraint(condition=models.Q(('is_spent', True), ('answered_on__isnull', True), _connector='OR'), name='invitation_answered_is_spent')],
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireVersionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('introduction', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='evaluation.questionnaireversion')),
                ('questionnaire', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='evaluation.questionnaire')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71116100ab3bc1d2f2cf86613b48a2ea0271383c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_edfc9', table='evaluation_questionnaireversionhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('baseline', 'Before the course'), ('end', 'At the end'), ('follow_up', 'Two months on')], max_length=10)),
                ('pairing_key', models.CharField(max_length=64)),
                ('sector', models.CharField(blank=True, choices=[('council', 'Council'), ('health', 'Health'), ('police', 'Police'), ('education', 'Education'), ('early_years', 'Early years'), ('probation', 'Probation'), ('voluntary', 'Voluntary'), ('faith', 'Faith'), ('fire', 'Fire'), ('housing', 'Housing'), ('other', 'Other')], max_length=20)),
                ('on', models.DateField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='catalogue.event')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='evaluation.questionnaireversion')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'stage'], name='response_by_event_and_stage')],
                'constraints': [models.UniqueConstraint(fields=('pairing_key', 'stage'), name='response_once_a_person_and_stage')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('origin', models.CharField(choices=[('form', 'Somebody’s own answer'), ('manager', 'A manager’s example'), ('passed_on', 'An answer that was passed on to the duty people')], default='form', max_length=10)),
                ('was_passed_on', models.BooleanField(default=False)),
                ('stage', models.CharField(blank=True, choices=[('baseline', 'Before the course'), ('end', 'At the end'), ('follow_up', 'Two months on')], max_length=10)),
                ('on', models.DateField(blank=True, null=True)),
                ('text', models.TextField()),
                ('suspicions', models.JSONField(blank=True, default=list)),
                ('cleared_text', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('unscreened', 'To be read'), ('cleared', 'May be read in reports'), ('quotable', 'May be quoted'), ('withheld', 'Not to be shown')], default='unscreened', max_length=10)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loose_comments', to='catalogue.event')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='evaluation.question')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='evaluation.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='comment_once_a_question'), models.CheckConstraint(condition=models.Q(('state__in', ('unscreened', 'withheld')), models.Q(('cleared_text', ''), _negated=True), _connector='OR'), name='comment_cleared_has_a_text'), models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', True), ('on__isnull', True), ('origin', 'form'), ('question__isnull', False), ('response__isnull', False), ('stage', '')), models.Q(('event__isnull', False), ('on__isnull', False), ('origin__in', ('manager', 'passed_on')), ('question__isnull', True), ('response__isnull', True)), _connector='OR'), name='comment_is_of_a_response_or_a_date')],
            },
        ),
        migrations.CreateModel(
            name='CommentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('unscreened', 'To be read'), ('cleared', 'May be read in reports'), ('quotable', 'May be quoted'), ('withheld', 'Not to be shown')], max_length=10)),
                ('became', models.CharField(choices=[('unscreened', 'To be read'), ('cleared', 'May be read in reports'), ('quotable', 'May be quoted'), ('withheld', 'Not to be shown')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='evaluation.comment')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('claim', models.CharField(help_text='The behaviour that changed.', max_length=300)),
                ('source', models.CharField(max_length=200)),
                ('is_independent', models.BooleanField(default=False)),
                ('grade', models.CharField(choices=[('A', 'A: seen by somebody independent'), ('B', 'B: told by somebody else, with an instance'), ('C', 'C: the practitioner’s own account'), ('D', 'D: scores and intentions, not impact')], max_length=1)),
                ('period_starts_on', models.DateField()),
                ('period_ends_on', models.DateField()),
                ('count', models.PositiveIntegerField(blank=True, null=True)),
                ('possible', models.PositiveIntegerField(blank=True, null=True)),
                ('before', models.CharField(blank=True, max_length=200)),
                ('after', models.CharField(blank=True, max_length=200)),
                ('what_else_changed', models.TextField(blank=True)),
                ('what_contradicts', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('rejected', 'Not evidence')], default='draft', max_length=10)),
                ('expires_on', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('comment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='evaluation.comment')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='governance.decision')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('graded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='governance.priority')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='catalogue.courseversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('graded_by__isnull', False), _connector='OR'), name='evidence_approved_has_a_grader'), models.CheckConstraint(condition=models.Q(models.Q(('grade__in', ('A', 'B')), ('state', 'approved'), _negated=True), models.Q(('graded_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='evidence_strong_takes_two'), models.CheckConstraint(condition=models.Q(('period_ends_on__gte', models.F('period_starts_on'))), name='evidence_period_ends_later'), models.CheckConstraint(condition=models.Q(('count__isnull', True), ('possible__gte', models.F('count')), _connector='OR'), name='evidence_counts_within_the_possible')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_evidenceitemhistory" ("after", "before", "claim", "comment_id", "count", "decision_id", "drafted_by_id", "expires_on", "grade", "graded_by_id", "id", "is_independent", "period_ends_on", "period_starts_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "priority_id", "reference", "revision", "source", "state", "version_id", "what_contradicts", "what_else_changed") VALUES (NEW."after", NEW."before", NEW."claim", NEW."comment_id", NEW."count", NEW."decision_id", NEW."drafted_by_id", NEW."expires_on", NEW."grade", NEW."graded_by_id", NEW."id", NEW."is_independent", NEW."period_ends_on", NEW."period_starts_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."possible", NEW."priority_id", NEW."reference", NEW."revision", NEW."source", NEW."state", NEW."version_id", NEW."what_contradicts", NEW."what_else_changed"); RETURN NULL;', hash='2694c540094f4618ad6fdaa0b98e5c7d02f451eb', operation='INSERT', pgid='pgtrigger_insert_insert_94209', table='evaluation_evidenceitem', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_evidenceitemhistory" ("after", "before", "claim", "comment_id", "count", "decision_id", "drafted_by_id", "expires_on", "grade", "graded_by_id", "id", "is_independent", "period_ends_on", "period_starts_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "priority_id", "reference", "revision", "source", "state", "version_id", "what_contradicts", "what_else_changed") VALUES (NEW."after", NEW."before", NEW."claim", NEW."comment_id", NEW."count", NEW."decision_id", NEW."drafted_by_id", NEW."expires_on", NEW."grade", NEW."graded_by_id", NEW."id", NEW."is_independent", NEW."period_ends_on", NEW."period_starts_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."possible", NEW."priority_id", NEW."reference", NEW."revision", NEW."source", NEW."state", NEW."version_id", NEW."what_contradicts", NEW."what_else_changed"); RETURN NULL;', hash='71a087b277650916433adb0b5f0a5fdc2a7d8345', operation='UPDATE', pgid='pgtrigger_update_update_c6875', table='evaluation_evidenceitem', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_evidenceitemhistory" ("after", "before", "claim", "comment_id", "count", "decision_id", "drafted_by_id", "expires_on", "grade", "graded_by_id", "id", "is_independent", "period_ends_on", "period_starts_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "priority_id", "reference", "revision", "source", "state", "version_id", "what_contradicts", "what_else_changed") VALUES (OLD."after", OLD."before", OLD."claim", OLD."comment_id", OLD."count", OLD."decision_id", OLD."drafted_by_id", OLD."expires_on", OLD."grade", OLD."graded_by_id", OLD."id", OLD."is_independent", OLD."period_ends_on", OLD."period_starts_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."possible", OLD."priority_id", OLD."reference", OLD."revision", OLD."source", OLD."state", OLD."version_id", OLD."what_contradicts", OLD."what_else_changed"); RETURN NULL;', hash='1d1fa0cb7147aadd4bfc84618091d42fdebaf9b8', operation='DELETE', pgid='pgtrigger_delete_delete_41467', table='evaluation_evidenceitem', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EvidenceItemHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8)),
                ('claim', models.CharField(help_text='The behaviour that changed.', max_length=300)),
                ('source', models.CharField(max_length=200)),
                ('is_independent', models.BooleanField(default=False)),
                ('grade', models.CharField(choices=[('A', 'A: seen by somebody independent'), ('B', 'B: told by somebody else, with an instance'), ('C', 'C: the practitioner’s own account'), ('D', 'D: scores and intentions, not impact')], max_length=1)),
                ('period_starts_on', models.DateField()),
                ('period_ends_on', models.DateField()),
                ('count', models.PositiveIntegerField(blank=True, null=True)),
                ('possible', models.PositiveIntegerField(blank=True, null=True)),
                ('before', models.CharField(blank=True, max_length=200)),
                ('after', models.CharField(blank=True, max_length=200)),
                ('what_else_changed', models.TextField(blank=True)),
                ('what_contradicts', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('rejected', 'Not evidence')], default='draft', max_length=10)),
                ('expires_on', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('comment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='evaluation.comment')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.decision')),
                ('drafted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('graded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='evaluation.evidenceitem')),
                ('priority', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='governance.priority')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalogue.courseversion')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='879e396854710717185e7ea52a7a6495fa89dadf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0da1c', table='evaluation_evidenceitemhistory', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='EvidenceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('rejected', 'Not evidence')], max_length=10)),
                ('became', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('rejected', 'Not evidence')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='evaluation.evidenceitem')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('choice', models.CharField(blank=True, max_length=120)),
                ('outcome', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='catalogue.learningoutcome')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='evaluation.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.response')),
            ],
            options={
                'indexes': [models.Index(fields=['question', 'outcome'], name='answer_by_question')],
                'constraints': [models.UniqueConstraint(fields=('response', 'question', 'outcome'), name='answer_once_a_question', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('rating__isnull', True), ('rating__range', (1, 5)), _connector='OR'), name='answer_rating_is_1_to_5'), models.CheckConstraint(condition=models.Q(models.Q(('choice', ''), ('rating__isnull', False)), models.Q(('rating__isnull', True), models.Q(('choice', ''), _negated=True)), _connector='OR'), name='answer_is_a_rating_or_a_choice')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('scope', models.JSONField()),
                ('body', models.TextField(help_text='Canonical JSON: sorted keys, no spaces.')),
                ('section_hashes', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='governance.decision')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "body", "section_hashes", "scope" rows from % table\', TG_TABLE_NAME;', hash='526ff4d5f9bcd732facb1a67052bb4a11a04449c', operation='UPDATE OF "body", "section_hashes", "scope"', pgid='pgtrigger_published_stays_1713e', table='evaluation_snapshot', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='TakeOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Waits for a second administrator'), ('agreed', 'Waits for a worker'), ('making', 'Being written'), ('ready', 'Ready'), ('expired', 'Removed'), ('refused', 'Not agreed')], default='asked', max_length=8)),
                ('reason', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('size_bytes', models.PositiveBigIntegerField(default=0)),
                ('rows', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='take_out_has_a_reason'), models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='take_out_agreed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('ready', 'expired')), _negated=True), ('expires_at__isnull', False), _connector='OR'), name='take_out_ready_expires'), models.UniqueConstraint(models.Value(1), condition=models.Q(('state__in', ('asked', 'agreed', 'making'))), name='take_out_one_under_way')],
            },
        ),
        migrations.CreateModel(
            name='TakeOutPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('take_out', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='evaluation.takeout')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('take_out', 'number'), name='take_out_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='TakeOutStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('take_out', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='evaluation.takeout')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79520c37b38432816d9469b559bc646c1d76f144', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37609', table='evaluation_takeoutstep', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Unsealing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='unsealing', to='evaluation.concern')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='unsealing_takes_two'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='unsealing_agreed_who_and_when'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='unsealing_has_a_reason')],
            },
        ),
        training.web.triggers.InstallTriggers(
        ),
    ]
