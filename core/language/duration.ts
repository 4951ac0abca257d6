const dayMs = 86_400_000;
const daysMax = 36_500;
const isoDuration =
  /^P(?=\d|T\d)(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;
const unitsMs = [7 * dayMs, dayMs, 3_600_000, 60_000, 1000];

/**
 * Milliseconds of a duration: a number of days, or an ISO 8601 duration of fixed length. `undefined` for anything else,
 * also for what is longer than a hundred years, or nothing.
 *
 * @example durationMs('PT12H') // 43_200_000
 */
export const durationMs = (duration: unknown): number | undefined => {
  const milliseconds =
    typeof duration === 'number' ? Math.round(duration * dayMs) : typeof duration === 'string' ? isoMs(duration) : 0;
  return milliseconds > 0 && milliseconds <= daysMax * dayMs ? milliseconds : undefined;
};

const isoMs = (text: string): number => {
  const [, ...counts] = isoDuration.exec(text) ?? [];
  return counts.reduce((sum, count, place) => sum + Number(count ?? 0) * (unitsMs[place] ?? 0), 0);
};

export const isDuration = (duration: unknown): boolean => durationMs(duration) !== undefined;

/** @example durationInWords(90) // '90 days' */
export const durationInWords = (duration: string | number): string =>
  typeof duration === 'number' ? `${duration} day${duration === 1 ? '' : 's'}` : isoInWords(duration);

const unitNames = ['week', 'day', 'hour', 'minute', 'second'];

const isoInWords = (text: string): string => {
  const [, ...counts] = isoDuration.exec(text) ?? [];
  const parts = counts.flatMap((count, place) =>
    count === undefined ? [] : [`${Number(count)} ${unitNames[place]}${Number(count) === 1 ? '' : 's'}`],
  );
  return parts.join(' ');
};
