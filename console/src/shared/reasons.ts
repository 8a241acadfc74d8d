import type { Action } from '@/api/members';

/** Reasons that staff often have, the likeliest first. They say what was seen, never what somebody is. */
export const REASONS: Partial<Record<Action, string[]>> = {
  verify: [
    'The visits were genuine',
    'Spoke with the member',
    'People who come together',
    'The time or the device was wrong',
  ],
  resolve: ['A regular customer', 'Works here', 'Comes this often for a good reason'],
  block: [
    'Check-ins without a visit',
    'Check-ins for somebody else',
    'Several accounts of one person',
    'Unexplained points',
  ],
  unblock: ['Blocked by mistake', 'Cleared up with the member'],
};

/** The reason as it is kept: one from the list, words of one's own, or both. */
export function reasonOf(chosen: string | null, note: string): string {
  return [chosen, note.trim()].filter(Boolean).join(': ');
}
