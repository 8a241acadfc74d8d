/** When somebody was last at the overview on this device, and what they saw. Instants are ISO 8601. */
export interface Visit {
  /** When the visit before this one ended, and how many flags were open then; null at the first visit. */
  before: { at: string; open: number | null } | null;
  /** The newest look of this visit. */
  seen: string;
  open: number | null;
}

// Whoever comes back sooner has not been away.
const AWAY = 30 * 60_000;

/** The visit that a look at an instant belongs to: the one that is kept, or a new one. */
export function visitAt(kept: Visit | null, now: number): Visit {
  const seen = new Date(now).toISOString();
  if (kept === null) return { before: null, seen, open: null };
  if (now - new Date(kept.seen).getTime() < AWAY) return { ...kept, seen };
  return { before: { at: kept.seen, open: kept.open }, seen, open: null };
}

/** What was kept, or null when it is none of ours. */
export function readVisit(text: string | null): Visit | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Partial<Visit> | null;
    return kept && !Number.isNaN(Date.parse(kept.seen ?? ''))
      ? ({ before: null, open: null, ...kept } as Visit)
      : null;
  } catch {
    return null;
  }
}
