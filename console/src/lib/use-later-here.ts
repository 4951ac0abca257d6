import { useDebouncedCallback } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';

/** Calls when nothing more has come for a while, unless whoever typed has gone to another page meanwhile. */
export const useLaterHere = <Value>(call: (value: Value) => void, milliseconds: number): ((value: Value) => void) => {
  const router = useRouter();
  const later = useDebouncedCallback((value: Value, path: string) => {
    if (router.latestLocation.pathname === path) call(value);
  }, milliseconds);
  return value => later(value, router.latestLocation.pathname);
};
