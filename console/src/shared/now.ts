import { useEffect, useState } from 'react';

const MINUTE = 60_000;

/** The time, anew every minute: for how long ago something was. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, MINUTE);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  return now;
}
