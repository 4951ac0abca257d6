import {
  type RetentionClass,
  type RetentionCutoffs,
  type RetentionPolicy,
  retentionClasses,
  type StoredRetentionPolicy,
} from '../../model/retention-policy.ts';

const dayMilliseconds = 86_400_000;

/** What holds where nothing else was said: events go after the deployment's days, profiles never by themselves. */
const byDefault = (days: number): Record<RetentionClass, RetentionPolicy> => ({
  events: { enabled: true, days, basis: 'receivedAt', action: 'delete' },
  profiles: { enabled: false, days, basis: 'receivedAt', action: 'delete' },
});

/** The policy of each class as it holds. */
export const policiesInForce = (
  stored: readonly StoredRetentionPolicy[],
  days: number,
): Record<RetentionClass, RetentionPolicy> => {
  const own = Object.fromEntries(
    stored.map(({ id, enabled, days, basis, action }) => [id, { enabled, days, basis, action }]),
  );
  return { ...byDefault(days), ...own };
};

/** Up to where each class is over at an instant (epoch ms); a class without a policy is never over. */
export const cutoffsAt = (policies: Record<RetentionClass, RetentionPolicy>, now: number): RetentionCutoffs =>
  Object.fromEntries(
    retentionClasses.flatMap(name => {
      const { enabled, days, basis, action } = policies[name];
      return enabled ? [[name, { basis, action, before: now - days * dayMilliseconds }]] : [];
    }),
  );
