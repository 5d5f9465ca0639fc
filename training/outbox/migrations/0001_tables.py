import django.db.models.deletion
import training.outbox.models
import training.web.references
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='MailboxPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailbox', models.CharField(help_text='A digest of its address, which holds a password.', max_length=64, unique=True)),
                ('validity', models.BigIntegerField()),
                ('last_uid', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=training.web.references.new_reference, editable=False, max_length=8, unique=True)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(help_text='App and message, such as people.role_granted.', max_length=80)),
                ('message_id', models.CharField(default=training.outbox.models.new_message_id, editable=False, max_length=120, unique=True)),
                ('to_address', models.EmailField(blank=True, max_length=254)),
                ('to_number', models.CharField(blank=True, db_default='', default='', max_length=20)),
                ('to_name', models.CharField(blank=True, max_length=120)),
                ('person_reference', models.CharField(blank=True, db_index=True, max_length=8)),
                ('sender', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('calendar', models.TextField(blank=True)),
                ('calendar_method', models.CharField(blank=True, max_length=10)),
                ('unsubscribe_url', models.URLField(blank=True, max_length=300)),
                ('has_secret', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('pending', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('uncertain', 'May have been sent; will be sent again'), ('failed', 'Could not be sent'), ('expired', 'Too late to be of use; not tried again'), ('returned', 'Came back: it reached nobody')], default='pending', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('next_attempt_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('attempts_made', models.PositiveSmallIntegerField(default=0)),
                ('attempts_forgiven', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(models.F('next_attempt_at'), condition=models.Q(('state__in', ('pending', 'uncertain', 'sending'))), name='message_waiting'), models.Index(fields=['-created_at'], name='message_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'sending', 'sent', 'uncertain', 'failed', 'expired', 'returned'])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('leased_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('leased_until__isnull', True)), _connector='OR'), name='message_being_sent_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('calendar_method', '')), models.Q(models.Q(('calendar', ''), _negated=True), models.Q(('calendar_method', ''), _negated=True)), _connector='OR'), name='message_calendar_has_a_method'), models.CheckConstraint(condition=models.Q(models.Q(('to_number', ''), models.Q(('to_address', ''), _negated=True)), models.Q(models.Q(('to_number', ''), _negated=True), ('calendar', ''), ('has_secret', False), ('html', ''), ('to_address', '')), _connector='OR'), name='message_goes_to_one_place')],
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_id', models.CharField(max_length=250, unique=True)),
                ('kind', models.CharField(choices=[('returned', 'A message came back'), ('answered', 'A calendar answered')], max_length=8)),
                ('arrived_at', models.DateTimeField()),
                ('code', models.CharField(blank=True, max_length=12)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('uid', models.CharField(blank=True, max_length=200)),
                ('answer', models.CharField(blank=True, max_length=10)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='outbox.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['arrived_at'], name='incoming_mail_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', False), ('kind', 'returned')), models.Q(('about', None), ('kind', 'answered'), models.Q(('uid', ''), _negated=True)), _connector='OR'), name='incoming_mail_is_about_something')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('unfinished', 'Not known: the worker stopped'), ('accepted', 'The mail server took it'), ('uncertain', 'The mail server broke off after it had the text'), ('put_off', 'To be tried again'), ('refused', 'Refused for good')], default='unfinished', max_length=12)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='outbox.message')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('message', 'number'), name='attempt_number_once')],
            },
        ),
    ]
