from tortoise import migrations
from tortoise.migrations import operations as ops
from models.policy import ProposalState
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0005_history_without_keys')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ConsentChange',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('organism', fields.ForeignKeyField('models.Organism', source_field='organism_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('partner', fields.ForeignKeyField('models.Organization', source_field='partner_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('platform', fields.ForeignKeyField('models.Platform', source_field='platform_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('form', fields.CharField(max_length=16)),
                ('year', fields.SmallIntField()),
                ('given', fields.BooleanField()),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'consent_change', 'app': 'models', 'indexes': [Index(fields=['organism_id', 'at'])], 'pk_attr': 'id', 'table_description': 'One answer of an organism to a partner, kept when it changes its mind.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ConventionRevision',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('convention', fields.ForeignKeyField('models.Convention', source_field='convention_id', db_constraint=True, to_field='id', related_name='revisions', on_delete=OnDelete.CASCADE)),
                ('revision', fields.IntField()),
                ('event', fields.CharField(max_length=20)),
                ('content', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('policy_version', fields.IntField(null=True)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'convention_revision', 'app': 'models', 'unique_together': (('convention', 'revision'),), 'pk_attr': 'id', 'table_description': 'What a convention said from one accepted change to the next; `content` is the whole of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DossierReading',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('dossier', fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=True, to_field='id', related_name='readings', on_delete=OnDelete.CASCADE)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('subject', fields.CharField(max_length=100)),
                ('name', fields.CharField(max_length=170)),
                ('channel', fields.CharField(max_length=16)),
                ('ref', fields.CharField(max_length=300)),
                ('day', fields.DateField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'dossier_reading', 'app': 'models', 'unique_together': (('dossier', 'subject', 'channel', 'day'),), 'pk_attr': 'id', 'table_description': 'Someone outside the organism read or took away its dossier, once a day a person and a channel.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PolicyProposal',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('platform', fields.ForeignKeyField('models.Platform', source_field='platform_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('comment', fields.CharField(max_length=300)),
                ('base_version', fields.IntField()),
                ('edits', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('effective_on', fields.DateField(null=True)),
                ('state', fields.CharEnumField(description='AWAITING_SIGNATURE: awaiting_signature\nSCHEDULED: scheduled\nAPPLIED: applied\nREFUSED: refused\nWITHDRAWN: withdrawn\nFAILED: failed', enum_type=ProposalState, max_length=20)),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', db_constraint=True, to_field='id', related_name='proposals', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('signer', fields.ForeignKeyField('models.User', source_field='signer_id', null=True, db_constraint=True, to_field='id', related_name='signed_proposals', on_delete=OnDelete.RESTRICT)),
                ('signed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('reason', fields.CharField(default='', max_length=500)),
                ('applied_version', fields.IntField(null=True)),
            ],
            options={'table': 'policy_proposal', 'app': 'models', 'indexes': [Index(fields=['platform_id', 'state'])], 'pk_attr': 'id', 'table_description': "A change of a platform's policy that was asked for: applied at once, on a date, or once signed."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PolicyTest',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('platform', fields.ForeignKeyField('models.Platform', source_field='platform_id', db_constraint=True, to_field='code', on_delete=OnDelete.RESTRICT)),
                ('sentence', fields.CharField(max_length=300)),
                ('actor', fields.CharField(max_length=100)),
                ('right', fields.CharField(max_length=40)),
                ('form', fields.CharField(max_length=16)),
                ('year', fields.SmallIntField(null=True)),
                ('organisms', fields.CharField(max_length=40)),
                ('steps', fields.CharField(max_length=7)),
                ('expected', fields.BooleanField()),
                ('author', fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'policy_test', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A sentence that must stay true: « la CDC ne lit jamais le dossier d’une SEM avant l’étape 4 ».'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Convention',
            name='articles',
            field=fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name='Convention',
            name='published_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Convention',
            name='purpose',
            field=fields.TextField(default='', unique=False),
        ),
        ops.AddField(
            model_name='Convention',
            name='renews',
            field=fields.ForeignKeyField('models.Convention', source_field='renews_id', null=True, db_constraint=True, to_field='id', related_name='renewals', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Convention',
            name='revision',
            field=fields.IntField(default=1),
        ),
        ops.AddField(
            model_name='Convention',
            name='signed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Convention',
            name='signed_key',
            field=fields.CharField(default='', max_length=200),
        ),
        ops.AddField(
            model_name='Convention',
            name='signed_name',
            field=fields.CharField(default='', max_length=200),
        ),
        ops.AddField(
            model_name='Convention',
            name='signed_sha256',
            field=fields.CharField(default='', max_length=64),
        ),
        ops.AddField(
            model_name='Convention',
            name='signed_size',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Convention',
            name='suspended_since',
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name='Convention',
            name='suspended_until',
            field=fields.DateField(null=True),
        ),
        ops.AlterField(
            model_name='Notification',
            name='dossier',
            field=fields.ForeignKeyField('models.Dossier', source_field='dossier_id', null=True, db_constraint=True, to_field='id', on_delete=OnDelete.CASCADE),
        ),
        ops.AddField(
            model_name='Notification',
            name='path',
            field=fields.CharField(default='', max_length=200),
        ),
        ops.AddField(
            model_name='Notification',
            name='subject',
            field=fields.CharField(default='', max_length=120),
        ),
        ops.AddField(
            model_name='Organization',
            name='version',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Platform',
            name='second_signature',
            field=fields.BooleanField(default=False),
        ),
        ops.AddIndex(
            model_name='PolicyRow',
            index=Index(fields=['since_version']),
        ),
        ops.AddField(
            model_name='PolicyVersion',
            name='proposal',
            field=fields.ForeignKeyField('models.PolicyProposal', source_field='proposal_id', null=True, db_constraint=True, to_field='id', related_name='versions', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='PolicyVersion',
            name='touched',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name='User',
            name='civility',
            field=fields.CharField(default='', max_length=8),
        ),
        ops.AddField(
            model_name='User',
            name='default_profile',
            field=fields.CharField(default='', max_length=60),
        ),
        ops.AddField(
            model_name='User',
            name='home_form',
            field=fields.CharField(default='', max_length=16),
        ),
        ops.AddField(
            model_name='User',
            name='home_year',
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name='User',
            name='mobile',
            field=fields.CharField(default='', max_length=30),
        ),
        ops.AddField(
            model_name='User',
            name='service',
            field=fields.CharField(default='', max_length=120),
        ),
        ops.AddField(
            model_name='User',
            name='version',
            field=fields.IntField(default=0),
        ),
        # Every convention of before has its lines in the policy already.
        ops.RunSQL(sql="UPDATE convention SET published_at = now()", reverse_sql="SELECT 1"),
        # Lines of the first layer say which tabs they open, before their effect. The way back leaves a line
        # on some tabs as it is: without its limit it would give the whole dossier.
        ops.RunSQL(
            sql="UPDATE policy_row SET \"values\" = jsonb_insert(\"values\", '{9}', '\"*\"') "
            "WHERE ptype = 'p' AND jsonb_array_length(\"values\") = 11",
            reverse_sql="UPDATE policy_row SET \"values\" = \"values\" - 9 "
            "WHERE ptype = 'p' AND jsonb_array_length(\"values\") = 12 AND \"values\"->>9 = '*'",
        ),
    ]
