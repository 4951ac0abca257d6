/** What people may be grouped by. */
export const discoveryFeatures = [
  'ltv',
  'purchaseCount',
  'aov',
  'daysSincePurchase',
  'daysSinceSeen',
  'churnRisk',
  'engagementScore',
  'ltv12m',
  'purchasePropensity',
] as const;
export type DiscoveryFeature = (typeof discoveryFeatures)[number];
