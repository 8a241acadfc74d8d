import { useEffect, useEffectEvent } from 'react';

/** What keys do, by the names that the browser gives them; letters in lower case. */
export type Keys = Partial<Record<string, () => void>>;

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
  target: { closest?: (selectors: string) => unknown } | null;
}

// Where somebody types, chooses from a list, or has a dialog before them.
const TYPING = [
  'input:not([type=radio]):not([type=checkbox])',
  'textarea',
  'select',
  '[contenteditable]',
  '[role=dialog]',
  '[role=listbox]',
  '[role=menu]',
  '[aria-expanded=true][aria-haspopup]',
].join(', ');
// What has a use of its own for arrows.
const ARROWS = ['input', '[aria-haspopup]', '[role=slider]', '[role=separator]', '[role=tablist]'].join(', ');

/** What a pressed key does here: nothing with Ctrl, Alt or Meta, and nothing while somebody types. */
export function commandOf(event: Pressed, keys: Keys): (() => void) | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const within = (selectors: string) => Boolean(event.target?.closest?.(selectors));
  if (within(TYPING) || (event.key.startsWith('Arrow') && within(ARROWS))) return null;
  return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

/** Let keys do something while the component is on the page. */
export function useKeys(keys: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const command = commandOf({ ...pressed(event), target }, keys);
    if (command === null) return;
    event.preventDefault();
    command();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      press(event);
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, []);
}

// An event's properties are no own ones: spreading it would lose them.
function pressed({ key, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey, defaultPrevented };
}
