import { brazeFake } from './braze/braze-fake.ts';
import { facebookFake } from './facebook/facebook-fake.ts';
import type { Fake } from './fake.ts';
import { googleFake } from './google/google-fake.ts';
import { hubspotFake } from './hubspot/hubspot-fake.ts';
import { klaviyoFake } from './klaviyo/klaviyo-fake.ts';
import { mailchimpFake } from './mailchimp/mailchimp-fake.ts';

/** The platforms that have a stand-in on this machine. */
export const fakes: readonly Fake[] = [facebookFake, googleFake, klaviyoFake, mailchimpFake, brazeFake, hubspotFake];
