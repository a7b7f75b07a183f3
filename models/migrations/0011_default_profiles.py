from tortoise import migrations
from tortoise.migrations import operations as ops

# A default profile is a line of the policy, `g, user:…, profile:…, PLATFORM/*`. The accounts of before have it in
# their row alone: nothing would reach them on a form opened later, and nobody would hold it to give it. It is done
# once: who is given no such line from here on has an author who could not give it.
#
# An account is given it where its row agrees with its lines: that profile on each form that its organization has on
# the platform, no other, no box of its own, and no form that was taken from it. A profile that manages users is for
# those who are flagged so. A line that somebody closed stays closed. Whoever is left out is given it by hand.
COMMENT = "Profils par défaut sur les formulaires à venir"

FORWARD = f"""
DO $$
DECLARE
    number integer;
    given jsonb;
BEGIN
    LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE;
    WITH living AS (
        SELECT u.organization_id AS organization, 'user:' || u.login AS who, u.default_profile AS profile,
               u.delegated_administrator AS flag, split_part(r."values" ->> 2, '/', 1) AS platform,
               split_part(r."values" ->> 2, '/', 2) AS form, r."values" ->> 1 AS held
          FROM user_account u JOIN policy_row r ON r."values" ->> 0 = 'user:' || u.login
         WHERE r.ptype = 'g' AND r.until_version IS NULL AND split_part(r."values" ->> 2, '/', 2) <> '*'
           AND u.closed_at IS NULL AND u.default_profile <> ''
    ), place AS (
        SELECT g.id AS organization, c.platform_id AS platform, c.form
          FROM campaign c JOIN organization g ON g.platform_id = c.platform_id
        UNION
        SELECT g.id, c.platform_id, c.form FROM campaign c
          JOIN policy_row p ON p.ptype = 'p' AND p.until_version IS NULL AND p."values" ->> 1 = c.platform_id
                           AND p."values" ->> 2 IN ('*', c.form)
          JOIN organization g ON g.key = p."values" ->> 0
        UNION
        SELECT o.organization_id, d.platform, d.form FROM organism o JOIN dossier d ON d.organism_id = o.id
    ), agreeing AS (
        SELECT organization, who, profile, flag, platform FROM living GROUP BY 1, 2, 3, 4, 5
        HAVING bool_and(held IN (profile, 'profile:contact'))
           AND count(DISTINCT form) = count(DISTINCT form) FILTER (WHERE held = profile)
    )
    SELECT jsonb_agg(jsonb_build_array(a.who, a.profile, a.platform || '/*') ORDER BY a.who, a.platform)
      INTO given FROM agreeing a
     WHERE NOT EXISTS (
           SELECT 1 FROM place l WHERE l.organization = a.organization AND l.platform = a.platform
              AND NOT EXISTS (SELECT 1 FROM living h WHERE h.who = a.who AND h.platform = l.platform
                                 AND h.form = l.form))
       AND NOT EXISTS (
           SELECT 1 FROM policy_row k WHERE k.ptype = 'g' AND k.until_version IS NOT NULL
              AND k."values" ->> 0 = a.who AND split_part(k."values" ->> 2, '/', 1) = a.platform
              AND k."values" ->> 2 <> a.platform || '/*'
              AND NOT EXISTS (SELECT 1 FROM living h WHERE h.who = a.who
                                 AND h.platform || '/' || h.form = k."values" ->> 2))
       AND NOT EXISTS (
           SELECT 1 FROM policy_row b WHERE b.ptype = 'p2' AND b.until_version IS NULL
              AND b."values" ->> 0 = a.who AND b."values" ->> 1 = a.platform)
       AND NOT EXISTS (
           SELECT 1 FROM policy_row k JOIN policy_version v ON v.version = k.since_version
            WHERE k.ptype = 'g' AND k."values" ->> 0 = a.who AND k."values" ->> 2 = a.platform || '/*'
              AND k."values" ->> 1 <> 'profile:contact'
              AND (k.until_version IS NULL OR v.comment <> '{COMMENT}' OR v.author_id IS NOT NULL))
       AND (a.flag OR NOT EXISTS (
           SELECT 1 FROM policy_row b
            WHERE b.ptype = 'p2' AND b.until_version IS NULL AND b."values" ->> 0 = a.profile
              AND b."values" ->> 1 = a.platform AND b."values" ->> 3 = 'admin_users'
              AND b."values" ->> 5 = 'allow'));
    IF given IS NOT NULL THEN
        SELECT coalesce(max(version), 0) + 1 INTO number FROM policy_version;
        INSERT INTO policy_version (version, at, comment, touched) VALUES (number, now(), '{COMMENT}', '{{}}');
        INSERT INTO policy_row (ptype, "values", since_version)
        SELECT 'g', line, number FROM jsonb_array_elements(given) WITH ORDINALITY t (line, place) ORDER BY place;
        PERFORM pg_notify('harmonia_policy', number::text);
    END IF;
END $$;
"""

# History is kept: the way back closes the lines, in a version of its own.
BACKWARD = f"""
DO $$
DECLARE
    number integer;
BEGIN
    LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE;
    SELECT coalesce(max(version), 0) + 1 INTO number FROM policy_version;
    UPDATE policy_row r SET until_version = number FROM policy_version v
     WHERE v.version = r.since_version AND v.comment = '{COMMENT}' AND v.author_id IS NULL
       AND r.until_version IS NULL;
    IF FOUND THEN
        INSERT INTO policy_version (version, at, comment, touched)
        VALUES (number, now(), 'Retour : {COMMENT}', '{{}}');
        PERFORM pg_notify('harmonia_policy', number::text);
    END IF;
END $$;
"""

class Migration(migrations.Migration):
    dependencies = [('models', '0010_list_moments')]

    initial = False

    operations = [ops.RunSQL(sql=FORWARD, reverse_sql=BACKWARD)]
