import { expect, test } from 'vitest';
import { commandOf } from './keys';

const done = () => undefined;
const KEYS = { v: done, '?': done, ArrowDown: done };
const PLAIN = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, target: null };

/** An element that is in whatever matches one of these selectors. */
function within(...mine: string[]) {
  return { closest: (selectors: string) => selectors.split(', ').some((each) => mine.includes(each)) };
}

test('a key does what it is for, with Caps Lock too', () => {
  for (const key of ['v', 'V', '?', 'ArrowDown']) expect(commandOf({ ...PLAIN, key }, KEYS)).toBe(done);
  expect(commandOf({ ...PLAIN, key: 'x' }, KEYS)).toBeNull();
});

test.each(['ctrlKey', 'metaKey', 'altKey', 'defaultPrevented'])('%s makes a key none of ours', (name) => {
  expect(commandOf({ ...PLAIN, key: 'v', [name]: true }, KEYS)).toBeNull();
});

test.each(['textarea', 'input:not([type=radio]):not([type=checkbox])', '[role=dialog]', '[role=listbox]'])(
  'nothing is decided from within %s',
  (place) => {
    expect(commandOf({ ...PLAIN, key: 'v', target: within(place) }, KEYS)).toBeNull();
  },
);

test('on a radio button letters are ours and arrows are not', () => {
  const target = within('input');
  expect(commandOf({ ...PLAIN, key: 'v', target }, KEYS)).toBe(done);
  expect(commandOf({ ...PLAIN, key: 'ArrowDown', target }, KEYS)).toBeNull();
});
