from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0007_lists')]

    initial = False

    operations = [
        ops.AddField(
            model_name='User',
            name='password_set_by',
            field=fields.ForeignKeyField('models.User', source_field='password_set_by_id', null=True, db_constraint=True, to_field='id', related_name='passwords_set', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='User',
            name='password_set_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
