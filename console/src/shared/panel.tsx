import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import SplitPanel from '@cloudscape-design/components/split-panel';
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
} from 'react';
import { createPortal } from 'react-dom';

interface Slot {
  title: string;
  open: boolean;
  onToggle: (open: boolean) => void;
}

interface Panels {
  /** The element in the panel for the page's content, while there is one. */
  host: HTMLElement | null;
  show: Dispatch<SetStateAction<Slot | null>>;
}

export const PanelContext = createContext<Panels>({ host: null, show: () => undefined });

const WIDTH = 420;

/** The panel beside a page: what the layout around the page is given, and what pages fill it by. */
export function usePanelSlot(): { panels: Panels; layout: Partial<AppLayoutProps> } {
  const [slot, show] = useState<Slot | null>(null);
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [splitPanelSize, setSize] = useState(WIDTH);
  const [position, setPosition] = useState<AppLayoutProps.SplitPanelPosition>('side');
  const panels = useMemo(() => ({ host, show }), [host]);
  return {
    panels,
    layout: {
      splitPanel: slot && (
        <SplitPanel header={slot.title}>
          <div ref={setHost} />
        </SplitPanel>
      ),
      // These are given without a panel too: the layout takes them over only from the start.
      splitPanelOpen: slot?.open ?? false,
      splitPanelSize,
      splitPanelPreferences: { position },
      onSplitPanelToggle: ({ detail }) => {
        slot?.onToggle(detail.open);
      },
      onSplitPanelResize: ({ detail }) => {
        setSize(detail.size);
      },
      onSplitPanelPreferencesChange: ({ detail }) => {
        setPosition(detail.position);
      },
    },
  };
}

/** Content of the panel beside the page. `onToggle` must stay the same from one rendering to the next. */
export function Panel({ title, open, onToggle, children }: Slot & { children: ReactNode }) {
  const { host, show } = use(PanelContext);
  useEffect(() => {
    const slot = { title, open, onToggle };
    show(slot);
    return () => {
      // Another panel may have taken the place meanwhile.
      show((now) => (now === slot ? null : now));
    };
  }, [show, title, open, onToggle]);
  return host && createPortal(children, host);
}
