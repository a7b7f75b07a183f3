from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('models', '0023_find_and_export')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SealKey',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('pkcs12', fields.BinaryField()),
                ('sha256', fields.CharField(max_length=64)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'seal_key', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A key by which the installation signs the PDFs of its copies; the newest that has not ended signs.'},
            bases=['Model'],
        ),
    ]
