import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Route } from '../../core/contract/route.ts';
import { policyUnderRules } from '../../core/engines/access/policy-under-rules.ts';
import { Problem, unavailable } from '../../core/errors.ts';
import { type Caller, mayCall, Verdict } from '../../core/model/caller.ts';
import { authenticate } from './authenticate.ts';
import type { Services } from './services.ts';

/** Nobody in particular: who calls what is open to everyone. */
const anyone: Caller = { id: 'anyone', kind: 'user', scopes: [], fieldPolicy: {} };

/** The authorizer's verdict, which travels in the request's context. */
const verdictIn = (event: APIGatewayProxyEventV2): Verdict => {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: { verdict?: string } } };
  const verdict = authorizer?.lambda?.verdict;
  return verdict === undefined ? { refused: 'The request was not authorized' } : Verdict.parse(JSON.parse(verdict));
};

/**
 * Who calls this route, if they may. Routes for ingestion carry no authorizer: their keys are checked here.
 *
 * @throws Problem `UNAUTHORIZED`, `FORBIDDEN` or `UNAVAILABLE`
 */
export const callerOf = async (route: Route, event: APIGatewayProxyEventV2, services: Services): Promise<Caller> => {
  if (route.scope === 'public') return anyone;
  const verdict = route.scope === 'ingest' ? await authenticate(event.headers, services) : verdictIn(event);
  if ('unknown' in verdict) throw unavailable('What tells who calls');
  if ('refused' in verdict) throw new Problem('UNAUTHORIZED', verdict.refused);
  if (!mayCall(verdict.caller, route.scope)) {
    throw new Problem('FORBIDDEN', `This needs the scope ${route.scope}, which the key or role does not have`);
  }
  return route.scope === 'ingest' ? verdict.caller : underRules(verdict.caller, services);
};

/** Who sends events is shown nothing, and waits for nothing. */
const underRules = async (caller: Caller, { fieldRules }: Services): Promise<Caller> => ({
  ...caller,
  fieldPolicy: policyUnderRules(caller, await fieldRules.get()),
});
