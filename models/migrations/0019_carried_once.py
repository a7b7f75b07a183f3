from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    """A thread goes on in one dossier of the next year, whoever carries it at once (docs/decisions/0014)."""

    dependencies = [('models', '0018_mail_outcomes')]

    initial = False

    operations = [
        ops.AlterField(
            model_name='Thread',
            name='carried_from',
            field=fields.UUIDField(null=True, unique=True),
        ),
    ]
