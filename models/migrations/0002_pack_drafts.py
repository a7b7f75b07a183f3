from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PackDraft',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('platform', fields.ForeignKeyField('models.Platform', source_field='platform_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('form', fields.CharField(max_length=16)),
                ('year', fields.SmallIntField()),
                ('base', fields.SmallIntField(null=True)),
                ('revision', fields.SmallIntField(null=True)),
                ('files', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('sha256', fields.CharField(max_length=64)),
                ('note', fields.CharField(default='', max_length=500)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=True, to_field='id', related_name='pack_drafts', on_delete=OnDelete.RESTRICT)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('publisher', fields.ForeignKeyField('models.User', source_field='publisher_id', null=True, db_constraint=True, to_field='id', related_name='published_packs', on_delete=OnDelete.RESTRICT)),
                ('published_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'pack_draft', 'app': 'models', 'unique_together': (('form', 'year', 'revision'),), 'pk_attr': 'id', 'table_description': 'The texts of one revision of a form; published once `revision` is given, and frozen from then on.'},
            bases=['Model'],
        ),
    ]
