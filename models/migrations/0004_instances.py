from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0003_snapshots')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='TabDocument',
            name='tab',
            field=fields.CharField(max_length=90),
        ),
        ops.AlterField(
            model_name='CellChange',
            name='cell',
            field=fields.CharField(max_length=160),
        ),
        ops.AlterField(
            model_name='Justification',
            name='check_id',
            field=fields.CharField(max_length=90),
        ),
    ]
