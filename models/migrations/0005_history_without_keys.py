from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0004_instances')]

    initial = False

    operations = [
        # Tortoise leaves the constraints where they are when db_constraint changes.
        ops.RunSQL(
            sql="ALTER TABLE cell_change DROP CONSTRAINT IF EXISTS cell_change_author_id_fkey,"
            " DROP CONSTRAINT IF EXISTS cell_change_dossier_id_fkey",
            reverse_sql="ALTER TABLE cell_change"
            " ADD CONSTRAINT cell_change_author_id_fkey FOREIGN KEY (author_id) REFERENCES user_account (id)"
            " ON DELETE RESTRICT,"
            " ADD CONSTRAINT cell_change_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossier (id)"
            " ON DELETE CASCADE",
        ),
        ops.AlterField(
            model_name='CellChange',
            name='author',
            field=fields.ForeignKeyField('models.User', source_field='author_id', null=True, db_constraint=False, to_field='id', on_delete=OnDelete.RESTRICT),
        ),
        ops.AlterField(
            model_name='CellChange',
            name='dossier',
            field=fields.ForeignKeyField('models.Dossier', source_field='dossier_id', db_constraint=False, to_field='id', related_name='changes', on_delete=OnDelete.CASCADE),
        ),
    ]
