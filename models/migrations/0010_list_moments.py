from tortoise import migrations
from tortoise.migrations import operations as ops

# Every line of the summary of migration 0007 tells when it last moved, so that processes may hold all of it and
# read again what has moved since (docs/decisions/0010). The numbers are drawn under the lock of the summary, which
# lasts until the commit is seen: whoever sees one of them sees all that are lower. They begin with the milliseconds
# since 1970, which moves never outrun: made again, the clock is ahead of all that any process remembers.
CLOCK = """
CREATE SEQUENCE dossier_tally_clock;
SELECT setval('dossier_tally_clock', (extract(epoch FROM clock_timestamp()) * 1000)::bigint);
ALTER TABLE dossier_tally ADD COLUMN moved bigint NOT NULL DEFAULT nextval('dossier_tally_clock');
"""

MARK = """
CREATE OR REPLACE FUNCTION dossier_tally_mark(d dossier, present integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    place integer := dossier_tally_place(d);
    of_campaign integer := dossier_tally_campaign(d);
BEGIN
    UPDATE dossier_tally SET organisms = set_bit(organisms, place, present){moved}
     WHERE campaign = of_campaign AND step = d.step;
    IF NOT FOUND AND present = 1 THEN
        INSERT INTO dossier_tally VALUES (of_campaign, d.step, set_bit(dossier_tally_blank(), place, 1));
    END IF;
END $$;
"""

REBUILD = """
CREATE OR REPLACE FUNCTION dossier_tally_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE dossier IN SHARE MODE;
    PERFORM dossier_tally_lock();
    INSERT INTO listed_organism
    SELECT (SELECT coalesce(max(id), 0) FROM listed_organism)
           + row_number() OVER (ORDER BY platform, code, organism_id), *
      FROM (SELECT platform, organism_id, code, category, search FROM dossier GROUP BY 1, 2, 3, 4, 5
            EXCEPT SELECT platform, organism_id, code, category, search FROM listed_organism) missing;
    INSERT INTO listed_campaign
    SELECT (SELECT coalesce(max(id), 0) FROM listed_campaign)
           + row_number() OVER (ORDER BY platform, form, year, campaign_id), *
      FROM (SELECT campaign_id, platform, form, year FROM dossier GROUP BY 1, 2, 3, 4
            EXCEPT SELECT campaign_id, platform, form, year FROM listed_campaign) missing;
    {counted}
END $$;
"""
ANEW = """DELETE FROM dossier_tally;
    INSERT INTO dossier_tally SELECT * FROM dossier_tally_counted();"""
# A line is never removed: those who hold it would keep it.
IN_PLACE = """UPDATE dossier_tally SET organisms = dossier_tally_blank(), moved = DEFAULT;
    INSERT INTO dossier_tally SELECT * FROM dossier_tally_counted()
    ON CONFLICT (campaign, step) DO UPDATE SET organisms = EXCLUDED.organisms, moved = EXCLUDED.moved;"""

FORWARD = CLOCK + MARK.format(moved=", moved = DEFAULT") + REBUILD.format(counted=IN_PLACE)
BACKWARD = (
    MARK.format(moved="")
    + REBUILD.format(counted=ANEW)
    + "ALTER TABLE dossier_tally DROP COLUMN moved; DROP SEQUENCE dossier_tally_clock;"
)

class Migration(migrations.Migration):
    dependencies = [('models', '0009_export_tabs')]

    initial = False

    operations = [ops.RunSQL(sql=FORWARD, reverse_sql=BACKWARD)]
