import type { FieldPolicy } from './caller.ts';
import { fieldClasses } from './field-class.ts';

const ranks = { show: 0, mask: 1, drop: 2 } as const;

/** Whether a caller may see whatever was shown under another policy. */
export const seesAsMuch = (caller: FieldPolicy, shown: FieldPolicy): boolean =>
  fieldClasses.every(name => ranks[caller[name] ?? 'show'] <= ranks[shown[name] ?? 'show']);
