import { Anchor, List, Popover, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NameKind } from '@callwright/nodes';
import { queries } from '../api/queries.js';
import type { NeededBy } from '../api/types.js';

/** Who needs a thing of the workspace, with a link to each. */
export function UsedBy({ kind, name }: { kind: NameKind; name: string }) {
  const { t } = useTranslation();
  const uses = useQuery(queries.uses(kind));
  const users = uses.data?.find((item) => item.name === name)?.users ?? [];
  if (!uses.data) return null;
  if (users.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('nothing')}
      </Text>
    );
  return (
    <Popover position="bottom-start" withinPortal>
      <Popover.Target>
        <Anchor component="button" type="button" size="sm" underline="always">
          {t('{{count}} places', { count: users.length })}
        </Anchor>
      </Popover.Target>
      <Popover.Dropdown>
        <Users users={users} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A link to everybody who needs it. */
export function Users({ users }: { users: readonly NeededBy[] }) {
  return (
    <List listStyleType="none" spacing={6}>
      {users.map((user) => (
        <List.Item key={`${user.kind} ${user.id}`}>
          <Where user={user} />
        </List.Item>
      ))}
    </List>
  );
}

function Where({ user }: { user: NeededBy }) {
  const { t } = useTranslation();
  if (user.kind === 'number')
    return (
      <Anchor component={Link} to="/numbers" size="sm">
        {t('Number {{number}}', { number: user.name })}
      </Anchor>
    );
  const of = [
    ...(user.draft ? [t('The draft')] : []),
    ...user.versions.map((version) => t('Version {{version}}', { version })),
  ];
  return (
    <>
      <Anchor component={Link} to={`/scenarios/${user.id}`} size="sm">
        {user.name}
      </Anchor>
      <Text size="xs" c="dimmed">
        {of.join(', ')} · <span className="mono">{user.nodes.join(', ')}</span>
      </Text>
    </>
  );
}
