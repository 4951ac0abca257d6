import { useQuery } from '@tanstack/react-query';
import { useCdp } from '../../../lib/session.tsx';

const usersMax = 1000;

export const useUsers = () => {
  const cdp = useCdp();
  return useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await cdp.listUsers({ query: { limit: usersMax } }, { signal })).items,
  });
};
