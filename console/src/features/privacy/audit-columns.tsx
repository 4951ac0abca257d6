import { formatMoment } from '../../lib/format.ts';
import type { Column } from '../../ui/column.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { auditWords as words } from '../../words/audit.ts';
import type { AuditLine } from './use-audit.ts';

const shownSubjects = 2;

export const auditColumns: Column<AuditLine>[] = [
  { name: 'when', title: words.when, width: '200px', cell: ({ at }) => formatMoment(at) },
  { name: 'who', title: words.who, width: '18%', cell: ({ actor }) => actor },
  { name: 'what', title: words.what, width: '180px', cell: ({ action }) => action },
  {
    name: 'whom',
    title: words.whom,
    cell: ({ subjects }) => (
      <span title={subjects.slice(0, 20).join(', ')}>
        {subjects.slice(0, shownSubjects).join(', ')}
        {subjects.length > shownSubjects && ` +${subjects.length - shownSubjects}`}
      </span>
    ),
  },
  { name: 'classes', title: words.classes, width: '20%', cell: ({ fieldClasses }) => fieldClasses.join(', ') },
  { name: 'outcome', title: words.outcome, width: '120px', cell: ({ outcome }) => <StateBadge state={outcome} /> },
];
