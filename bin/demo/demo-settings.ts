/** What the demo's data depend on, and nothing else: the same settings give the same messages. */
export interface DemoSettings {
  seed: number;
  customers: number;
  days: number;
  /** The day before which everything has happened, `YYYY-MM-DD` in UTC. */
  until: string;
}

const pattern = /seed (\d+), (\d+) customers, (\d+) days until (\d{4}-\d{2}-\d{2})/;

/** As it is printed, and kept with the demo's segments. */
export const settingsText = ({ seed, customers, days, until }: DemoSettings): string =>
  `seed ${seed}, ${customers} customers, ${days} days until ${until}`;

/** The settings that a text names, or `undefined`. */
export const settingsIn = (text: string): DemoSettings | undefined => {
  const [, seed, customers, days, until] = pattern.exec(text) ?? [];
  if (until === undefined) return undefined;
  return { seed: Number(seed), customers: Number(customers), days: Number(days), until };
};
