import type { DemoSettings } from './demo-settings.ts';

export const dayMs = 86_400_000;

/** The days of a demo, with the two that are unlike the others. Times in epoch ms, days by their first moment. */
export interface DemoCalendar {
  startAt: number;
  /** Nothing happens at or after this. */
  endAt: number;
  days: readonly number[];
  /** A sale: three times the visits, and a coupon for everybody. */
  spikeAt: number;
  /** The collection was down: nothing was recorded. */
  holeAt: number;
  /** When newsletters were sent. */
  mailings: readonly number[];
  /** How many visits a day has, against a usual one. */
  traffic(day: number): number;
  /** What would happen on the day without records happens a day later. */
  postponed(at: number): number;
}

const weekdayTraffic = [1.2, 0.9, 0.8, 0.9, 1, 1.1, 1.3] as const;
const [tuesday, mailingHour] = [2, 9];

const weekdayOf = (day: number): number => new Date(day).getUTCDay();

export const demoCalendar = ({ days: length, until }: DemoSettings): DemoCalendar => {
  const endAt = Date.parse(until);
  const startAt = endAt - length * dayMs;
  const days = Array.from({ length }, (_, index) => startAt + index * dayMs);
  const spikeAt = startAt + Math.floor(length * 0.6) * dayMs;
  const holeAt = startAt + Math.floor(length * 0.8) * dayMs;
  const mailings = days
    .filter(day => weekdayOf(day) === tuesday && day !== holeAt)
    .map(day => day + mailingHour * 3_600_000);
  return {
    startAt,
    endAt,
    days,
    spikeAt,
    holeAt,
    mailings,
    traffic: day => (day === holeAt ? 0 : day === spikeAt ? 3 : (weekdayTraffic[weekdayOf(day)] ?? 1)),
    postponed: at => (at >= holeAt && at < holeAt + dayMs ? at + dayMs : at),
  };
};
