import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_uploads'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='user',
            name='sign_out_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='userhistory',
            name='sign_out_count',
            field=models.PositiveIntegerField(default=0),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sign_out_count"); RETURN NULL;', hash='412ae66e28f0f463b3b4aee298979b44d9a525e2', operation='INSERT', pgid='pgtrigger_insert_insert_7e9ab', table='people_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."sign_out_count" IS DISTINCT FROM (NEW."sign_out_count"))', func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_out_count"); RETURN NULL;', hash='156f9b35abb4b8d31c2cf1114ea4f6bf36d70acf', operation='UPDATE', pgid='pgtrigger_update_update_86e64', table='people_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_userhistory" ("created_at", "email", "id", "is_active", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_out_count") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sign_out_count"); RETURN NULL;', hash='b41e38d75d03326d8ab302310d6481997d46e189', operation='DELETE', pgid='pgtrigger_delete_delete_bec80', table='people_user', when='AFTER')),
        ),
    ]
