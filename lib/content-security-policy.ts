/**
 * What the console's pages may load and talk to: their own origin, where tokens are issued, and the host that files are
 * uploaded to.
 */
export const contentSecurityPolicy = (tokenOrigins: readonly string[], uploadHost: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...tokenOrigins, uploadHost].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
