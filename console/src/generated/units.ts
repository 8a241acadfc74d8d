// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import { pluralOf, shown } from '@/shared/sentences';

export const UNITS = {
  attempt: (count: number) =>
    pluralOf(count) === 'one' ? `${shown(count)} attempt` : `${shown(count)} attempts`,
  'check-in': (count: number) =>
    pluralOf(count) === 'one' ? `${shown(count)} check-in` : `${shown(count)} check-ins`,
  day: (count: number) => (pluralOf(count) === 'one' ? `${shown(count)} day` : `${shown(count)} days`),
  edit: (count: number) => (pluralOf(count) === 'one' ? `${shown(count)} edit` : `${shown(count)} edits`),
  flag: (count: number) => (pluralOf(count) === 'one' ? `${shown(count)} flag` : `${shown(count)} flags`),
  member: (count: number) =>
    pluralOf(count) === 'one' ? `${shown(count)} member` : `${shown(count)} members`,
  minute: (count: number) =>
    pluralOf(count) === 'one' ? `${shown(count)} minute` : `${shown(count)} minutes`,
  point: (count: number) => (pluralOf(count) === 'one' ? `${shown(count)} point` : `${shown(count)} points`),
  time: (count: number) => (pluralOf(count) === 'one' ? `${shown(count)} time` : `${shown(count)} times`),
};
export type Unit = keyof typeof UNITS;
