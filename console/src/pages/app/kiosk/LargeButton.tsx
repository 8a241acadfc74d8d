import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ComponentProps } from 'react';

/** A button as large as a finger, with a label to match. */
export function LargeButton({ children, ...button }: ComponentProps<typeof Button>) {
  return (
    <Button {...button} fullWidth style={{ root: { paddingBlock: '1rem' } }}>
      <Box variant="span" fontSize="heading-l" fontWeight="bold" color="inherit">
        {children}
      </Box>
    </Button>
  );
}
