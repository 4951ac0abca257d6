import { listGovernedFields } from '../../../core/contract/governance.ts';
import { fieldRulesTag, readFieldRules } from '../../../core/flows/field-rules.ts';
import { governedFields } from '../../../core/flows/governed-fields.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listGovernedFields, async (_request, { fieldRuleDocuments }) => {
  const stored = await readFieldRules(fieldRuleDocuments);
  return new Answer({ items: governedFields(stored.rules) }, { headers: { etag: fieldRulesTag(stored) } });
});
