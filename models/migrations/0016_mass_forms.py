from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0015_event_xid')]

    initial = False

    operations = [
        ops.AddField(
            model_name='MassMove',
            name='label',
            field=fields.CharField(default='', max_length=200),
        ),
        ops.AddField(
            model_name='MassMove',
            name='platform',
            field=fields.CharField(default='', max_length=16),
        ),
        ops.AddField(
            model_name='MassMove',
            name='form',
            field=fields.CharField(default='', max_length=16),
        ),
        ops.AddField(
            model_name='MassMoveItem',
            name='attempts',
            field=fields.SmallIntField(default=0),
        ),
    ]
