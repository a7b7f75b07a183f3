from tortoise import migrations
from tortoise.migrations import operations as ops
from models.dossiers import SnapshotState
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0002_pack_drafts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Snapshot',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('dossier', fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=True, to_field='id', related_name='snapshots', on_delete=OnDelete.CASCADE)),
                ('state', fields.CharEnumField(description='TRANSMITTED: transmitted\nFINALISED: finalised', enum_type=SnapshotState, max_length=12)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('pack', fields.CharField(max_length=40)),
                ('data_hash', fields.CharField(max_length=64)),
                ('documents', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('previous', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'snapshot', 'app': 'models', 'indexes': [Index(fields=['dossier_id', 'id'])], 'pk_attr': 'id', 'table_description': "The values of a dossier as they were transmitted or finalised: what next year's `#` reads."},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='CellChange',
            name='batch',
            field=fields.UUIDField(null=True),
        ),
        ops.AddIndex(
            model_name='CellChange',
            index=Index(fields=['dossier_id', 'batch']),
        ),
    ]
