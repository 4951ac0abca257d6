import type { TypedSql } from './comparison-sql.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** What a member of JSON holds, kind by kind. `path`: the names on the way to it. */
export const typedJson = (json: string, path: readonly string[], dialect: SqlDialect): TypedSql => {
  const [outer, name = ''] = [path.slice(0, -1), path.at(-1)];
  const object = outer.reduce((inside, part) => dialect.jsonMember(inside, part), json);
  const [member, text] = [dialect.jsonMember(object, name), dialect.jsonMemberText(object, name)];
  const ifFirst = (letters: string, then: string) =>
    `CASE WHEN strpos('${letters}', substr(${member}, 1, 1)) > 0 THEN ${then} END`;
  return {
    text: ifFirst('"', text),
    number: ifFirst('-0123456789', `TRY_CAST(${member} AS DOUBLE)`),
    flag: `CASE ${member} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`,
    list: ifFirst('[', member),
    exists: `(${member} IS NOT NULL AND ${member} <> 'null')`,
  };
};
