import { getSession } from '../../../core/contract/sessions.ts';
import { showSession } from '../../../core/flows/show-session.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSession, ({ params }, { profiles, eventLake, seals, settings }) => {
  const { accountCurrency } = settings;
  return showSession(params.id, { profiles, eventLake, seals, accountCurrency });
});
