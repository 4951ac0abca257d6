import { listAudit } from '../../../core/contract/audit.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { auditPage } from '../../../core/flows/audit-page.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listAudit, async ({ query }, services) =>
  answeredPage(query, await auditPage(query, services)),
);
