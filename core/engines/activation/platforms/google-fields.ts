const gmail = /^(.+)@(gmail|googlemail)\.com$/;

/** How Google wants the fields of a Customer Match list before they are hashed; `undefined`: left out. */
export const googleFields = {
  /**
   * Without blanks, and at Gmail without dots and what follows a plus.
   *
   * @example googleFields.emailAddress('Jane.Doe+shop@GMail.com') // 'janedoe@gmail.com'
   */
  emailAddress: (email: string): string | undefined => {
    const lower = email.toLowerCase().replace(/\s/g, '');
    const [, local = '', provider] = lower.match(gmail) ?? [];
    if (provider === undefined) return lower.includes('@') ? lower : undefined;
    const bare = local.replace(/\+.*$/, '').replaceAll('.', '');
    return bare === '' ? undefined : `${bare}@${provider}.com`;
  },
  givenName: (name: string): string => name.trim().toLowerCase(),
  familyName: (name: string): string => name.trim().toLowerCase(),
  /** Not hashed. */
  regionCode: (country: string): string | undefined => {
    const upper = country.trim().toUpperCase();
    return /^[A-Z]{2}$/.test(upper) ? upper : undefined;
  },
  /** Not hashed. */
  postalCode: (code: string): string => code.trim(),
} as const;
