import type { LocalKeys } from '../../lib/local/local-keys.ts';

/** What a started platform says: where it is and how to get in. */
export const greeting = (port: string, { adminKey, writeKey }: LocalKeys, standIns: string): string => {
  const origin = `http://localhost:${port}`;
  return [
    '',
    'The Customer Data Platform is running.',
    '',
    `  Console     ${origin}/`,
    `  API         ${origin}/api/cdp`,
    `  Documents   ${origin}/docs`,
    `  Stand-ins   ${standIns}/   (platforms that nobody connected)`,
    `  Admin key   ${adminKey}`,
    `  Write key   ${writeKey}`,
    `  Sign in     ${origin}/sign-in?key=${encodeURIComponent(adminKey)}`,
    '',
    'Ctrl-C stops it; what it holds is kept.',
    '',
  ].join('\n');
};
