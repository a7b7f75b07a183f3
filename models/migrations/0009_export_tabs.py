from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.fields.data import JSON_DUMPS
from orjson import loads

class Migration(migrations.Migration):
    dependencies = [('models', '0008_password_authors')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Export',
            name='held',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
    ]
