const dayMilliseconds = 86_400_000;
const firstDay = '0000-01-01';
/** What is asked for is mostly of these days; who looks for what is rare looks further and further back. */
const windowDays = [2, 14, 90, 400];

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export interface DayWindow {
  fromDay: string;
  toDay: string;
}

/** Ranges of days from the newest to the oldest, growing. Instants in epoch ms, both included. */
export const dayWindows = (from: number, to: number): DayWindow[] => {
  const windows: DayWindow[] = [];
  const oldest = from <= 0 ? firstDay : dayOf(from);
  let last = to;
  for (const days of windowDays) {
    const fromDay = dayOf(last - (days - 1) * dayMilliseconds);
    if (fromDay <= oldest) return [...windows, { fromDay: oldest, toDay: dayOf(last) }];
    windows.push({ fromDay, toDay: dayOf(last) });
    last -= days * dayMilliseconds;
  }
  return [...windows, { fromDay: oldest, toDay: dayOf(last) }];
};
