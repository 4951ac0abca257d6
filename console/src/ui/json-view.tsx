import { Code } from '@mantine/core';
import type { ReactNode } from 'react';

/** Data as it is; whatever it says is shown as text. */
export const JsonView = ({ value, maxHeight = 320 }: { value: unknown; maxHeight?: number }): ReactNode => (
  <Code block fz="xs" mt={6} mah={maxHeight} style={{ overflow: 'auto' }} tabIndex={0}>
    {JSON.stringify(value, null, 2)}
  </Code>
);
