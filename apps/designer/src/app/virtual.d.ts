declare module 'virtual:theme.css';

declare module 'virtual:node-icons' {
  import type { Icon } from '@tabler/icons-react';
  export const nodeIcons: Readonly<Record<string, Icon>>;
}

declare module 'virtual:node-manuals' {
  /** The manual page of each node type, as HTML. */
  export const nodeManuals: Readonly<Record<string, () => Promise<{ readonly default: string }>>>;
}
