/** By these a person takes a consent back, whether or not we know of having had it. */
export const withdrawingSources: ReadonlySet<string> = new Set(['email_unsubscribe', 'spam_complaint']);

/** By these a person objects to sale and sharing, and how they did it. */
export const optOutSources: ReadonlyMap<string, 'gpc' | 'form' | 'agent'> = new Map([
  ['gpc', 'gpc'],
  ['ccpa_opt_out', 'form'],
  ['ccpa', 'agent'],
  ['opt_out', 'form'],
]);

/** By these a browser says what somebody may have clicked there: nothing shows who it was. */
export const unshownSources: ReadonlySet<string> = new Set(['browser', 'context']);
/** What stands in the context of an event. */
export const contextSource = 'context';

/** What a browser says by itself with every request. */
export const gpcSource = 'gpc';
