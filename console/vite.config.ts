import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { routes } from '../core/contract/index.ts';

const contract = join(import.meta.dirname, '../core/contract/index.ts');
const platform = process.env.CDP_URL || 'http://localhost:3001';
const ofPlatform = ['/api', '/config.json', '/sign-in', '/sign-out', '/docs'];

/** What a client needs of a route to call it. */
const callOf = ({ id, method, path, bare, later }: (typeof routes)[number]) => ({ id, method, path, bare, later });

/** A page calls the API by a table of addresses: the schemas that its types come from stay at home. */
const addressesOfContract = (): Plugin => ({
  name: 'addresses-of-contract',
  enforce: 'pre',
  load: id => (id === contract ? `export const routes = ${JSON.stringify(routes.map(callOf))};` : null),
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [addressesOfContract(), react()],
  build: { target: 'es2022', manifest: 'files.json', assetsInlineLimit: 0, reportCompressedSize: false },
  server: {
    port: 5173,
    strictPort: true,
    host: 'localhost',
    proxy: Object.fromEntries(ofPlatform.map(path => [path, platform])),
  },
});
