/** Something that a provider wants to know of us. */
export interface IntegrationField {
  means: string;
  required: boolean;
  /** The environment variable that it is taken from by `npm start` and `npx cdp integrations set`. */
  variable?: string;
}

/** An outside system that the platform may be connected with. */
export interface IntegrationKind {
  title: string;
  purpose: 'destination' | 'enrichment';
  settings: Record<string, IntegrationField>;
  /** Kept with other secrets and never shown. */
  secrets: Record<string, IntegrationField>;
}

const apiKey = (variable: string): Record<string, IntegrationField> => ({
  apiKey: { means: 'The private API key', required: true, variable },
});

export const integrationCatalogue = {
  facebook: {
    title: 'Facebook Custom Audiences',
    purpose: 'destination',
    settings: { appId: { means: 'The id of the app', required: true, variable: 'FACEBOOK_APP_ID' } },
    secrets: {
      appSecret: { means: 'The secret of the app', required: true, variable: 'FACEBOOK_APP_SECRET' },
      accessToken: { means: 'The token of a system user who may manage audiences', required: false },
    },
  },
  google: {
    title: 'Google Customer Match',
    purpose: 'destination',
    settings: { clientId: { means: 'The id of the OAuth client', required: true, variable: 'GOOGLE_ADS_CLIENT_ID' } },
    secrets: {
      clientSecret: { means: 'The secret of the OAuth client', required: true, variable: 'GOOGLE_ADS_CLIENT_SECRET' },
      refreshToken: { means: 'The refresh token of a user of the account', required: false },
      serviceAccount: { means: 'The JSON key of a service account of the account, instead of a user', required: false },
    },
  },
  klaviyo: { title: 'Klaviyo', purpose: 'destination', settings: {}, secrets: apiKey('KLAVIYO_API_KEY') },
  mailchimp: { title: 'Mailchimp', purpose: 'destination', settings: {}, secrets: apiKey('MAILCHIMP_API_KEY') },
  braze: {
    title: 'Braze',
    purpose: 'destination',
    settings: {
      endpoint: {
        means: 'The REST endpoint of the instance, such as rest.iad-01.braze.com',
        required: true,
        variable: 'BRAZE_REST_ENDPOINT',
      },
    },
    secrets: apiKey('BRAZE_API_KEY'),
  },
  hubspot: {
    title: 'HubSpot',
    purpose: 'destination',
    settings: {},
    secrets: {
      accessToken: { means: 'The token of a private app', required: true, variable: 'HUBSPOT_ACCESS_TOKEN' },
    },
  },
  clearbit: { title: 'Clearbit', purpose: 'enrichment', settings: {}, secrets: apiKey('CLEARBIT_API_KEY') },
  fullcontact: { title: 'FullContact', purpose: 'enrichment', settings: {}, secrets: apiKey('FULLCONTACT_API_KEY') },
} as const satisfies Record<string, IntegrationKind>;

export type IntegrationName = keyof typeof integrationCatalogue;
export const integrationNames = Object.keys(integrationCatalogue) as [IntegrationName, ...IntegrationName[]];

export const integrationKind = (name: string): IntegrationKind | undefined =>
  Object.hasOwn(integrationCatalogue, name) ? integrationCatalogue[name as IntegrationName] : undefined;
