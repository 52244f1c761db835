type Query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<T[]>;

/** The whole schema `public` as text, the same for the same schema: what a reader of the migrations would have to add up. */
export async function describeSchema(query: Query): Promise<string> {
  const lines = await Promise.all([tables(query), functions(query), roles(query)]);
  return `${lines.flat().join('\n')}\n`;
}

async function tables(query: Query): Promise<string[]> {
  const found = await query<{ oid: number; name: string; unlogged: boolean; options: string | null; secured: boolean; forced: boolean; acl: string[] }>(`
    SELECT c.oid, relname AS name, relpersistence = 'u' AS unlogged, array_to_string(reloptions, ', ') AS options, relrowsecurity AS secured, relforcerowsecurity AS forced,
      ${grantsOf('c.relacl', 'c.relowner')} AS acl
    FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname <> 'schema_migration'
    ORDER BY relname COLLATE "C"`);
  const blocks = await Promise.all(found.map(async (table) => [
    `${table.unlogged ? 'unlogged ' : ''}table ${table.name}${table.options ? ` (${table.options})` : ''}`,
    ...(await linesOf(query, COLUMNS, table.oid)),
    ...(await linesOf(query, CONSTRAINTS, table.oid)),
    ...(await linesOf(query, INDEXES, table.oid)),
    ...(await linesOf(query, TRIGGERS, table.oid)),
    ...(await linesOf(query, RULES, table.oid)),
    ...(await linesOf(query, VIEW, table.oid)),
    `  row security ${table.secured ? 'on' : 'off'}${table.forced ? ', for the owner too' : ''}`,
    ...(await linesOf(query, POLICIES, table.oid)),
    ...table.acl.map((grant) => `  grant ${grant}`),
    '',
  ]));
  return blocks.flat();
}

const COLUMNS = `
  SELECT format('  %s %s%s%s%s%s', attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' not null' END,
      CASE WHEN attidentity <> '' THEN ' identity' END, CASE WHEN attgenerated <> '' THEN ' generated ' ELSE ' default ' END || regexp_replace(pg_get_expr(adbin, adrelid), '\\s+', ' ', 'g'), ' grant ' || array_to_string(attacl, ', ')) AS line
  FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`;
const CONSTRAINTS = `
  SELECT format('  constraint %s %s', conname, pg_get_constraintdef(oid)) AS line
  FROM pg_constraint WHERE conrelid = $1 AND contype <> 'n' ORDER BY conname COLLATE "C"`;
const INDEXES = `
  SELECT '  ' || pg_get_indexdef(indexrelid) AS line FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = $1) ORDER BY relname COLLATE "C"`;
const TRIGGERS = `
  SELECT '  ' || pg_get_triggerdef(oid) AS line FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal ORDER BY tgname COLLATE "C"`;
const RULES = `
  SELECT '  ' || regexp_replace(pg_get_ruledef(oid), '\\s+', ' ', 'g') AS line FROM pg_rewrite WHERE ev_class = $1 AND rulename <> '_RETURN' ORDER BY rulename COLLATE "C"`;
const VIEW = `SELECT '  as' || regexp_replace(pg_get_viewdef(oid), '\\s+', ' ', 'g') AS line FROM pg_class WHERE oid = $1 AND relkind = 'v'`;
const POLICIES = `
  SELECT format('  policy %s for %s to %s%s%s', polname, CASE polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
      (SELECT string_agg(CASE role WHEN 0 THEN 'everybody' ELSE role::regrole::text END, ', ') FROM unnest(polroles) role),
      ' using ' || pg_get_expr(polqual, polrelid), ' check ' || pg_get_expr(polwithcheck, polrelid)) AS line
  FROM pg_policy WHERE polrelid = $1 ORDER BY polname COLLATE "C"`;

async function linesOf(query: Query, sql: string, table: number): Promise<string[]> {
  return (await query<{ line: string }>(sql, [table])).map(({ line }) => line);
}

async function functions(query: Query): Promise<string[]> {
  const found = await query<{ definition: string; acl: string[] }>(`
    SELECT pg_get_functiondef(oid) AS definition, ${grantsOf('proacl', 'proowner')} AS acl
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY oid::regprocedure::text COLLATE "C"`);
  return found.flatMap(({ definition, acl }) => [definition.trimEnd(), ...acl.map((grant) => `  grant ${grant}`), '']);
}

/** What everybody may do by default is left out only where nothing was ever granted or revoked. */
function grantsOf(acl: string, owner: string): string {
  return `ARRAY(
    SELECT format('%s to %s', string_agg(privilege_type, ', ' ORDER BY privilege_type), CASE grantee WHEN 0 THEN 'everybody' ELSE grantee::regrole::text END)
    FROM aclexplode(${acl}) WHERE grantee <> ${owner} GROUP BY grantee ORDER BY grantee::regrole::text COLLATE "C")`;
}

async function roles(query: Query): Promise<string[]> {
  const found = await query<{ line: string }>(`
    SELECT format('role %s%s%s%s%s', rolname, CASE WHEN rolcanlogin THEN ' login' END, CASE WHEN rolsuper THEN ' superuser' END,
      CASE WHEN rolbypassrls THEN ' bypassrls' END, CASE WHEN rolcreaterole THEN ' createrole' END) AS line
    FROM pg_roles WHERE rolname LIKE 'thinfile%' AND rolname <> current_user
    UNION ALL
    SELECT format('member %s of %s%s%s%s', member::regrole, roleid::regrole, CASE WHEN inherit_option THEN ' inherit' END,
      CASE WHEN set_option THEN ' set' END, CASE WHEN admin_option THEN ' admin' END)
    FROM pg_auth_members WHERE roleid::regrole::text LIKE 'thinfile%'
    ORDER BY 1`);
  return found.map(({ line }) => line);
}
