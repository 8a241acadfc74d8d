import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

const KEY = 'redflag-mode';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function isDark(): boolean {
  const chosen = window.localStorage.getItem(KEY);
  return chosen === null ? prefersDark.matches : chosen === 'dark';
}

function changed(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

/** Show the mode that was chosen here, else the system's, and follow both. */
export function startTheme(): void {
  prefersDark.addEventListener('change', changed);
  window.addEventListener('storage', changed);
  changed();
}

/** Whether it is dark, and the switch. Choosing what the system prefers is to follow the system again. */
export function useDarkMode(): [boolean, () => void] {
  const dark = useSyncExternalStore(subscribe, isDark);
  const toggle = () => {
    if (dark === prefersDark.matches) window.localStorage.setItem(KEY, dark ? 'light' : 'dark');
    else window.localStorage.removeItem(KEY);
    changed();
  };
  return [dark, toggle];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
