#!/usr/bin/env node
// The entry of `npx cdp`: loads TypeScript as it is, so that a clone needs no build.
import { register } from 'tsx/esm/api';

register();
await import('./cli.ts');
