import type { StoredWebhook } from '../../model/stored-webhook.ts';

/** After so many days in which nothing was taken, nothing more is sent. */
export const failingDaysMax = 5;

const dayMs = 86_400_000;

/**
 * A subscription after a receiver’s answer; the very same where nothing is new. `verdict` as of the answer, `reason`
 * why it did not take it.
 */
export const healthAfter = (
  webhook: StoredWebhook,
  { verdict, reason }: { verdict: 'taken' | 'failing' | 'gone'; reason: string },
  now: Date,
): StoredWebhook => {
  const at = now.toISOString();
  if (verdict === 'taken') {
    return webhook.failingSince === undefined ? webhook : { ...webhook, failingSince: undefined };
  }
  if (!webhook.active) return webhook;
  const failingSince = webhook.failingSince ?? at;
  const off = { ...webhook, failingSince, active: false, updatedAt: at };
  if (verdict === 'gone') return { ...off, disabled: { at, reason } };
  if (now.getTime() - Date.parse(failingSince) >= failingDaysMax * dayMs) {
    return { ...off, disabled: { at, reason: `took nothing for ${failingDaysMax} days; last: ${reason}` } };
  }
  return webhook.failingSince === undefined ? { ...webhook, failingSince } : webhook;
};
