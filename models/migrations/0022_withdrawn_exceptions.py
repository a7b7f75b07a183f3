from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# One in force a dossier and step, whoever grants at once; those withdrawn stay beside it.
FORWARD = "CREATE UNIQUE INDEX deadline_exception_open ON deadline_exception (dossier_id, step) WHERE removed_at IS NULL"
BACKWARD = "DELETE FROM deadline_exception WHERE removed_at IS NOT NULL; DROP INDEX deadline_exception_open"


class Migration(migrations.Migration):
    dependencies = [('models', '0021_hotline_refusals')]

    initial = False

    operations = [
        ops.RemoveConstraint(
            model_name='DeadlineException',
            name=None,
            fields=['dossier', 'step'],
        ),
        ops.AddField(
            model_name='DeadlineException',
            name='removed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='DeadlineException',
            name='removed_by',
            field=fields.ForeignKeyField('models.User', source_field='removed_by_id', null=True, db_constraint=True, to_field='id', related_name='removed_exceptions', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='DeadlineException',
            name='removed_reason',
            field=fields.CharField(default='', max_length=500),
        ),
        ops.RunSQL(sql=FORWARD, reverse_sql=BACKWARD),
    ]
