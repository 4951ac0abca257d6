import { createRequest } from '../../../core/contract/gdpr.ts';
import { identityOf } from '../../../core/engines/requests/identity-of.ts';
import { showRequest } from '../../../core/flows/show-request.ts';
import { startRequest } from '../../../core/flows/start-request.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createRequest, async ({ body }, services) => {
  const { changes, channels, regulation, suppress, reason } = body;
  const job = await startRequest(
    {
      ...{ type: body.subject_request_type, regulation, suppress, reason },
      ...{ subjectRequestId: body.subject_request_id, callbackUrls: body.status_callback_urls },
      subject: { identifiers: body.subject_identities.map(identityOf), changes, channels },
    },
    services,
  );
  return showRequest(job, services);
});
