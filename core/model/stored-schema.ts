/** What becomes of an event that breaks its schema: it is counted; its sender is warned, too; it is kept aside. */
export const planModes = ['observe', 'warn', 'enforce'] as const;
export type PlanMode = (typeof planModes)[number];

/** What the tracking plan says of one type of event; `id` is the type. Times are ISO 8601. */
export interface StoredSchema {
  id: string;
  version: number;
  mode: PlanMode;
  /** JSON, as text: a store need not take whatever a schema may nest. */
  schema: string;
  description?: string | undefined;
  createdAt: string;
  updatedAt: string;
}
