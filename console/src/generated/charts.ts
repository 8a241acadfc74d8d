// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import type { Chart } from '@/pages/member/chart';
export const CHARTS: Readonly<Record<string, Chart | null>> = {
  visit_frequency: {
    kind: 'window',
    items: 'check_ins',
    days: 'rules.visit_frequency.window_days',
    what: (days: string) => `Check-ins in ${days}`,
  },
  consecutive_check_ins: { kind: 'run', items: 'check_ins', what: 'Check-ins in a row' },
  back_to_back: {
    kind: 'window',
    items: 'pairs',
    days: 'rules.back_to_back.window_days',
    what: (days: string) => `Times in ${days}`,
  },
  point_edits: {
    kind: 'amounts',
    items: 'point_edits',
    days: 'rules.point_edits.window_days',
    what: (days: string) => `Point edits in ${days}`,
    amounts: 'Points changed',
  },
  outside_hours: null,
};
