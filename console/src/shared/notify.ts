import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, use } from 'react';

export type Notice = Pick<FlashbarProps.MessageDefinition, 'type' | 'header' | 'content' | 'action'>;

export const NotifyContext = createContext<(notice: Notice) => void>(() => undefined);

/** Show a notice above the page; it stays until it is dismissed. */
export function useNotify(): (notice: Notice) => void {
  return use(NotifyContext);
}
