from tortoise import migrations
from tortoise.migrations import operations as ops

# The journal is only ever added to: whoever changes it must first change the schema, and the chain of hashes
# shows what he changed even so (docs/decisions/0012).
FORWARD = """
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END;
$$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION journal_append_only();
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only();
CREATE TRIGGER event_seal_append_only BEFORE UPDATE OR DELETE ON event_seal
    FOR EACH ROW EXECUTE FUNCTION journal_append_only();
CREATE TRIGGER event_seal_never_emptied BEFORE TRUNCATE ON event_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only();

-- Whoever writes a dossier without naming its substep means none.
ALTER TABLE dossier ALTER COLUMN substep SET DEFAULT '';

-- One open at a time, whoever asks at once.
CREATE UNIQUE INDEX hand_back_open ON hand_back (dossier_id) WHERE taken_at IS NULL;
CREATE UNIQUE INDEX reopening_request_open ON reopening_request (dossier_id) WHERE answered_at IS NULL;
CREATE UNIQUE INDEX supervision_trail_open ON supervision_trail (session) WHERE ended_at IS NULL;
CREATE INDEX notification_waiting ON notification (user_id, delivery)
    WHERE mailed_at IS NULL AND withheld_at IS NULL;
"""
BACKWARD = """
ALTER TABLE dossier ALTER COLUMN substep DROP DEFAULT;
DROP INDEX notification_waiting, supervision_trail_open, reopening_request_open, hand_back_open;
DROP TRIGGER event_seal_never_emptied ON event_seal;
DROP TRIGGER event_seal_append_only ON event_seal;
DROP TRIGGER event_never_emptied ON event;
DROP TRIGGER event_append_only ON event;
DROP FUNCTION journal_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [('models', '0012_life')]

    initial = False

    operations = [ops.RunSQL(sql=FORWARD, reverse_sql=BACKWARD)]
