declare module 'virtual:theme.css';

declare module 'virtual:node-icons' {
  import type { Icon } from '@tabler/icons-react';
  export const nodeIcons: Readonly<Record<string, Icon>>;
}
