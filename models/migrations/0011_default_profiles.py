from tortoise import migrations
from tortoise.migrations import operations as ops

# A default profile is a line of the policy, `g, user:…, profile:…, PLATFORM/*`. The accounts of before have it in
# their row alone: nothing would reach them on a form opened later, and nobody would hold it to give it. It is done
# once: who is given no such line from here on has an author who could not give it.
#
# An account is given it where its row agrees with its lines: that profile on each form that it has on the platform,
# and no other. A profile that manages users is for those who are flagged so. A line that somebody closed stays closed.
COMMENT = "Profils par défaut sur les formulaires à venir"

FORWARD = f"""
DO $$
DECLARE
    number integer;
BEGIN
    LOCK TABLE policy_version IN SHARE ROW EXCLUSIVE MODE;
    CREATE TEMPORARY TABLE default_profile_line ON COMMIT DROP AS
    SELECT who, profile, platform || '/*' AS domain
      FROM (SELECT 'user:' || u.login AS who, u.default_profile AS profile, u.delegated_administrator AS flag,
                   split_part(r."values" ->> 2, '/', 1) AS platform, r."values" ->> 1 AS held, r."values" ->> 2 AS domain
              FROM user_account u JOIN policy_row r ON r."values" ->> 0 = 'user:' || u.login
             WHERE r.ptype = 'g' AND r.until_version IS NULL AND split_part(r."values" ->> 2, '/', 2) <> '*'
               AND u.closed_at IS NULL AND u.default_profile <> '') AS standing
     WHERE NOT EXISTS (
           SELECT 1 FROM policy_row k JOIN policy_version v ON v.version = k.since_version
            WHERE k.ptype = 'g' AND k."values" ->> 0 = who AND k."values" ->> 2 = platform || '/*'
              AND k."values" ->> 1 <> 'profile:contact' AND (k.until_version IS NULL OR v.comment <> '{COMMENT}'))
       AND (flag OR NOT EXISTS (
           SELECT 1 FROM policy_row b
            WHERE b.ptype = 'p2' AND b.until_version IS NULL AND b."values" ->> 0 = profile
              AND b."values" ->> 1 = platform AND b."values" ->> 3 = 'admin_users' AND b."values" ->> 5 = 'allow'))
     GROUP BY who, profile, platform
    HAVING bool_and(held IN (profile, 'profile:contact'))
       AND count(DISTINCT domain) = count(DISTINCT domain) FILTER (WHERE held = profile);
    IF EXISTS (SELECT 1 FROM default_profile_line) THEN
        SELECT coalesce(max(version), 0) + 1 INTO number FROM policy_version;
        INSERT INTO policy_version (version, at, comment, touched) VALUES (number, now(), '{COMMENT}', '{{}}');
        INSERT INTO policy_row (ptype, "values", since_version)
        SELECT 'g', jsonb_build_array(who, profile, domain), number FROM default_profile_line ORDER BY who, domain;
        PERFORM pg_notify('harmonia_policy', number::text);
    END IF;
    DROP TABLE default_profile_line;
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
     WHERE v.version = r.since_version AND v.comment = '{COMMENT}' AND r.until_version IS NULL;
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
