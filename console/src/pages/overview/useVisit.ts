import { useEffect, useState } from 'react';
import { useRole } from '@/auth/role';
import { useNow } from '@/shared/now';
import { readVisit, visitAt, type Visit } from './visit';

/** This visit to the overview; it is kept on this device, by program. */
export function useVisit(open: number): Visit {
  const { me } = useRole();
  const key = `redflag-visit:${me.program_id ?? ''}:${me.subject}`;
  const now = useNow();
  const [kept] = useState(() => readVisit(window.localStorage.getItem(key)));
  const [start] = useState(now);
  const visit = visitAt(kept, start);
  useEffect(() => {
    const look = { ...visit, seen: new Date(now).toISOString(), open };
    window.localStorage.setItem(key, JSON.stringify(look));
  });
  return visit;
}
