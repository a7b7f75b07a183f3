from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint


class Migration(migrations.Migration):
    dependencies = [('models', '0016_mass_forms')]

    initial = False

    operations = [
        ops.RemoveConstraint(
            model_name='VisaAct',
            name=None,
            fields=['dossier', 'passage', 'visa', 'holder'],
        ),
        ops.AddField(
            model_name='VisaAct',
            name='round',
            field=fields.SmallIntField(default=0),
        ),
        ops.AddConstraint(
            model_name='VisaAct',
            constraint=UniqueConstraint(fields=('dossier', 'passage', 'round', 'visa', 'holder', 'data_hash'), name=None),
        ),
        ops.AlterModelOptions(
            name='VisaAct',
            options={'table': 'visa_act', 'app': 'models', 'unique_together': (('dossier', 'passage', 'round', 'visa', 'holder', 'data_hash'),), 'pk_attr': 'id', 'table_description': 'One answer to a visa, in a round: a return begins anew, and so does taking back what was handed back.'},
        ),
    ]
