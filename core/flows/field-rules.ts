import { fieldClassAt } from '../contract/field-class-at.ts';
import type { setGovernedField } from '../contract/governance.ts';
import type { RouteInput } from '../contract/route.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { FieldRule, FieldRules, StoredFieldRules } from '../model/field-rule.ts';
import { Profile } from '../model/profile.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';
import { isGovernable, isSendable } from './governed-fields.ts';
import { checkIfMatch, documentTag } from './if-match.ts';

const id = 'rules';
const rememberSeconds = 30;
const triesMax = 5;
/** One document holds them all. */
const rulesMax = 1000;

type Stored = Pick<Collection<StoredFieldRules>, 'get' | 'add' | 'replace'>;

export const readFieldRules = async (stored: Stored): Promise<StoredFieldRules> =>
  (await stored.get(id)) ?? { id, version: 0, rules: {} };

export const fieldRulesTag = documentTag;

/** The rules as they hold, as of at most 30 s ago. */
export const rememberedFieldRules = (stored: Stored, now: () => Date): Cached<FieldRules> =>
  cached(async () => (await readFieldRules(stored)).rules, rememberSeconds, now);

type Changes = RouteInput<typeof setGovernedField>['body'];

interface RuleChange {
  field: string;
  changes: Changes;
  ifMatch: string | undefined;
  callerId: string;
}

interface RuleTools {
  fieldRuleDocuments: Stored;
  fieldRules: Cached<FieldRules>;
  now: () => Date;
}

/** @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` */
const check = ({ field, changes }: RuleChange): void => {
  const governable = isGovernable(field);
  if (governable === undefined) throw notFound('Field', field);
  if (!governable) throw unprocessable('params.field', 'is part of every answer and cannot be governed');
  if (changes.activationAllowed && !isSendable(field))
    throw unprocessable('body.activationAllowed', 'no destination takes this field');
};

/** What was not named stays, `null` is taken back; nothing is left where everything was. */
const ruleAfter = (before: FieldRule | undefined, { changes, field }: RuleChange): Partial<FieldRule> | undefined => {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const { changedAt: _at, changedBy: _by, ...kept } = before ?? {};
  const declared = fieldClassAt(Profile, field) ?? 'public';
  const merged: Partial<FieldRule> = Object.fromEntries(
    Object.entries({ ...kept, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
  );
  const { class: ruled = declared, ...rest } = merged;
  return ruled === declared && Object.keys(rest).length === 0 ? undefined : { class: ruled, ...rest };
};

const changedRules = (before: FieldRules, change: RuleChange, at: string): FieldRules => {
  const { [change.field]: former, ...others } = before;
  const rule = ruleAfter(former, change);
  if (!rule) return others;
  if (!former && Object.keys(others).length >= rulesMax)
    throw unprocessable('params.field', `at most ${rulesMax} fields have rules`);
  return { ...others, [change.field]: { ...(rule as FieldRule), changedAt: at, changedBy: change.callerId } };
};

/**
 * Sets what holds for one field.
 *
 * @throws Problem `NOT_FOUND`, `VALIDATION_FAILED`, `PRECONDITION_FAILED`, or `CONFLICT` when they change all the time
 */
export const setFieldRule = async (
  change: RuleChange,
  { fieldRuleDocuments, fieldRules, now }: RuleTools,
): Promise<StoredFieldRules> => {
  check(change);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await readFieldRules(fieldRuleDocuments);
    checkIfMatch(change.ifMatch, fieldRulesTag(before));
    const rules = changedRules(before.rules, change, now().toISOString());
    const after = { id, version: before.version + 1, rules };
    if (await isKept(after, fieldRuleDocuments)) {
      fieldRules.drop();
      return after;
    }
  }
  throw new Problem('CONFLICT', 'The rules are changed all the time; try again');
};

const isKept = async (after: StoredFieldRules, stored: Stored): Promise<boolean> => {
  try {
    await (after.version === 1 ? stored.add(after) : stored.replace(after));
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
