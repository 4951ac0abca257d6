import './app/mantine-base.ts';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { SignInGate } from './app/sign-in/sign-in-gate.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no place for the console.');
createRoot(root).render(
  <StrictMode>
    <Providers>
      <SignInGate />
    </Providers>
  </StrictMode>,
);
