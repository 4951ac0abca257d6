/** What the fields of a profile are called. */
export const fieldWords: Record<string, string> = {
  'attributes.firstName': 'First name',
  'attributes.lastName': 'Last name',
  'attributes.email': 'E-mail address',
  'attributes.phone': 'Phone number',
  'attributes.company': 'Company',
  'attributes.title': 'Job title',
  'attributes.gender': 'Gender',
  'attributes.birthDate': 'Birth date',
  'attributes.language': 'Language',
  'attributes.timezone': 'Time zone',
  'attributes.country': 'Country',
  'attributes.state': 'State',
  'attributes.city': 'City',
  'attributes.postalCode': 'Postal code',
  'attributes.street': 'Street',
  'attributes.tags': 'Tags',
  'computed.ltv': 'Lifetime value',
  'computed.aov': 'Average order value',
  'computed.purchaseCount': 'Number of purchases',
  'computed.churnRisk': 'Churn risk',
  'computed.engagementScore': 'Engagement score',
  'computed.ltv12m': 'Expected value of 12 months',
  'computed.purchasePropensity': 'Purchase propensity',
  'computed.firstSeenDate': 'First seen',
  'computed.lastSeenDate': 'Last seen',
  'computed.lastPurchaseDate': 'Last purchase',
  'consent.email': 'Consent to e-mail',
  'consent.sms': 'Consent to SMS',
  'consent.tracking': 'Consent to tracking',
  'consent.cookies': 'Consent to cookies',
  'consent.saleSharing': 'Consent to sale and sharing',
  'consent.profiling': 'Consent to profiling',
  'externalIds.email': 'Identifier: e-mail',
  'externalIds.phone': 'Identifier: phone',
  'externalIds.customerId': 'Customer id',
  'externalIds.deviceIds': 'Device ids',
  'externalIds.anonymousIds': 'Anonymous ids',
  createdAt: 'Created',
};

const customPrefix = 'attributes.customFields.';

/** @example fieldName('attributes.customFields.plan') // 'plan' */
export const fieldName = (path: string): string =>
  fieldWords[path] ?? (path.startsWith(customPrefix) ? path.slice(customPrefix.length) : path);
