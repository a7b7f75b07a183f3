from tortoise import fields, migrations
from tortoise.migrations import operations as ops

# What waits for a digest, and which days a person was sent one.
DIGESTS = "CREATE INDEX notification_digest ON notification (user_id, digest_on) WHERE delivery = 'digest'"


class Migration(migrations.Migration):
    dependencies = [('models', '0017_visa_rounds')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Notification',
            name='refused_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Notification',
            name='digest_on',
            field=fields.DateField(null=True),
        ),
        ops.RunSQL(sql=DIGESTS, reverse_sql="DROP INDEX notification_digest"),
    ]
