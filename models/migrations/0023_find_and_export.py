from tortoise import migrations
from tortoise.migrations import operations as ops
from models.exporting import MassExportItemState, MassExportKind, MassExportState
from models.finding import LabelTone
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0022_withdrawn_exceptions')]

    initial = False

    operations = [
        ops.CreateModel(
            name='KeptDocument',
            fields=[
                ('key', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('file_key', fields.CharField(max_length=200)),
                ('size', fields.BigIntField()),
                ('sha256', fields.CharField(max_length=64)),
                ('pages', fields.IntField()),
                ('places', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'kept_document', 'app': 'models', 'indexes': [Index(fields=['used_at'])], 'pk_attr': 'key', 'table_description': 'A whole dossier printed once, for whoever may have the very same again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Label',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', on_delete=OnDelete.CASCADE)),
                ('name', fields.CharField(max_length=40)),
                ('folded', fields.CharField(max_length=60)),
                ('tone', fields.CharEnumField(default=LabelTone.GREY, description='BLUE: blue\nGREEN: green\nAMBER: amber\nRED: red\nVIOLET: violet\nGREY: grey', enum_type=LabelTone, max_length=8)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'label', 'app': 'models', 'unique_together': (('organization', 'folded'),), 'pk_attr': 'id', 'table_description': 'A word that an organization puts on dossiers for itself; no other organization knows of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DossierLabel',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('label', fields.ForeignKeyField('models.Label', source_field='label_id', db_constraint=True, to_field='id', related_name='dossiers', on_delete=OnDelete.CASCADE)),
                ('dossier', fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=True, to_field='id', related_name='labels', on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'dossier_label', 'app': 'models', 'unique_together': (('label', 'dossier'),), 'indexes': [Index(fields=['dossier_id'])], 'pk_attr': 'id', 'table_description': 'A label on a dossier.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ListView',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', on_delete=OnDelete.CASCADE)),
                ('place', fields.CharField(max_length=16)),
                ('columns', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('paged', fields.BooleanField(default=False)),
            ],
            options={'table': 'list_view', 'app': 'models', 'unique_together': (('user', 'place'),), 'pk_attr': 'id', 'table_description': 'How a person likes one of his lists: its columns in order, and whether it is cut into pages.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MassExport',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharEnumField(description='PDF: pdf\nONE_PDF: one_pdf\nXML: xml\nDOSSIER: dossier\nSHEET: sheet\nCOPY: copy', enum_type=MassExportKind, max_length=8)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('client', fields.ForeignKeyField('models.MachineClient', source_field='client_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('tabs', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('accessible', fields.BooleanField(default=False)),
                ('state', fields.CharEnumField(default=MassExportState.WAITING, description='WAITING: waiting\nRUNNING: running\nREADY: ready\nFAILED: failed\nCANCELLED: cancelled', enum_type=MassExportState, max_length=10)),
                ('done', fields.IntField(default=0)),
                ('failed', fields.IntField(default=0)),
                ('total', fields.IntField()),
                ('attempts', fields.SmallIntField(default=0)),
                ('error_code', fields.CharField(default='', max_length=60)),
                ('error', fields.CharField(default='', max_length=500)),
                ('file_name', fields.CharField(default='', max_length=200)),
                ('file_key', fields.CharField(default='', max_length=200)),
                ('size', fields.BigIntField(default=0)),
                ('sha256', fields.CharField(default='', max_length=64)),
                ('requested_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'mass_export', 'app': 'models', 'indexes': [Index(fields=['user_id', 'requested_at']), Index(fields=['client_id', 'requested_at'])], 'pk_attr': 'id', 'table_description': 'One export of several dossiers, asked for by one person or machine client, made by a job.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MassExportItem',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('export', fields.ForeignKeyField('models.MassExport', source_field='export_id', db_constraint=True, to_field='id', related_name='items', on_delete=OnDelete.CASCADE)),
                ('position', fields.IntField()),
                ('dossier', fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharEnumField(default=MassExportItemState.WAITING, description='WAITING: waiting\nMADE: made\nFAILED: failed', enum_type=MassExportItemState, max_length=8)),
                ('attempts', fields.SmallIntField(default=0)),
                ('files', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('held', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('article', fields.CharField(default='', max_length=200)),
                ('error_code', fields.CharField(default='', max_length=60)),
                ('error', fields.CharField(default='', max_length=500)),
                ('made_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'mass_export_item', 'app': 'models', 'unique_together': (('export', 'dossier'), ('export', 'position')), 'pk_attr': 'id', 'table_description': 'One dossier of a mass export.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', on_delete=OnDelete.CASCADE)),
                ('name', fields.CharField(max_length=80)),
                ('criteria', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('sort', fields.CharField(default='code', max_length=24)),
                ('descending', fields.BooleanField(default=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'saved_search', 'app': 'models', 'unique_together': (('user', 'name'),), 'pk_attr': 'id', 'table_description': "A search that a person gave a name; `criteria` as the schema's input writes them."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WorkList',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('owner', fields.ForeignKeyField('models.User', source_field='owner_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('name', fields.CharField(default='', max_length=80)),
                ('shared', fields.BooleanField(default=False)),
                ('sort', fields.CharField(default='code', max_length=24)),
                ('descending', fields.BooleanField(default=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'work_list', 'app': 'models', 'unique_together': (('owner', 'name'),), 'indexes': [Index(fields=['organization_id', 'shared'])], 'pk_attr': 'id', 'table_description': 'Dossiers gathered by a person for work in bulk (manual §7), with the sort of its columns.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WorkListItem',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('work_list', fields.ForeignKeyField('models.WorkList', source_field='work_list_id', db_constraint=True, to_field='id', related_name='items', on_delete=OnDelete.CASCADE)),
                ('dossier', fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=True, to_field='id', on_delete=OnDelete.CASCADE)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('added_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'work_list_item', 'app': 'models', 'unique_together': (('work_list', 'dossier'),), 'pk_attr': 'id', 'table_description': 'One dossier of a work list; its readers are those who may read the dossier, and no others.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Export',
            name='blank',
            field=fields.BooleanField(default=False),
        ),
    ]
