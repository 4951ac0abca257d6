import { setGovernedField } from '../../../core/contract/governance.ts';
import { fieldRulesTag, setFieldRule } from '../../../core/flows/field-rules.ts';
import { governedField } from '../../../core/flows/governed-fields.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(
  setGovernedField,
  async ({ params: { field }, body: changes, headers, caller }, services) => {
    const change = { field, changes, ifMatch: headers['if-match'], callerId: caller.id };
    const stored = await setFieldRule(change, services);
    return new Answer(governedField(field, stored.rules), { headers: { etag: fieldRulesTag(stored) } });
  },
);
