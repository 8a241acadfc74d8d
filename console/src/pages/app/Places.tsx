import type { ReactNode } from 'react';
import { usePlaces, type Place } from '@/api/checkIns';
import { Refused } from '@/api/problem';
import { Empty } from '@/shared/Empty';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMemberApp } from './context';

/** Asks where the program's members check in before anything is shown. */
export function Places({ children }: { children: (places: Place[]) => ReactNode }) {
  const { api, programId } = useMemberApp();
  const { data, error, refetch } = usePlaces(api, programId);
  if (data && data.length > 0) return children(data);
  if (data) {
    return (
      <Empty title="There is nowhere to check in yet">An owner adds a location at the console first.</Empty>
    );
  }
  if (error instanceof Refused && error.code === 'not_found') {
    return <Empty title="There is no such program">Check the address: it names no open program.</Empty>;
  }
  if (error) {
    return (
      <ProblemAlert error={error} title="The locations could not be loaded" onRetry={() => void refetch()} />
    );
  }
  return <Loading what="the locations" />;
}
