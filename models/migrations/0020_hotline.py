from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0019_carried_once')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='SupervisionTrail',
            name=None,
            fields=['user_id', 'started_at'],
        ),
        ops.AddField(
            model_name='SupervisionTrail',
            name='platform',
            field=fields.CharField(max_length=16),
        ),
        ops.AddIndex(
            model_name='SupervisionTrail',
            index=Index(fields=['platform', 'started_at']),
        ),
        ops.AddField(
            model_name='SupportRequest',
            name='platform',
            field=fields.CharField(max_length=16),
        ),
    ]
