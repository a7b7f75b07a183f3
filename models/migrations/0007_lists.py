from tortoise import migrations
from tortoise.migrations import operations as ops

# What lists are counted and paged from (docs/decisions/0010). Not models: only the triggers below write them,
# and what reads them are the lists (resolvers/listing*.py) and the counts of what a change of the rules shows
# (resolvers/policy_counts.py).
#
#   listed_organism  an organism as dossiers repeat it: one line for each (platform, code, category, search);
#   listed_campaign  a campaign as dossiers repeat it;
#   dossier_tally    a campaign and a step: the bit of each listed organism whose dossier is there.
#
# Lines of the first two are only ever added, in the order of their ids: all writers hold one lock, taken at
# commit, when they ask for no other. Processes keep both in memory and know by the last ids whether they are late.
TABLES = """
CREATE TABLE listed_organism (
    id integer PRIMARY KEY,
    platform varchar(16) NOT NULL,
    organism_id uuid NOT NULL,
    code varchar(16) NOT NULL,
    category varchar(8) NOT NULL,
    search varchar(400) NOT NULL,
    UNIQUE (organism_id, platform, code, category, search)
);
CREATE INDEX listed_organism_order ON listed_organism (code, platform, id);
CREATE TABLE listed_campaign (
    id integer PRIMARY KEY,
    campaign_id integer NOT NULL,
    platform varchar(16) NOT NULL,
    form varchar(16) NOT NULL,
    year smallint NOT NULL,
    UNIQUE (campaign_id, platform, form, year)
);
CREATE TABLE dossier_tally (
    campaign integer NOT NULL,
    step smallint NOT NULL,
    organisms bit varying NOT NULL,
    PRIMARY KEY (campaign, step)
) WITH (fillfactor = 50);
"""

# All bit strings are of one length, a multiple of 1,024: PostgreSQL joins none of different lengths.
FUNCTIONS = """
CREATE FUNCTION dossier_tally_lock() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('dossier_tally'));
$$;

CREATE FUNCTION dossier_tally_blank() RETURNS bit varying LANGUAGE sql STABLE AS $$
    SELECT repeat('0', (coalesce(max(id), 0) / 1024 + 1) * 1024)::bit varying FROM listed_organism;
$$;

CREATE FUNCTION dossier_tally_place(d dossier) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE place integer;
BEGIN
    SELECT id INTO place FROM listed_organism WHERE organism_id = d.organism_id AND platform = d.platform
       AND code = d.code AND category = d.category AND search = d.search;
    IF place IS NULL THEN
        SELECT coalesce(max(id), 0) + 1 INTO place FROM listed_organism;
        INSERT INTO listed_organism VALUES (place, d.platform, d.organism_id, d.code, d.category, d.search);
        IF place % 1024 = 0 THEN
            UPDATE dossier_tally SET organisms = organisms || repeat('0', 1024)::bit varying;
        END IF;
    END IF;
    RETURN place;
END $$;

CREATE FUNCTION dossier_tally_campaign(d dossier) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE found_id integer;
BEGIN
    SELECT id INTO found_id FROM listed_campaign WHERE campaign_id = d.campaign_id AND platform = d.platform
       AND form = d.form AND year = d.year;
    IF found_id IS NULL THEN
        SELECT coalesce(max(id), 0) + 1 INTO found_id FROM listed_campaign;
        INSERT INTO listed_campaign VALUES (found_id, d.campaign_id, d.platform, d.form, d.year);
    END IF;
    RETURN found_id;
END $$;

CREATE FUNCTION dossier_tally_mark(d dossier, present integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    place integer := dossier_tally_place(d);
    of_campaign integer := dossier_tally_campaign(d);
BEGIN
    UPDATE dossier_tally SET organisms = set_bit(organisms, place, present)
     WHERE campaign = of_campaign AND step = d.step;
    IF NOT FOUND AND present = 1 THEN
        INSERT INTO dossier_tally VALUES (of_campaign, d.step, set_bit(dossier_tally_blank(), place, 1));
    END IF;
END $$;

CREATE FUNCTION dossier_tally_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dossier_tally_lock();
    IF TG_OP <> 'INSERT' THEN
        PERFORM dossier_tally_mark(OLD, 0);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM dossier_tally_mark(NEW, 1);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION dossier_tally_counted()
RETURNS TABLE (campaign integer, step smallint, organisms bit varying) LANGUAGE sql STABLE
-- The planner takes columns that say the same for independent ones: it would expect one row, and loop.
SET enable_nestloop = off SET work_mem = '64MB' AS $$
    WITH blank AS MATERIALIZED (SELECT dossier_tally_blank() AS bits)
    SELECT c.id, d.step, bit_or(set_bit(blank.bits, l.id, 1))::bit varying
      FROM blank, dossier d
      JOIN listed_organism l USING (organism_id, platform, code, category, search)
      JOIN listed_campaign c USING (campaign_id, platform, form, year)
     GROUP BY c.id, d.step;
$$;

CREATE FUNCTION dossier_tally_rebuild() RETURNS void LANGUAGE plpgsql AS $$
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
    DELETE FROM dossier_tally;
    INSERT INTO dossier_tally SELECT * FROM dossier_tally_counted();
END $$;

CREATE FUNCTION dossier_tally_faults()
RETURNS TABLE (campaign integer, step smallint, kept bigint, counted bigint) LANGUAGE sql STABLE AS $$
    SELECT campaign, step, coalesce(bit_count(t.organisms), 0), coalesce(bit_count(c.organisms), 0)
      FROM (SELECT * FROM dossier_tally WHERE bit_count(organisms) > 0) t
      FULL JOIN dossier_tally_counted() c USING (campaign, step)
     WHERE t.organisms IS DISTINCT FROM c.organisms
    UNION ALL
    SELECT NULL, NULL, (SELECT coalesce(sum(bit_count(t.organisms)), 0) FROM dossier_tally t), count(*)
      FROM dossier HAVING count(*) <> (SELECT coalesce(sum(bit_count(t.organisms)), 0) FROM dossier_tally t);
$$;
"""

# Deferred to the commit: until then nothing of the summary is locked, and whoever waits for its lock
# holds all the others that he needs.
TRIGGERS = """
CREATE CONSTRAINT TRIGGER dossier_tally_added AFTER INSERT OR DELETE ON dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dossier_tally_follow();
CREATE CONSTRAINT TRIGGER dossier_tally_moved AFTER UPDATE ON dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.campaign_id, OLD.organism_id, OLD.platform, OLD.form, OLD.year, OLD.code, OLD.category, OLD.search,
           OLD.step)
          IS DISTINCT FROM
          (NEW.campaign_id, NEW.organism_id, NEW.platform, NEW.form, NEW.year, NEW.code, NEW.category, NEW.search,
           NEW.step))
    EXECUTE FUNCTION dossier_tally_follow();
SELECT dossier_tally_rebuild();
"""

REMOVED = """
DROP TRIGGER dossier_tally_added ON dossier;
DROP TRIGGER dossier_tally_moved ON dossier;
DROP FUNCTION dossier_tally_faults, dossier_tally_rebuild, dossier_tally_counted, dossier_tally_follow,
    dossier_tally_mark, dossier_tally_campaign, dossier_tally_place, dossier_tally_blank, dossier_tally_lock;
DROP TABLE dossier_tally, listed_campaign, listed_organism;
"""

class Migration(migrations.Migration):
    dependencies = [('models', '0006_rights')]

    initial = False

    operations = [ops.RunSQL(sql=TABLES + FUNCTIONS + TRIGGERS, reverse_sql=REMOVED)]
