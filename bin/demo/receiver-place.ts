/** Where the demo's receiver listens: one port after the platform's, on this machine. */
export const receiverPlace = (platformPort: number): { host: string; port: number } => ({
  host: '127.0.0.1',
  port: platformPort + 1,
});
