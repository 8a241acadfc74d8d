import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

interface Props {
  /** What is unsaved, or what stands in the way of saving. */
  children: ReactNode;
  save: string;
  saving?: boolean;
  discard: string;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays at the bottom of the window while there is something to save. */
export function SaveBar({ children, save, saving = false, discard, onSave, onDiscard }: Props) {
  return (
    <div className="save-bar">
      <Container disableContentPaddings>
        <Box padding={{ vertical: 's', horizontal: 'l' }}>
          <div className="save-bar-inside">
            <div role="status">{children}</div>
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={onDiscard}>{discard}</Button>
              <Button variant="primary" loading={saving} onClick={onSave}>
                {save}
              </Button>
            </SpaceBetween>
          </div>
        </Box>
      </Container>
    </div>
  );
}
