import { verifyAudit } from '../../../core/contract/audit.ts';
import { auditDays, auditReport } from '../../../core/flows/audit-report.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(verifyAudit, async ({ query }, services) =>
  auditReport(auditDays(query, services.now()), services),
);
