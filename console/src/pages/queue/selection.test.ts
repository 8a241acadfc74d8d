import { expect, test } from 'vitest';
import { following, neighbour } from './selection';

function flag(flag_id: string, minute: number, member_id = flag_id, status = 'open') {
  return { flag_id, raised_at: `2027-03-14T10:0${minute}:00.000Z`, member_id, status };
}

const [a, b, c, d] = [flag('a', 1), flag('b', 2, 'ben'), flag('c', 2, 'ben'), flag('d', 4)] as const;
const LIST = [a, b, c, d];

test('one moves to the flag next to the selected one, and stays at the ends', () => {
  expect(neighbour(LIST, a, 1)).toBe(b);
  expect(neighbour(LIST, b, 1)).toBe(c);
  expect(neighbour(LIST, d, -1)).toBe(c);
  expect(neighbour(LIST, d, 1)).toBeNull();
  expect(neighbour(LIST, a, -1)).toBeNull();
});

test('with none selected one begins at either end', () => {
  expect(neighbour(LIST, null, 1)).toBe(a);
  expect(neighbour(LIST, null, -1)).toBe(d);
  expect(neighbour([], null, 1)).toBeNull();
});

test('from a flag that has left the list one goes on where it stood', () => {
  expect(neighbour([a, c, d], b, 1)).toBe(c);
  expect(neighbour([a, c, d], b, -1)).toBe(a);
});

test('after a decision come neither other flags of the same member nor decided ones', () => {
  expect(following(LIST, b)).toBe(d);
  expect(following([a, flag('b', 2, 'b', 'verified'), d], a)).toBe(d);
});

test('after the last flag come those that were passed over', () => {
  expect(following(LIST, d)).toBe(a);
  expect(following([b, c], b)).toBeNull();
});

test('what was decided may have left the list already', () => {
  expect(following([a, d], b)).toBe(d);
});
